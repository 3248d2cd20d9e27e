"""Layers without a bend are one layer."""

from collections.abc import Sequence

from nnlab.curriculum.lesson import Question
from nnlab.experiment import Points
from nnlab.missions.activations import before_and_after
from nnlab.missions.facts import RunFacts
from nnlab.missions.mission import Mission, Verdict
from nnlab.missions.starting import on_points


def check(runs: Sequence[RunFacts]) -> Verdict:
    """Linear layers in vain, then the same with a bend."""
    return before_and_after(MISSION.experiment, runs)


MISSION = Mission(
    name="linear",
    title="Layers that cannot bend",
    teaches="why there are activations",
    task=(
        "Train the network as it is set up, to the end, and see that it does not learn the circle."
        " Then change nothing but the activation until it knows at least 95 % of the test points."
    ),
    experiment=on_points("Layers that cannot bend", "circle", (8, 8), "linear", Points(noise=0.05)),
    question=Question(
        text=(
            "Two hidden layers of 8 units, all with the linear activation, that is none. What can"
            " they draw that a network without hidden layers cannot?"
        ),
        options=("A circle", "Two straight lines", "Nothing", "A rough circle with 8 corners"),
        answer=2,
        why=(
            "A weighted sum of weighted sums is a weighted sum: without an **activation** that"
            " bends, any number of layers says no more than one, and its border is one straight"
            " line. ReLU, tanh, GELU and the others bend, each in its own way, and any of them"
            " will do here."
        ),
    ),
    hints=(
        "More units or more layers do not help. Try, if you like; such runs do not count.",
        "Change the activation of both hidden layers, and nothing else.",
        "ReLU is done after a few epochs.",
    ),
    check=check,
)
