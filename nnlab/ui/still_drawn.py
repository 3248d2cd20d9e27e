"""What is chosen counts only for what the widget was drawn for."""

from collections.abc import Callable
from typing import Any

from nnlab.ui.state import State


def still_drawn(state: State, callback: Callable[..., None]) -> Callable[..., None]:
    """The callback of a widget, which does nothing once another experiment or data set is there.

    A browser repeats the values of what it shows with each message. When the data set has changed
    meanwhile, Streamlit has forgotten the value of a widget that is no longer drawn, and takes the
    repeated one for a choice: its callback still runs, and would write an old setting into the new
    experiment.

    Args:
        state: whose experiment the widget changes.
        callback: called with what the widget hands on.
    """
    drawn_for = _what(state)

    def act(*arguments: Any, **named: Any) -> None:
        if _what(state) == drawn_for:
            callback(*arguments, **named)

    return act


def _what(state: State) -> tuple[int, str]:
    return state.generation, state.experiment.dataset.name
