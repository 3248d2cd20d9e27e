"""Missions in which nothing but the activation is changed: before, and after."""

from collections.abc import Sequence

from nnlab.experiment import Experiment
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import (
    NOTHING_YET,
    at_least,
    changed_settings,
    fair,
    judged,
    percent,
    strayed,
)
from nnlab.missions.mission import Evidence, Verdict

# In 100 epochs all that learn at all are far beyond; those that do not stay near a half.
STUCK = 0.75
GOAL = 0.95


def before_and_after(start: Experiment, runs: Sequence[RunFacts]) -> Verdict:
    """Passed when the start was trained to its end in vain and another activation learns.

    Args:
        start: the mission's experiment, whose activation does not do.
        runs: of the visitor, oldest first.
    """
    if not runs:
        return NOTHING_YET
    ways = tuple(f"layers.{number}.activation" for number in range(len(start.layers)))
    told = fair(start, runs, ways)
    same = [run for run in told if not _other(start, run)]
    others = [run for run in told if _other(start, run)]
    before = _stuck(next((run for run in reversed(same) if run.whole), None))
    best = max(others, key=lambda run: run.test or 0.0, default=None)
    after = at_least("Test accuracy with another activation", best.test if best else None, GOAL)
    reached = f"Done: the activation alone took the network from {before.found} to {after.found}."
    verdict = judged((before, after), reached, runs[-1])
    why = strayed(start, runs[-1], ways)
    if verdict.passed or why is None:
        return verdict
    return Verdict(False, f"{why} {verdict.words}", verdict.evidence)


def _other(start: Experiment, run: RunFacts) -> bool:
    found = changed_settings(start, run.experiment)
    return any(path.endswith(".activation") for path in found)


def _stuck(run: RunFacts | None) -> Evidence:
    share = run.test if run else None
    met = share is not None and share < STUCK
    wanted = f"below {percent(STUCK)}, trained to the end"
    return Evidence("Test accuracy as set up", percent(share), wanted, met)
