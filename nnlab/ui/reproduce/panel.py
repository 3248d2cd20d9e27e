"""Run the recipes, watch the table fill."""

import streamlit as st

from nnlab.datasets import info
from nnlab.experiment import InvalidExperiment
from nnlab.recipes import REPRODUCED
from nnlab.reproduction.measured import kept
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.reproduce.table import figures_table, notes
from nnlab.ui.standing import Standing, standings, stop_all, train_missing
from nnlab.ui.state import State
from nnlab.ui.wording import duration

LOOK_EVERY_SECONDS = 1.0


def reproduce_panel(state: State) -> None:
    """Buttons, progress and table; it looks again by itself while something trains."""
    active = any(standing.active for standing in _published(state.owner))
    every = LOOK_EVERY_SECONDS if active else None
    st.fragment(_panel, run_every=every, key=f"reproduce-{active}")(state, active)


def _panel(state: State, was_active: bool) -> None:
    found = _published(state.owner)
    if any(standing.active for standing in found) != was_active:
        st.rerun()  # the timer learns that it began or ended
    place = st.container()
    chosen = figures_table(found)
    with place:
        _missing_data(found)
        _buttons(state, found, chosen)
        _progress(found)
    for standing in found:
        if standing.trouble:
            st.warning(f"**{standing.recipe.title}** did not finish: {standing.trouble}")
    notes(found)


def _published(owner: str) -> list[Standing]:
    """The recipes that have something to reproduce."""
    return [standing for standing in standings(owner) if standing.recipe.name in REPRODUCED]


def _buttons(state: State, found: list[Standing], chosen: list[Standing]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        open_runs = sum(len(standing.missing) for standing in found if standing.data_ready)
        _run_button(state, "Run all", found, primary=True, disabled=not open_runs)
        _run_button(state, "Run the selected rows", chosen, disabled=not chosen)
        busy = [standing for standing in found if standing.active]
        st.button(
            "Stop",
            icon=":material/stop:",
            disabled=not busy,
            on_click=stop_all,
            args=(state.owner, busy),
        )
        st.caption(_outlook(found, chosen))


def _run_button(
    state: State, label: str, wanted: list[Standing], disabled: bool, primary: bool = False
) -> None:
    def run() -> None:
        try:
            train_missing(state.owner, wanted)
        except InvalidExperiment as error:
            st.toast(str(error), icon=":material/error:")

    st.button(
        label,
        icon=":material/play_arrow:",
        type="primary" if primary else "secondary",
        disabled=disabled,
        on_click=once(run),
    )


def _outlook(found: list[Standing], chosen: list[Standing]) -> str:
    wanted = [standing for standing in (chosen or found) if standing.data_ready]
    runs = sum(len(standing.missing) for standing in wanted)
    if not runs:
        return "Everything here has run." if not any(s.active for s in wanted) else ""
    noun = "run" if runs == 1 else "runs"
    pace = "they took the reference computer, one after another,"
    return f"{runs} {noun} to do; {pace} {duration(_seconds(wanted))}."


def _seconds(wanted: list[Standing]) -> float:
    """From the times that come with the product, for as many seeds as are missing."""
    total = 0.0
    for standing in wanted:
        measured = kept().get(standing.recipe.name)
        if measured is not None:
            total += measured.seconds * len(standing.missing) / standing.recipe.seeds
    return total


def _progress(found: list[Standing]) -> None:
    busy = [standing for standing in found if standing.active]
    if not busy:
        return
    waiting = sum(run.seconds_left is None for standing in busy for run in standing.active)
    running = [run for standing in busy for run in standing.active if run.seconds_left is not None]
    names = ", ".join(f"{plain(run.experiment.name)} {run.progress:.0%}" for run in running)
    text = f"Training: {names}" if names else "Starting"
    if waiting:
        text += f" · {waiting} waiting"
    share = sum(standing.progress for standing in busy) / len(busy)
    st.progress(share, text=text)


def _missing_data(found: list[Standing]) -> None:
    names = dict.fromkeys(
        standing.recipe.experiment.dataset.name for standing in found if not standing.data_ready
    )
    if not names:
        return
    titles = " and ".join(info(name).title for name in names)
    st.warning(
        f"Recipes on {titles} wait until the images are on this computer.",
        icon=":material/download:",
    )
    st.page_link("pages/1_Data.py", label="To the Data page", icon=":material/grid_view:")
