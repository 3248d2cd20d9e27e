"""The runs of a mission, as its rule wants them."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from nnlab.analysis.evaluation import per_class
from nnlab.missions import Mission, RunFacts
from nnlab.runs.files import RunFiles
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.resources import engine

# The newest ones; no mission needs more than three, and one may try for long.
LOOKED_BACK = 30


def facts_of_mission(
    mission: Mission, begun: datetime | None, runs: Sequence[Run]
) -> list[RunFacts]:
    """What the mission's rule is to judge, oldest first.

    Args:
        mission: which.
        begun: when the visitor set it up first, UTC; None if never, and then no run counts.
        runs: of the visitor, in any order.
    """
    if begun is None:
        return []
    name = mission.experiment.dataset.name
    own = [
        run
        for run in runs
        if run.created_at >= begun and run.experiment.dataset.name == name and not run.brought_in
    ]
    newest = sorted(own, key=lambda run: (run.created_at, run.id))[-LOOKED_BACK:]
    return _facts(newest)


def as_they_stand(runs: Sequence[Run], owner: str) -> list[Run]:
    """Runs that were under way, read anew; those that are gone are left out."""
    found = []
    for run in runs:
        try:
            found.append(engine().run(run.id, owner) if run.active else run)
        except RunNotFound:
            continue
    return found


def _facts(runs: Sequence[Run]) -> list[RunFacts]:
    epochs = engine().store.epochs_of([run.id for run in runs])
    return [
        RunFacts(
            experiment=run.experiment,
            state=run.state,
            epochs=tuple(epochs[run.id]),
            test_accuracy=run.test_accuracy,
            recalls=_recalls(run.id) if run.complete else None,
        )
        for run in runs
    ]


# What has ended does not change. Some hundred bytes each.
@st.cache_resource(show_spinner=False, max_entries=500)
def _recalls(run_id: str) -> tuple[float, ...] | None:
    result = RunFiles(run_id).read_result()
    if result is None:
        return None
    return tuple(map(float, per_class(result.probabilities, result.y_test).recall))
