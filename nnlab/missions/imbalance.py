"""A high accuracy that says nothing of the small class."""

from collections.abc import Sequence

from nnlab.curriculum.lesson import Question
from nnlab.experiment import Points, setting_label
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import (
    NOT_YET,
    NOTHING_YET,
    changed_settings,
    judged,
    not_allowed,
    percent,
)
from nnlab.missions.mission import Evidence, Mission, Verdict
from nnlab.missions.starting import on_points

HIGH = 0.90
LOST = 0.50
FOUND = 0.70
# All but the task: another noise or other inputs would be another one.
_MAY_CHANGE = ("layers", "output", "training", "dataset.points.balance", "dataset.points.count")


def check(runs: Sequence[RunFacts]) -> Verdict:
    """A run of high accuracy that loses the small class, and one that finds it."""
    if not runs:
        return NOTHING_YET
    start = MISSION.experiment
    told = [run for run in runs if not_allowed(start, run.experiment, _MAY_CHANGE) is None]
    lost = next((run for run in reversed(told) if _loses(run)), None)
    later = told[told.index(lost) + 1 :] if lost else []
    found = max((run for run in later if run.recalls), key=_small, default=None)
    newest = lost or (told[-1] if told else None)
    verdict = judged(_evidence(newest, found), _done(lost, found), runs[-1])
    wrong = not_allowed(start, runs[-1].experiment, _MAY_CHANGE)
    if verdict.passed or wrong is None:
        return verdict
    return Verdict(False, f"The last run does not count: {wrong}", verdict.evidence)


def _small(run: RunFacts) -> float:
    """The share of the small class, which is the last, that is recognised."""
    return run.recalls[-1] if run.recalls else 0.0


def _loses(run: RunFacts) -> bool:
    return run.recalls is not None and (run.test or 0.0) >= HIGH and _small(run) <= LOST


def _evidence(lost: RunFacts | None, found: RunFacts | None) -> tuple[Evidence, ...]:
    return (
        Evidence(
            "High accuracy, small class lost",
            _told(lost),
            f"accuracy at least {percent(HIGH)}, class B at most {percent(LOST)}",
            lost is not None and _loses(lost),
        ),
        Evidence(
            "Small class found",
            _told(found),
            f"class B at least {percent(FOUND)}",
            found is not None and _small(found) >= FOUND,
        ),
    )


def _told(run: RunFacts | None) -> str:
    if run is None:
        return NOT_YET
    if run.recalls is None:
        return "counted when the training has ended"
    return f"accuracy {percent(run.test)}, class B {percent(_small(run))}"


def _done(lost: RunFacts | None, found: RunFacts | None) -> str:
    if lost is None or found is None:
        return ""
    ways = ", ".join(map(setting_label, changed_settings(lost.experiment, found.experiment)))
    return (
        f"Done: class B from {percent(_small(lost))} to {percent(_small(found))}, while accuracy"
        f" went from {percent(lost.test)} to {percent(found.test)}. Changed: {ways or 'seeds'}."
    )


MISSION = Mission(
    name="imbalance",
    title="92 % right, and a class is lost",
    teaches="what accuracy hides",
    task=(
        "Class B has a tenth as many points as class A. Train the network as it is set up, to the"
        " end; then see to it that at least 70 % of the test points of class B are recognised."
    ),
    experiment=on_points(
        "A small class", "moons", (8,), "gelu", Points(noise=0.5, balance=0.1), epochs=60
    ),
    question=Question(
        text=(
            "The network reaches an accuracy of 92 %. How many of class B's test points does it"
            " recognise?"
        ),
        options=("About 92 %", "About half", "About a quarter"),
        answer=2,
        why=(
            "Who answers A to everything is right 91 times in 100. Where the classes reach into"
            " each other the likelier answer is always A, and so class B is lost, though the"
            " accuracy is high. The **confusion matrix** shows it, a row for each class. With as"
            " many points of B the accuracy is lower, and the network finds both classes."
        ),
    ),
    hints=(
        "Look at the confusion matrix on Evaluate, in the row of class B.",
        "More units or more epochs change little: the network is right to say A, by the numbers.",
        "Give class B more points: a balance of 1.",
    ),
    check=check,
)
