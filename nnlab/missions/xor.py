"""The right input makes a hidden layer superfluous: exclusive or."""

from collections.abc import Sequence

from nnlab.curriculum.lesson import Question
from nnlab.experiment import Adam, Points
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import at_least, at_most, judged, newest, not_allowed, percent
from nnlab.missions.mission import Mission, Verdict
from nnlab.missions.starting import on_points

GOAL = 0.95
MOST_INPUTS = 2
_MAY_CHANGE = ("layers", "output", "training", "dataset.points.features")


def check(runs: Sequence[RunFacts]) -> Verdict:
    """Exclusive or without a hidden layer, from two inputs at most."""
    return newest(runs, _judge)


def _judge(run: RunFacts) -> Verdict:
    wrong = not_allowed(MISSION.experiment, run.experiment, _MAY_CHANGE)
    if wrong:
        return Verdict(False, wrong)
    evidence = (
        at_most("Hidden layers", run.hidden_layers, 0),
        at_most("Inputs", len(run.points.features), MOST_INPUTS),
        at_least("Test accuracy", run.test, GOAL),
    )
    return judged(
        evidence, f"Done: {percent(run.test)} of the test points, by the input alone.", run
    )


MISSION = Mission(
    name="xor",
    title="Exclusive or in one step",
    teaches="choosing inputs",
    task=(
        "Learn exclusive or, at least 95 % of the test points, without a hidden layer and with two"
        " inputs at the most. Which inputs, is yours to choose."
    ),
    experiment=on_points(
        "Exclusive or",
        "xor",
        (),
        "linear",
        Points(noise=0.05),
        epochs=60,
        optimizer=Adam(learning_rate=0.03),
    ),
    question=Question(
        text=(
            "One class has x and y of the same sign, the other of different signs. What accuracy"
            " does a network without hidden layers reach that is given x and y?"
        ),
        options=("About 50 %: it can only guess", "About 75 %", "More than 95 %"),
        answer=0,
        why=(
            "Without a hidden layer the border is one straight line through the plane, and each"
            " side of any line holds about as many points of either class. The product **xy** is"
            " positive for one class and negative for the other: given that, one weight is enough."
            " A hidden layer has to find such a quantity for itself."
        ),
    ),
    hints=(
        "Which of the seven inputs has the same sign for all points of a class?",
        "Think of multiplication: minus times minus is plus.",
        "Take xy as the only input.",
    ),
    check=check,
)
