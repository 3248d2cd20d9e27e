"""Several classes with straight borders need no hidden layer."""

from collections.abc import Sequence

from nnlab.curriculum.lesson import Question
from nnlab.experiment import Points
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import at_least, at_most, judged, newest, not_allowed, percent
from nnlab.missions.mission import Mission, Verdict
from nnlab.missions.starting import on_points

GOAL = 0.97
_MAY_CHANGE = ("layers", "output", "training")


def check(runs: Sequence[RunFacts]) -> Verdict:
    """Four classes apart without a hidden layer."""
    return newest(runs, _judge)


def _judge(run: RunFacts) -> Verdict:
    wrong = not_allowed(MISSION.experiment, run.experiment, _MAY_CHANGE)
    if wrong:
        return Verdict(False, wrong)
    evidence = (
        at_most("Hidden layers", run.hidden_layers, 0),
        at_least("Test accuracy", run.test, GOAL),
    )
    return judged(
        evidence, f"Done: {percent(run.test)} of the test points, with no hidden layer.", run
    )


MISSION = Mission(
    name="blobs",
    title="Four heaps, four classes",
    teaches="softmax: one score a class",
    task=(
        "Tell the four heaps apart, at least 97 % of the test points, with a network that has no"
        " hidden layer at all."
    ),
    experiment=on_points(
        "Four heaps", "blobs", (8, 8), "gelu", Points(noise=0.05, classes=4), epochs=60
    ),
    question=Question(
        text="How many hidden layers does a network need to tell four heaps of points apart?",
        options=("None", "One", "Two: with one layer there is one line only", "One for each heap"),
        answer=0,
        why=(
            "The output layer has a unit for each class, and each computes a score of its own from"
            " x and y. The highest score wins; **softmax** turns the scores into probabilities. Two"
            " scores are equal along a straight line, and straight lines are all that these heaps"
            " need. Hidden layers are for borders that are bent."
        ),
    ),
    hints=(
        "Take the hidden layers away one by one and train again.",
        "Without hidden layers the network has 12 numbers: 2 weights and a bias for each class.",
        "If it is too slow, a learning rate of 0.03 helps.",
    ),
    check=check,
)
