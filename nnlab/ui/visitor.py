"""Who is looking: an unguessable name in a cookie, so that a reload finds one's runs again."""

import re
import secrets

import streamlit as st

COOKIE = "nnlab_visitor"
_KEY = "nnlab_visitor"
_VALID = re.compile(r"[0-9a-f]{32}")
_YEAR_SECONDS = 365 * 24 * 3600


def visitor() -> str:
    """This visitor's name, made at the first visit. 32 hexadecimal digits."""
    if _KEY not in st.session_state:
        known = str(st.context.cookies.get(COOKIE, ""))
        st.session_state[_KEY] = known if _VALID.fullmatch(known) else secrets.token_hex(16)
    return st.session_state[_KEY]


def keep_cookie() -> None:
    """Store the name in the browser if it is not there yet; call once a page."""
    name = visitor()
    if st.context.cookies.get(COOKIE) == name:
        return
    cookie = f"{COOKIE}={name}; path=/; max-age={_YEAR_SECONDS}; SameSite=Lax"
    st.html(f"<script>document.cookie = {cookie!r};</script>", unsafe_allow_javascript=True)
