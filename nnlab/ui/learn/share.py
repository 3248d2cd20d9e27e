"""A lesson's link, with its controls where they stand."""

from urllib.parse import urlencode

import streamlit as st

from nnlab.ui.learn.address import address
from nnlab.ui.learn.desk import Desk
from nnlab.ui.plain import plain
from nnlab.ui.share.address import page_url, take_from_address
from nnlab.ui.share.sign import large_sign

_TAKEN = "link"


def take_positions(desk: Desk) -> None:
    """Hand the link's positions to the controls, once, and take them out of the address."""
    parameters = take_from_address(desk.memory, _TAKEN)
    if parameters:
        desk.linked = {name: values[-1] for name, values in parameters.items()}
        desk.refused = []


def tell_refused(desk: Desk) -> None:
    """What of the link cannot be; a name that no control has taken is none of this lesson."""
    if not desk.moved:
        known = ", ".join(desk.controls)
        desk.refused += [
            f"{name[:40]} is no control here; allowed: {known}" for name in desk.linked
        ]
        desk.linked = {}
    with st.container():  # always there, so that what stands below keeps its place
        if desk.refused:
            listed = "\n".join(f"- {plain(text)}" for text in desk.refused)
            st.warning(
                f"Not all of the link could be set up.\n{listed}", icon=":material/link_off:"
            )


def share_button(desk: Desk) -> None:
    """Shows the link with a QR code when it is pressed."""
    if st.button(
        "Link to this picture",
        key=f"{desk.lesson.name}-share",
        icon=":material/share:",
        type="tertiary",
        help="With the controls where they stand now.",
    ):
        query = urlencode({**address(desk.lesson.name), **desk.positions()}, safe=",:()")
        large_sign(f"{desk.lesson.name}-link", page_url("Learn", query), desk.lesson.title)
