"""The right inputs bend a straight border: a circle from squares."""

from collections.abc import Sequence

from nnlab.curriculum.lesson import Question
from nnlab.experiment import Adam, Points
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import at_least, at_most, judged, newest, not_allowed, percent
from nnlab.missions.mission import Mission, Verdict
from nnlab.missions.starting import on_points

GOAL = 0.97
_MAY_CHANGE = ("layers", "output", "training", "dataset.points.features")


def check(runs: Sequence[RunFacts]) -> Verdict:
    """A disc and the ring around it, without a hidden layer."""
    return newest(runs, _judge)


def _judge(run: RunFacts) -> Verdict:
    wrong = not_allowed(MISSION.experiment, run.experiment, _MAY_CHANGE)
    if wrong:
        return Verdict(False, wrong)
    evidence = (
        at_most("Hidden layers", run.hidden_layers, 0),
        at_least("Test accuracy", run.test, GOAL),
    )
    done = f"Done: a round border with {percent(run.test)} of the test points, and no hidden layer."
    return judged(evidence, done, run)


MISSION = Mission(
    name="circle",
    title="A circle without hidden layers",
    teaches="what a weighted sum can draw",
    task=(
        "Tell the disc from the ring around it, at least 97 % of the test points, without a hidden"
        " layer. The inputs are yours to choose."
    ),
    experiment=on_points(
        "Circle",
        "circle",
        (),
        "linear",
        Points(noise=0.05),
        epochs=60,
        optimizer=Adam(learning_rate=0.03),
    ),
    question=Question(
        text="Without hidden layers, which inputs let the network draw a circle?",
        options=("x and y", "x² and y²", "xy", "sin x and sin y"),
        answer=1,
        why=(
            "The output is a weighted sum of the inputs, and the border is where that sum is zero."
            " With x and y it is a line. With **x² and y²** it is a·x² + b·y² + c = 0, and for a"
            " and b of the same sign that is an ellipse; with equal ones, a circle."
        ),
    ),
    hints=(
        "How do you compute how far a point is from the middle?",
        "Pythagoras: the square of the distance is x² + y².",
        "Take x² and y² as inputs; x and y can stay or go.",
    ),
    check=check,
)
