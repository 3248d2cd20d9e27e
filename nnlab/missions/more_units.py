"""Few points and much noise: more units do not help, more points do."""

from collections.abc import Callable, Sequence

from nnlab.curriculum.lesson import Question
from nnlab.experiment import Points
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import NOT_YET, NOTHING_YET, fair, judged, percent, strayed
from nnlab.missions.mission import Evidence, Mission, Verdict
from nnlab.missions.starting import on_points

MANY_UNITS = 32
MANY_POINTS = 1_000
# Of 50 test points one is 2 percentage points: what is more than that counts as better.
BETTER = 0.02
MUCH_BETTER = 0.05
_MAY_CHANGE = ("layers", "dataset.points.count")


def check(runs: Sequence[RunFacts]) -> Verdict:
    """The start, many units, and many points, each trained to its end."""
    if not runs:
        return NOTHING_YET
    start = MISSION.experiment
    told = [run for run in fair(start, runs, _MAY_CHANGE) if run.whole and run.test is not None]
    few = start.dataset.points.count if start.dataset.points else 0
    base = _last(told, lambda run: run.units < MANY_UNITS and run.points.count == few)
    units = _last(told, lambda run: run.units >= MANY_UNITS and run.points.count == few)
    points = _last(told, lambda run: run.points.count >= MANY_POINTS)
    verdict = judged(_evidence(base, units, points), _done(base, units, points), runs[-1])
    why = strayed(start, runs[-1], _MAY_CHANGE)
    if verdict.passed or why is None:
        return verdict
    return Verdict(False, f"{why} {verdict.words}", verdict.evidence)


def _last(runs: Sequence[RunFacts], wanted: Callable[[RunFacts], bool]) -> RunFacts | None:
    return next((run for run in reversed(runs) if wanted(run)), None)


def _evidence(
    base: RunFacts | None, units: RunFacts | None, points: RunFacts | None
) -> tuple[Evidence, ...]:
    share = base.test if base else None
    return (
        Evidence("Few units, 100 points", _told(base), "trained to the end", base is not None),
        Evidence(
            f"At least {MANY_UNITS} units, 100 points",
            _told(units),
            "trained to the end, and seen to be no better",
            units is not None and share is not None and _gain(units, share) <= BETTER,
        ),
        Evidence(
            f"At least {MANY_POINTS:,} points",
            _told(points),
            f"at least {100 * MUCH_BETTER:.0f} percentage points better than with 100",
            points is not None and share is not None and _gain(points, share) >= MUCH_BETTER,
        ),
    )


def _gain(run: RunFacts, share: float) -> float:
    return round((run.test or 0.0) - share, 6)


def _told(run: RunFacts | None) -> str:
    return NOT_YET if run is None else f"{run.units} units: {percent(run.test)} of the test points"


def _done(base: RunFacts | None, units: RunFacts | None, points: RunFacts | None) -> str:
    if base is None or units is None or points is None:
        return ""
    return (
        f"Done: {percent(base.test)} with {base.units} units, {percent(units.test)} with"
        f" {units.units}, and {percent(points.test)} with {points.points.count:,} points."
    )


MISSION = Mission(
    name="more-units",
    title="Units or points?",
    teaches="data beat size where there is noise",
    task=(
        "Train the network as it is set up. Then try at least 32 hidden units on the same 100"
        " points; then at least 1,000 points. All else stays as it is. Which of the two helps?"
    ),
    experiment=on_points(
        "Units or points", "moons", (8,), "relu", Points(count=100, noise=0.4), epochs=200
    ),
    question=Question(
        text=(
            "8 units know 74 % of the test points, after learning from 50 noisy ones. What do four"
            " times as many units bring?"
        ),
        options=("A better test accuracy", "None, or a worse one", "They cannot learn so few"),
        answer=1,
        why=(
            "More units can draw finer borders, and with 50 noisy points there is nothing finer to"
            " find but the noise: the training accuracy rises, the test accuracy does not. More"
            " **points** show where the border really is. Then the size of the network matters"
            " little."
        ),
    ),
    hints=(
        "Train the start to its end first: it is what the others are compared with.",
        "Two layers of 16 units make 32.",
        "Do not change the noise or the number of epochs: such runs are not compared.",
    ),
    check=check,
)
