"""Widgets bound to a field of the experiment: drawn from the state, writing back into it.

What a task locks is drawn disabled, or not at all; `State.edit` refuses it whatever is drawn.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from nnlab.experiment import Settings, bounds
from nnlab.ui.state import State
from nnlab.ui.still_drawn import still_drawn


def _key(state: State, path: str, name: str | None) -> str:
    return f"exp-{state.generation}-{name or path}"


def _write(state: State, path: str, key: str) -> None:
    value = st.session_state[key]
    if value is not None:
        state.edit(path, value)


def _bound(state: State, path: str, name: str | None) -> dict[str, Any]:
    key = _key(state, path, name)
    disabled = state.locked(path)
    write = still_drawn(state, lambda: _write(state, path, key))
    return {"key": key, "on_change": write, "disabled": disabled}


def row(state: State, places: int, *fields: tuple[str, Callable[[], None]]) -> None:
    """Fields side by side, each a path and what draws it; those that a task hides leave no gap.

    Args:
        state: the visitor's.
        places: how many have room beside each other, also where fewer are drawn.
        fields: a path of the experiment, and what draws its widget.
    """
    shown = [draw for path, draw in fields if not state.hidden(path)]
    if not shown:
        return
    columns = st.columns(max(places, len(shown)), vertical_alignment="bottom")
    for column, draw in zip(columns, shown, strict=False):
        with column:
            draw()


def number(
    state: State,
    label: str,
    path: str,
    settings: Settings,
    *,
    name: str | None = None,
    step: float | None = None,
    format: str | None = None,
    help: str | None = None,
    limits: tuple[int, int] | None = None,
) -> None:
    """A number field for `path`, whose last part is a field of `settings`.

    Its limits are the model's own, unless `limits` says them. `name` gives a lasting key to a
    field whose path may change, as a layer's does when it moves.
    """
    if state.hidden(path):
        return
    field = path.rsplit(".", 1)[-1]
    low, high = limits or bounds(type(settings), field)
    value = getattr(settings, field)
    cast = type(value)
    st.number_input(
        label,
        min_value=cast(low),
        max_value=cast(high),
        value=value,
        step=step,
        format=format,
        help=help,
        **_bound(state, path, name),
    )


def alternative(
    state: State, label: str, path: str, other: Any, on: bool, *, help: str | None = None
) -> None:
    """A switch that stands at `on` and, when flipped, sets `path` to `other`."""
    if state.hidden(path):
        return
    key = f"{_key(state, path, None)}-switch"

    def flip() -> None:
        if st.session_state[key] != on:  # a slow browser's echo of what it was shown is no choice
            state.edit(path, other)

    st.toggle(
        label,
        value=on,
        key=key,
        on_change=still_drawn(state, flip),
        help=help,
        disabled=state.locked(path),
    )


def choice(
    state: State,
    label: str,
    path: str,
    value: Any,
    options: tuple[Any, ...],
    *,
    name: str | None = None,
    format_func: Any = str,
    help: str | None = None,
    take: Callable[[Any], None] | None = None,
) -> None:
    """A select box for `path`; with `take`, a choice is handed there instead."""
    if state.hidden(path):
        return
    bound = _bound(state, path, name)
    if take is not None:
        bound["on_change"] = lambda: take(st.session_state[bound["key"]])
    st.selectbox(
        label,
        options,
        index=options.index(value),
        format_func=format_func,
        help=help,
        **bound,
    )


def text(state: State, label: str, path: str, value: str, max_chars: int) -> None:
    """A line of text for `path`."""
    if state.hidden(path):
        return
    st.text_input(label, value=value, max_chars=max_chars, **_bound(state, path, None))


def switch(state: State, label: str, path: str, value: bool, *, help: str | None = None) -> None:
    """An on/off switch for `path`."""
    if state.hidden(path):
        return
    st.toggle(label, value=value, help=help, **_bound(state, path, None))


def refusal(state: State) -> None:
    """Say why the last edit was not taken, if it was not."""
    if state.refused:
        for problem in state.refused.problems:
            st.warning(f"Not changed. **{problem.field}** {problem.message}")
