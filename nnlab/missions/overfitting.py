"""Overfitting, and its cure by one control."""

from collections.abc import Sequence

from nnlab.curriculum.lesson import Question
from nnlab.experiment import Points, setting_label
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import (
    NOT_YET,
    NOTHING_YET,
    changed_settings,
    fair,
    judged,
    percent,
    strayed,
)
from nnlab.missions.mission import Evidence, Mission, Verdict
from nnlab.missions.starting import on_points

LEARNED_BY_HEART = 0.97
GAP = 0.12
CURED = 0.06
# All of it is open but what the task is about: which set, how noisy, from which inputs.
_MAY_CHANGE = (
    "layers", "output", "training", "dataset.points.count", "dataset.test_size",
)  # fmt: skip


def check(runs: Sequence[RunFacts]) -> Verdict:
    """A run that overfits, and a later one, by one control from it, that does not."""
    if not runs:
        return NOTHING_YET
    told = fair(MISSION.experiment, runs, _MAY_CHANGE)
    ill, well = _pair(told)
    verdict = judged(_evidence(ill, well), _done(ill, well), runs[-1])
    why = strayed(MISSION.experiment, runs[-1], _MAY_CHANGE)
    if verdict.passed or why is None:
        return verdict
    return Verdict(False, f"{why} {verdict.words}", verdict.evidence)


def _pair(told: Sequence[RunFacts]) -> tuple[RunFacts | None, RunFacts | None]:
    """A run that overfits with a later one that cures it; else how far the visitor is."""
    for place, run in reversed(list(enumerate(told))):
        cured = next((other for other in told[place + 1 :] if _cures(run, other)), None)
        if _overfits(run) and cured:
            return run, cured
    if not told:
        return None, None
    ill = next((run for run in reversed(told[:-1]) if _overfits(run)), None)
    return (ill, told[-1]) if ill else (told[-1], None)


def _overfits(run: RunFacts) -> bool:
    return (
        run.gap is not None
        and run.gap >= GAP
        and run.train is not None
        and run.train >= LEARNED_BY_HEART
        and not run.under_way
    )


def _controls(ill: RunFacts, well: RunFacts) -> list[str]:
    return list(changed_settings(ill.experiment, well.experiment))


def _cures(ill: RunFacts, well: RunFacts) -> bool:
    return len(_controls(ill, well)) == 1 and _is_cured(ill, well)


def _evidence(ill: RunFacts | None, well: RunFacts | None) -> tuple[Evidence, ...]:
    first = (
        Evidence(
            "Overfitting",
            _figures(ill),
            f"training at least {percent(LEARNED_BY_HEART)}, test {100 * GAP:.0f} points lower",
            ill is not None and _overfits(ill),
        ),
    )
    return (*first, *_cure(ill, well))


def _cure(ill: RunFacts | None, well: RunFacts | None) -> tuple[Evidence, ...]:
    wanted = f"test at most {100 * CURED:.0f} points below training, and no lower than before"
    if ill is None or well is None:
        return (
            Evidence("Changed after that", NOT_YET, "one control", False),
            Evidence("Cured", NOT_YET, wanted, False),
        )
    names = _controls(ill, well)
    labels = ", ".join(map(setting_label, names)) or "none"
    return (
        Evidence("Changed after that", labels, "one control", len(names) == 1),
        Evidence("Cured", _figures(well), wanted, _is_cured(ill, well)),
    )


def _is_cured(ill: RunFacts, well: RunFacts) -> bool:
    if well.under_way or well.gap is None:
        return False
    return well.gap <= CURED and (well.test or 0.0) >= (ill.test or 0.0)


def _figures(run: RunFacts | None) -> str:
    if run is None or run.train is None or run.test is None:
        return NOT_YET
    return f"training {percent(run.train)}, test {percent(run.test)}"


def _done(ill: RunFacts | None, well: RunFacts | None) -> str:
    if ill is None or well is None:
        return ""
    control = ", ".join(map(setting_label, _controls(ill, well)))
    return (
        f"Done: {control} alone took the distance between training and test from"
        f" {100 * (ill.gap or 0):.0f} to {100 * (well.gap or 0):.0f} points."
    )


MISSION = Mission(
    name="overfitting",
    title="By heart, and cured",
    teaches="overfitting and its remedies",
    task=(
        "First make it overfit: at least 97 % of the training points right, and the test points 12"
        " percentage points lower. Then cure that run by changing one control: at most 6 points"
        " apart, and the test accuracy no lower than it was."
    ),
    experiment=on_points(
        "By heart", "gaussians", (4,), "relu", Points(count=100, noise=0.5), epochs=200
    ),
    question=Question(
        text=(
            "50 points to learn from, and two heaps that reach into each other. Why should a"
            " network not get all of its training points right?"
        ),
        options=(
            "Because it would take too long",
            "Because it would learn the noise, which is another one in the test points",
            "It should: the better on the training points, the better on others",
        ),
        answer=1,
        why=(
            "Where the heaps reach into each other it is chance which class a point has. A network"
            " with units enough bends its border around each such point: right for these 50, wrong"
            " for others. That is **overfitting**. What helps: more points, a penalty on large"
            " weights (L1, L2), dropout, fewer units, or ending earlier."
        ),
    ),
    hints=(
        "To make it overfit, give it units: two hidden layers of 8.",
        "Then change one thing only, so that you know what it was that helped.",
        "10 times as many points cure it, or an L2 penalty of 0.03 to 0.1, or 10 epochs.",
    ),
    check=check,
)
