"""Choosing one of the visitor's runs."""

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.wording import run_label


def choose_run(
    state: State,
    label: str = "Run",
    only: Callable[[Run], bool] = lambda _: True,
    first: Callable[[Run], bool] = lambda _: True,
    shared: Sequence[Run] = (),
    chosen_id: str | None = None,
    choose: Callable[[str], None] | None = None,
) -> Run | None:
    """A select box over the runs that `only` admits, newest first; None when there is none.

    The choice holds on every page, unless a page brings a choice of its own. A chosen run that
    is not admitted here gives way to the newest one that is.

    Args:
        state: the visitor's.
        label: above the box.
        only: which runs are admitted.
        first: runs that come before all others.
        shared: runs of the house, before the visitor's own.
        chosen_id: with `choose`, the page's own choice; None for the first in the list.
        choose: takes the id of a run that the visitor chooses.
    """
    own = engine().store.runs_of(state.owner)
    admitted = [run for run in (*shared, *own) if only(run)]
    runs = {run.id: run for run in sorted(admitted, key=lambda run: not first(run))}
    if not runs:
        return None
    ids = list(runs)
    wanted = state.run_id if choose is None else chosen_id
    current = wanted if wanted in runs else ids[0]
    labels = distinct_labels(runs)
    # The browser answers with a label. When one changes, or a run is started elsewhere, this
    # must be another widget, or the old label would be taken for no choice at all.
    key = f"run-choice-{current}-{hash(tuple(labels.values()))}"

    def take() -> None:
        # Streamlit also calls this when the browser merely repeats what it was shown, which
        # must not undo a run that was started in the same moment.
        picked = st.session_state[key]
        if picked != current and choose is None:
            state.run_id = picked
        elif picked != current and choose is not None:
            choose(picked)

    chosen = st.selectbox(
        label,
        ids,
        index=ids.index(current),
        format_func=labels.__getitem__,
        key=key,
        on_change=take,
    )
    return runs[chosen]


def distinct_labels(runs: dict[str, Run]) -> dict[str, str]:
    """A label for each run by id; where two are alike, the ids' beginnings tell them apart."""
    labels = {run_id: run_label(run) for run_id, run in runs.items()}
    count = Counter(labels.values())
    return {
        run_id: label if count[label] == 1 else f"{label} · {run_id[:4]}"
        for run_id, label in labels.items()
    }
