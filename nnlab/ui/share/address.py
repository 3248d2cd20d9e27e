"""Absolute addresses of our pages, as they are sent to others."""

from collections.abc import MutableMapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from nnlab import settings
from nnlab.ui.frame import PAGES

TASK, SHARED, RUN = "task", "shared", "run"
# What other parts of the app are addressed by, and what senders of messages add to links.
_OTHERS = ("lesson", "round", "room", "teacher", "wall", SHARED)
_ADDED = ("utm_", "fbclid", "gclid")
Parameters = dict[str, Sequence[str]]
_PAGE_NAMES = {label for _, label, _ in PAGES}


def page_url(page: str, query: str = "") -> str:
    """The address of a page, such as "Train", with a query (without its question mark).

    It begins with `NNLAB_PUBLIC_URL`, or else as the address in this visitor's browser does.
    """
    base = settings.public_url() or _base(st.context.url or "")
    return f"{base}/{page}" + (f"?{query}" if query else "")


def task_url(code: str) -> str:
    """The link of a teacher's task."""
    return page_url("Train", urlencode({TASK: code}))


def shared_url(token: str) -> str:
    """The link of a run that is shown read-only."""
    return page_url("Evaluate", urlencode({SHARED: token}))


def take_from_address(taken: MutableMapping[Any, Any], key: str) -> Parameters:
    """What is to be set up now, every value of each parameter; it leaves the address.

    Args:
        taken: remembers under `key` what came last. A message that was under way while the
            address was cleared still brings that, which is not to be followed again.
        key: of one's own.
    """
    parameters = _parameters_in_address()
    if not parameters:
        return {}
    new = taken.get(key) != parameters
    taken[key] = parameters
    _drop_from_address(parameters)
    return parameters if new else {}


def _parameters_in_address() -> Parameters:
    """Every value of each parameter that sets something up on the page."""
    names = [
        name
        for name in st.query_params
        if name not in _OTHERS and not name.startswith(_ADDED)
    ]  # fmt: skip
    return {name: st.query_params.get_all(name) for name in names}


def _drop_from_address(parameters: Parameters) -> None:
    """Take these parameters out of the address, in one step: each would be one to go back by."""
    rest = {name: st.query_params.get_all(name) for name in st.query_params}
    st.query_params.from_dict({n: values for n, values in rest.items() if n not in parameters})


def _base(url: str) -> str:
    """The address of the app without its page, e.g. `https://example.org/nnlab`."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").split("/")
    if path[-1] in _PAGE_NAMES:
        path.pop()
    return urlunsplit((parts.scheme, parts.netloc, "/".join(path).rstrip("/"), "", ""))
