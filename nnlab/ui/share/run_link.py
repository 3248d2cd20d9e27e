"""The owner of a finished run lets everybody who has a link look at it."""

from datetime import timedelta

import streamlit as st

from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.once import once
from nnlab.ui.resources import shares
from nnlab.ui.share.address import shared_url
from nnlab.ui.share.own_words import own_in_run
from nnlab.ui.share.sign import link_sign

_ENDS = {
    "when I withdraw it": None,
    "in a day": timedelta(days=1),
    "in a week": timedelta(weeks=1),
}


def share_run(run: Run, owner: str, key: str) -> None:
    """A button that makes the link; then the link and a button that withdraws it."""
    token = shares().token(run.id, owner)
    if token is None:
        st.caption(
            "Whoever has the link sees curves, figures and settings, and can change nothing."
        )
        _private(run)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            ends = st.selectbox("The link ends", list(_ENDS), key=f"{key}-ends", width=220)
            st.button(
                "Share this run",
                key=f"{key}-share",
                icon=":material/share:",
                on_click=once(_share),
                args=(run.id, owner, _ENDS[ends]),
            )
        return
    st.markdown("Everybody who has this link can look at the run, read-only:")
    _private(run)
    link_sign(f"{key}-link", shared_url(token), f"Run: {run.experiment.name}")
    st.button(
        "Withdraw the link",
        key=f"{key}-withdraw",
        icon=":material/link_off:",
        on_click=once(shares().withdraw),
        args=(run.id, owner),
    )


def _private(run: Run) -> None:
    private = own_in_run(run.experiment)
    if private is not None:
        st.caption(private)


def _share(run_id: str, owner: str, lasts: timedelta | None) -> None:
    try:
        shares().share(run_id, owner, lasts)
    except RunNotFound as error:
        st.toast(str(error), icon=":material/error:")
