"""The visitor's sheets, the same after a change of page, a reload or a restart."""

import logging

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from nnlab.ui.draw.sheet import DIGIT_PAPER, Format, Sheet
from nnlab.ui.resources import engine
from nnlab.ui.state import State

logger = logging.getLogger(__name__)

_KEY = "nnlab_sheet"


def sheet_of(state: State, paper: Format = DIGIT_PAPER) -> Sheet:
    """The sheet of this paper, taken up where it was left."""
    key = f"{_KEY}-{paper.name}"
    if key not in st.session_state:
        kept = engine().drafts.get(state.owner, paper.name)
        st.session_state[key] = Sheet.from_json(kept, paper)
    return st.session_state[key]


def keep(state: State, sheet: Sheet) -> None:
    """Write the sheet down. Where that fails one can draw on; it is lost at a reload."""
    try:
        engine().drafts.put(state.owner, sheet.paper.name, sheet.to_json())
    except (OSError, SQLAlchemyError):
        logger.warning("a drawing could not be kept", exc_info=True)
