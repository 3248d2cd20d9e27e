"""How a visitor likes to draw: which network reads, when it is unsure, what is compared."""

import logging
from dataclasses import asdict, dataclass, field
from typing import Any

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from nnlab.ui.resources import engine
from nnlab.ui.state import State

logger = logging.getLogger(__name__)

DIGIT, NUMBER, CHALLENGE = MODES = ("Digit", "Number", "Challenge")
# Below this the network is said to be unsure, unless the visitor chooses otherwise.
UNSURE_BELOW = 0.6
MOST_COMPARED = 4

_KEY = "nnlab_draw_settings"
_DRAFT = "draw-settings"


@dataclass
class DrawSettings:
    """One visitor's choices on the Draw page.

    Attributes:
        run_id: the network that reads; None for the one the page would choose.
        unsure_below: probability, 0 to 1, below which the answer is called unsure.
        mode: one of `MODES`.
        compared: ids of the networks that read the same drawing side by side; None before the
            visitor has chosen any.
    """

    run_id: str | None = None
    unsure_below: float = UNSURE_BELOW
    mode: str = DIGIT
    compared: list[str] | None = field(default=None)

    @classmethod
    def from_json(cls, kept: Any) -> "DrawSettings":
        """As they were kept; the usual ones for what cannot be read."""
        values, found = kept if isinstance(kept, dict) else {}, cls()
        if isinstance(values.get("run_id"), str):
            found.run_id = values["run_id"]
        share = values.get("unsure_below")
        if isinstance(share, (int, float)) and 0 <= share <= 1:
            found.unsure_below = float(share)
        if values.get("mode") in MODES:
            found.mode = values["mode"]
        ids = values.get("compared")
        if isinstance(ids, list) and all(isinstance(run_id, str) for run_id in ids):
            found.compared = ids[:MOST_COMPARED]
        return found


def draw_settings(state: State) -> DrawSettings:
    """This visitor's choices, taken up where they were left."""
    if _KEY not in st.session_state:
        kept = engine().drafts.get(state.owner, _DRAFT)
        st.session_state[_KEY] = DrawSettings.from_json(kept)
    return st.session_state[_KEY]


def keep_settings(state: State) -> None:
    """Write the choices down. Where that fails they hold until a reload."""
    try:
        engine().drafts.put(state.owner, _DRAFT, asdict(draw_settings(state)))
    except (OSError, SQLAlchemyError):
        logger.warning("the choices on Draw could not be kept", exc_info=True)


def draw_with(state: State, run_id: str) -> None:
    """From now on this network reads what is drawn."""
    draw_settings(state).run_id = run_id
    keep_settings(state)
