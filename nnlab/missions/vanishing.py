"""Gradients that vanish on their way through many layers."""

from collections.abc import Sequence

from nnlab.curriculum.lesson import Question
from nnlab.experiment import SGD, Points
from nnlab.missions.activations import before_and_after
from nnlab.missions.facts import RunFacts
from nnlab.missions.mission import Mission, Verdict
from nnlab.missions.starting import on_points


def check(runs: Sequence[RunFacts]) -> Verdict:
    """Six sigmoid layers in vain, then the same with another activation."""
    return before_and_after(MISSION.experiment, runs)


MISSION = Mission(
    name="vanishing",
    title="Six layers that stand still",
    teaches="vanishing gradients",
    task=(
        "Train the six layers as they are set up, to the end: nothing moves. Then change nothing"
        " but the activation until they know at least 95 % of the test points."
    ),
    experiment=on_points(
        "Six layers",
        "circle",
        (8,) * 6,
        "sigmoid",
        Points(noise=0.05),
        optimizer=SGD(learning_rate=0.1),
    ),
    question=Question(
        text=(
            "With plain gradient descent (SGD), two hidden layers of sigmoid begin to learn the"
            " circle within 100 epochs. Why do six of them not move at all?"
        ),
        options=(
            "Six layers are too many for a circle, whatever the activation",
            "At each layer on the way back the gradient shrinks to a quarter at most",
            "Sigmoid cannot be negative, so the network cannot say no",
        ),
        answer=1,
        why=(
            "The slope of **sigmoid** is a quarter at its steepest. The gradient is multiplied by"
            " it at each layer on the way back from the output: after six layers next to nothing is"
            " left, and the first layers stay as they were drawn. The slopes of tanh and ReLU go"
            " up to 1, so the same six layers learn."
        ),
    ),
    hints=(
        "Look at the curve: the loss stays near 0.69, the loss of guessing between two classes.",
        "Change the activation of all six layers.",
        "tanh and ReLU both learn it in fewer than ten epochs.",
    ),
    check=check,
)
