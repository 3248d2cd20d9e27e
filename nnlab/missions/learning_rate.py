"""Too high a learning rate, and the largest that still learns."""

from collections.abc import Sequence
from itertools import pairwise

from nnlab.curriculum.lesson import Question
from nnlab.experiment import SGD, Points
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import NOT_YET, NOTHING_YET, fair, judged, percent, strayed
from nnlab.missions.mission import Evidence, Mission, Verdict
from nnlab.missions.starting import on_points

GOAL = 0.95
# From one to the next of 0.1, 0.3, 1, 3, 10.
CLOSE = 3.5
_RATE = "training.optimizer.learning_rate"


def check(runs: Sequence[RunFacts]) -> Verdict:
    """A rate that learns and a higher one that does not, close together."""
    if not runs:
        return NOTHING_YET
    ended = [run for run in fair(MISSION.experiment, runs, (_RATE,)) if run.whole]
    learned = max((run for run in ended if _learned(run)), key=_rate, default=None)
    failed = min((run for run in ended if _too_high(run, ended)), key=_rate, default=None)
    verdict = judged(_evidence(learned, failed), _done(learned, failed), runs[-1])
    why = strayed(MISSION.experiment, runs[-1], (_RATE,))
    if verdict.passed or why is None:
        return verdict
    return Verdict(False, f"{why} {verdict.words}", verdict.evidence)


def _rate(run: RunFacts) -> float:
    return run.learning_rate


def _learned(run: RunFacts) -> bool:
    return not run.diverged and (run.test or 0.0) >= GOAL


def _too_high(run: RunFacts, ended: Sequence[RunFacts]) -> bool:
    """Does not learn, and every rate that is known to learn is lower.

    What is too low does not learn either, so unless it diverged there has to be such a rate.
    """
    rates = [each.learning_rate for each in ended if _learned(each)]
    above = all(run.learning_rate > rate for rate in rates)
    return not _learned(run) and above and (run.diverged or bool(rates))


def _evidence(learned: RunFacts | None, failed: RunFacts | None) -> tuple[Evidence, ...]:
    best = NOT_YET if learned is None else f"{_rate(learned):g}: {percent(learned.test)}"
    return (
        Evidence(
            "Highest rate that learns",
            best,
            f"at least {percent(GOAL)} of the test points after all epochs",
            learned is not None,
        ),
        Evidence(
            "Lowest rate that is too high",
            _told(failed),
            "above one that learns, and does not get there",
            failed is not None,
        ),
        _apart(learned, failed),
    )


def _told(run: RunFacts | None) -> str:
    if run is None:
        return NOT_YET
    if run.diverged:
        return f"{_rate(run):g}: the loss is no longer a number"
    rises = _rises(run)
    return (
        f"{_rate(run):g}: {percent(run.test)}; the loss rose in {rises} of {len(run.epochs)} epochs"
    )


def _rises(run: RunFacts) -> int:
    losses = [record.loss for record in run.epochs]
    return sum(after > before for before, after in pairwise(losses))


def _apart(learned: RunFacts | None, failed: RunFacts | None) -> Evidence:
    name, wanted = "How far apart", f"a factor of {CLOSE:g} at most"
    if learned is None or failed is None:
        return Evidence(name, NOT_YET, wanted, False)
    factor = _rate(failed) / _rate(learned)
    return Evidence(name, f"a factor of {factor:.1f}", wanted, 1 < factor <= CLOSE)


def _done(learned: RunFacts | None, failed: RunFacts | None) -> str:
    if learned is None or failed is None:
        return ""
    return f"Done: {_rate(learned):g} still learns, {_rate(failed):g} is too high."


MISSION = Mission(
    name="learning-rate",
    title="As fast as it can, and faster",
    teaches="the learning rate",
    task=(
        "Change nothing but the learning rate. Find one that is too high, so that the two moons are"
        " not learned in 50 epochs, and the highest one that still reaches 95 % of the test points."
        " The two may differ by a factor of 3.5."
    ),
    experiment=on_points(
        "As fast as it can",
        "moons",
        (8, 8),
        "tanh",
        Points(noise=0.1),
        epochs=50,
        optimizer=SGD(learning_rate=0.01),
    ),
    question=Question(
        text="What does the loss do when the learning rate is too high?",
        options=(
            "It falls, only faster",
            "It jumps up and down and stays high",
            "It stays exactly where it was",
        ),
        answer=1,
        why=(
            "Each step goes against the gradient, as far as the **learning rate** says. Too far,"
            " and it lands on the other side of the valley, higher up than before: the loss jumps."
            " A rate somewhat below that learns fastest. A much lower one learns too, but here 50"
            " epochs are too few for it."
        ),
    ),
    hints=(
        "The rate of 0.01 that you begin with is not too high: it is too slow.",
        "Go up in steps of three: 0.03, 0.1, 0.3, 1, 3, 10.",
        "A rate of 1 learns; a rate of 3 does not.",
    ),
    check=check,
)
