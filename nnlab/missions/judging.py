"""What the rules of several missions have in common."""

from collections.abc import Callable, Sequence
from typing import Any

from nnlab.datasets.told_settings import told_settings
from nnlab.experiment import Experiment, Points, differing, setting_label
from nnlab.missions.facts import RunFacts
from nnlab.missions.mission import Evidence, Verdict

NOT_YET = "not yet"
NOTHING_YET = Verdict(False, "No run yet. Set the mission up, then train.")
# Whatever a mission is about, these do not make it another one.
_SEEDS = ("training.seed", "dataset.points.seed", "dataset.split_seed")
_ON_THE_WAY = "training.changes"
_INPUTS = "dataset.points.features"


def percent(share: float | None) -> str:
    """`0.93` as `93.0 %`; "not yet" for None."""
    return NOT_YET if share is None else f"{100 * share:.1f} %"


def at_least(name: str, share: float | None, goal: float) -> Evidence:
    """A share from 0 to 1 that should reach a goal."""
    return Evidence(name, percent(share), f"at least {percent(goal)}", (share or 0.0) >= goal)


def at_most(name: str, count: int, most: int) -> Evidence:
    """A number that should not be larger."""
    return Evidence(name, f"{count:,}", f"at most {most:,}" if most else "none", count <= most)


def changed_settings(one: Experiment, other: Experiment) -> dict[str, tuple[object, object]]:
    """Settings by dotted path in which two experiments differ, with both values.

    Names do not count, nor what was changed while a run was training. The inputs are one setting.
    """
    found = differing([_settings(one), _settings(other)])
    return {
        path: (values[0], values[1])
        for path, values in found.items()
        if not path.startswith(_ON_THE_WAY)
    }


def _settings(experiment: Experiment) -> dict[str, Any]:
    told = {
        path: value
        for path, value in told_settings(experiment).items()
        if not path.startswith(_INPUTS)
    }
    points = experiment.dataset.points or Points()
    return told | {_INPUTS: ", ".join(points.features)}


def not_allowed(start: Experiment, wanted: Experiment, may_change: Sequence[str]) -> str | None:
    """What a run has that the mission fixes, in words; None where all is as it should be.

    Args:
        start: the mission's experiment.
        wanted: the run's.
        may_change: dotted paths, each with all below it; seeds may always be changed.
    """
    for path, (before, after) in changed_settings(start, wanted).items():
        if not _within(path, (*may_change, *_SEEDS)):
            return (
                f"{setting_label(path)} is {_value(after)}; in this mission it is {_value(before)}."
            )
    return None


def _within(path: str, opened: Sequence[str]) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in opened)


def _value(value: object) -> str:
    if value is None:
        return "not set"
    return f"{value:g}" if isinstance(value, float) else str(value)


def fair(start: Experiment, runs: Sequence[RunFacts], may_change: Sequence[str]) -> list[RunFacts]:
    """The runs that keep to what the mission fixes and were not changed on the way."""
    return [
        run
        for run in runs
        if not run.changed_on_the_way and not_allowed(start, run.experiment, may_change) is None
    ]


def strayed(start: Experiment, run: RunFacts, may_change: Sequence[str]) -> str | None:
    """Why a run does not count where runs are compared, in words; None where it does."""
    if run.changed_on_the_way:
        return "The last run was changed while it trained, so it cannot be compared with others."
    wrong = not_allowed(start, run.experiment, may_change)
    return None if wrong is None else f"The last run does not count: {wrong}"


def judged(evidence: Sequence[Evidence], done: str, run: RunFacts) -> Verdict:
    """Passed when all of the evidence is met; else what is missing of it, in words.

    Args:
        evidence: of one run, or of several.
        done: what to say when it is passed.
        run: the newest one; while it is under way, figures are those so far.
    """
    missing = [each for each in evidence if not each.met]
    if not missing:
        return Verdict(True, done, tuple(evidence))
    known = [each for each in missing if each.found != NOT_YET]
    told = "; ".join(f"{each.name}: {each.found}, wanted {each.wanted}" for each in known)
    if not known:
        told = f"Still to do: {missing[0].name}, {missing[0].wanted}"
    elif run.under_way:
        told = f"So far: {told}"
    return Verdict(False, f"{told}.", tuple(evidence))


def newest(runs: Sequence[RunFacts], judge: Callable[[RunFacts], Verdict]) -> Verdict:
    """For a mission that one run can pass: any of them that does, else what the newest lacks."""
    if not runs:
        return NOTHING_YET
    verdicts = [judge(run) for run in reversed(runs)]
    return next((verdict for verdict in verdicts if verdict.passed), verdicts[0])
