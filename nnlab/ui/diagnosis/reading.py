"""A run's facts and what the rules say of them, read once and kept for all visitors."""

from dataclasses import dataclass

import streamlit as st

from nnlab.analysis.diagnosis import (
    Case,
    Clear,
    Finding,
    Unknown,
    case_of,
    examine,
    sorted_findings,
)
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moment, Moments, evenly
from nnlab.runs.run import Run
from nnlab.ui.resources import engine

# Of a run's moments so many are read, evenly spaced, the first and the last among them; and only
# these two where a validation tells how it went in between.
MOST_MOMENTS, WITH_VALIDATION = 8, 2


@dataclass(frozen=True)
class Examined:
    """To be read only.

    Attributes:
        case: the facts.
        findings: the heaviest first.
        others: what the other rules say, in their order.
    """

    case: Case
    findings: tuple[Finding, ...]
    others: tuple[Clear | Unknown, ...]


def examined(run: Run) -> Examined:
    """What there is to say of `run` as it stands; the files are read once for each standing."""
    return _examined(run, str(run.state), run.epoch, run.step, len(Moments(run.id).steps()))


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs={Run: lambda run: run.id})
def _examined(run: Run, state: str, epoch: int, step: int, moments: int) -> Examined:  # noqa: ARG001
    store = engine().store
    epochs = store.epochs(run.id)
    validated = any(record.val_loss is not None for record in epochs)
    case = case_of(
        run,
        epochs,
        store.points(run.id),
        _moments(run.id, WITH_VALIDATION if validated else MOST_MOMENTS),
        RunFiles(run.id).read_result() if run.complete else None,
    )
    outcomes = examine(case)
    others = tuple(outcome for outcome in outcomes if not isinstance(outcome, Finding))
    return Examined(case, tuple(sorted_findings(outcomes)), others)


def _moments(run_id: str, most: int) -> list[Moment]:
    """At most so many of them, without weights; a damaged file is left out."""
    kept = Moments(run_id)
    found = []
    for step in chosen(kept.steps(), most):
        try:
            found.append(kept.read(step, weights=False))
        except FileNotFoundError:
            continue
    return found


def chosen(steps: list[int], most: int) -> list[int]:
    """At most `most` of the steps, evenly spaced in their order, both ends among them."""
    if len(steps) <= most:
        return steps
    return [steps[place] for place in evenly(most - 1, len(steps) - 1)] + steps[-1:]
