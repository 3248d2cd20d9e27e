"""Choosing one of the visitor's runs."""

from collections import Counter
from collections.abc import Callable

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
) -> Run | None:
    """A select box over the runs that `only` admits, newest first; None when there is none.

    The choice holds on every page. A chosen run that is not admitted here gives way to the
    newest one that is. Runs that `first` names come before all others.
    """
    admitted = [run for run in engine().store.runs_of(state.owner) if only(run)]
    runs = {run.id: run for run in sorted(admitted, key=lambda run: not first(run))}
    if not runs:
        return None
    ids = list(runs)
    current = state.run_id if state.run_id in runs else ids[0]
    labels = _distinct_labels(runs)
    # The browser answers with a label. When one changes, or a run is started elsewhere, this
    # must be another widget, or the old label would be taken for no choice at all.
    key = f"run-choice-{current}-{hash(tuple(labels.values()))}"

    def choose() -> None:
        # Streamlit also calls this when the browser merely repeats what it was shown, which
        # must not undo a run that was started in the same moment.
        if st.session_state[key] != current:
            state.run_id = st.session_state[key]

    chosen = st.selectbox(
        label,
        ids,
        index=ids.index(current),
        format_func=labels.__getitem__,
        key=key,
        on_change=choose,
    )
    return runs[chosen]


def _distinct_labels(runs: dict[str, Run]) -> dict[str, str]:
    """A label for each run by id; where two are alike, the ids' beginnings tell them apart."""
    labels = {run_id: run_label(run) for run_id, run in runs.items()}
    count = Counter(labels.values())
    return {
        run_id: label if count[label] == 1 else f"{label} · {run_id[:4]}"
        for run_id, label in labels.items()
    }
