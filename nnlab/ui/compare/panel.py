"""The Compare page below its title."""

import streamlit as st

from nnlab.runs.run_search import RunSearch
from nnlab.ui.all_at_once import all_at_once
from nnlab.ui.compare.actions import actions
from nnlab.ui.compare.curves import curves_panel
from nnlab.ui.compare.figures_table import figures_table
from nnlab.ui.compare.look import Look, keep, look_of
from nnlab.ui.compare.run_list import run_list
from nnlab.ui.compare.seeds import seeds_panel
from nnlab.ui.compare.settings_charts import settings_charts
from nnlab.ui.compare.subject import Subject, subject_of
from nnlab.ui.nothing_yet import nothing_yet
from nnlab.ui.plain import plain
from nnlab.ui.plotly_library import load_ahead
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.watching import look as looks

# A look reads and draws more than one at a single run does.
_SLOWER = 3


def compare_panel(state: State) -> None:
    """The list of runs, and below it those that are ticked."""
    owner, look = state.owner, look_of(state.owner)
    if not engine().store.count(owner)[0]:
        nothing_yet(
            "There are no runs to compare yet.",
            "Train two networks that differ in a setting. Here they stand side by side: curves, "
            "figures, and whether they differ by more than seed noise.",
        )
        return
    search = RunSearch(engine().store.engine)
    run_list(search, owner, look)
    found = search.of_ids(owner, look.chosen)
    if found.runs:
        actions(owner, found.runs, found.labels, look)
        busy = any(run.active for run in found.runs)
        every = _SLOWER * looks().look if busy else None
        # A key of its own for each case: the browser keeps the timer of a fragment it knows.
        compared = st.fragment(_compared, run_every=every, key=f"compare-{busy}")
        compared(state, search, look, (busy, look.generation))
    else:
        load_ahead()
        st.info("Tick the runs to compare in the list above.", icon=":material/check_box:")
    keep(look, owner)


def _compared(state: State, search: RunSearch, look: Look, before: tuple[bool, int]) -> None:
    found = search.of_ids(state.owner, look.chosen)
    subject = subject_of(engine().store, found.runs) if found.runs else None
    if subject is None or (subject.busy, look.generation) != before:
        st.rerun()  # the list, and the timer, learn that a run began, ended or went
    if subject.busy:
        looks()
    with all_at_once():
        _parts(state, search, look, subject)
    keep(look, state.owner)


def _parts(state: State, search: RunSearch, look: Look, subject: Subject) -> None:
    figures_table(look, subject)
    _from_files(subject)
    curves_panel(engine().store, look, subject)
    seeds_panel(state, search, look, subject)
    settings_charts(look, subject)


def _from_files(subject: Subject) -> None:
    names = [n for n, run in zip(subject.names, subject.runs, strict=True) if run.brought_in]
    if names:
        st.caption(
            f":material/info: From a file: {', '.join(map(plain, names))}. How such a network was "
            "trained is not known, so its training settings and its seed say nothing here, and it "
            "is no result of a seed."
        )
