"""The visitor's sheet, the same after a change of page, a reload or a restart."""

import logging

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from nnlab.ui.draw.sheet import Sheet
from nnlab.ui.resources import engine
from nnlab.ui.state import State

logger = logging.getLogger(__name__)

_KEY = "nnlab_sheet"
_DRAFT = "drawing"


def sheet_of(state: State) -> Sheet:
    """The sheet, taken up where it was left."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Sheet.from_json(engine().drafts.get(state.owner, _DRAFT))
    return st.session_state[_KEY]


def keep(state: State, sheet: Sheet) -> None:
    """Write the sheet down. Where that fails one can draw on; it is lost at a reload."""
    try:
        engine().drafts.put(state.owner, _DRAFT, sheet.to_json())
    except (OSError, SQLAlchemyError):
        logger.warning("a drawing could not be kept", exc_info=True)
