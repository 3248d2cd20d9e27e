"""What varies: the settings, and the values of each."""

import streamlit as st

from nnlab.sweep.settings import MOST_AXES
from nnlab.sweep.written import HELP
from nnlab.ui.once import once
from nnlab.ui.state import State
from nnlab.ui.sweep.choices import free, suggested, words
from nnlab.ui.sweep.draft import Draft
from nnlab.ui.sweep.field import field


def axes(state: State, draft: Draft) -> None:
    """A line a setting, and a button for another."""
    experiment = draft.experiment(state)
    st.markdown("**What varies**", help=HELP)
    for number in range(len(draft.axes)):
        _axis(state, draft, number, free(state, experiment))

    def add() -> None:
        taken = {path for path, _ in draft.axes}
        path = next((path for path in free(state, experiment) if path not in taken), None)
        if path:
            draft.axes.append([path, suggested(path)])
            draft.keep(state.owner)

    st.button(
        "Another setting",
        icon=":material/add:",
        key="sweep-add",
        disabled=len(draft.axes) >= MOST_AXES,
        on_click=once(add),
    )


def _axis(state: State, draft: Draft, number: int, paths: list[str]) -> None:
    path, text = draft.axes[number]
    experiment = draft.experiment(state)
    offered = paths if path in paths else [path, *paths]

    def take_path(chosen: str) -> None:
        if chosen != path:  # the values of the one before are no values of this one
            draft.axes[number] = [chosen, suggested(chosen)]
            draft.version += 1

    def take_text(typed: str) -> None:
        draft.axes[number][1] = typed

    def remove() -> None:
        del draft.axes[number]
        draft.version += 1
        draft.keep(state.owner)

    setting, values, away = st.columns([6, 4, 3], vertical_alignment="bottom")
    setting.selectbox(
        f"Setting {number + 1}",
        offered,
        index=offered.index(path),
        format_func=lambda each: words(experiment, each),
        **field(state, draft, f"path-{number}", take_path),
    )
    values.text_input(
        f"Values {number + 1}",
        value=text,
        placeholder="32, 64, 128 or 0.0001 to 0.1 log",
        max_chars=300,
        **field(state, draft, f"text-{number}", take_text),
    )
    away.button(
        "Remove",
        icon=":material/delete:",
        key=f"sweep-{draft.version}-remove-{number}",
        help=f"Setting {number + 1} does not vary",
        type="tertiary",
        on_click=once(remove),
    )
