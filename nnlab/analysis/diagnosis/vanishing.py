"""Vanishing gradients: hardly anything reaches the first layers."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.facts import Instant
from nnlab.analysis.diagnosis.finding import (
    BarChart,
    Clear,
    Evidence,
    Finding,
    Outcome,
    Remedy,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.remedies import (
    UNSCALED,
    remedy,
    with_activation,
    with_initializer,
)
from nnlab.analysis.diagnosis.wording import NOT_RECORDED, layer_in_words

RULE = "Vanishing gradients"
# The first layer's gradients beside the output's, as standard deviations.
VANISHED = 0.02
_SQUASHING = {"sigmoid", "tanh", "softplus"}


def examine(case: Case) -> Outcome:
    """Whether gradients are far smaller in the first layer than in the output, and stay so.

    Back-propagated gradients shrink from layer to layer where activations saturate or weights
    begin too small (Xavier Glorot and Yoshua Bengio, "Understanding the difficulty of training
    deep feedforward neural networks", 2010, which compares their standard deviations by layer).
    Both the first and the last moment have to show it: many networks recover.
    """
    if not case.instants or not case.layers:
        return Unknown(RULE, NOT_RECORDED)
    sizes = gradients(case.instants[-1])
    if len(sizes) < 2:
        return Clear(RULE, "there is no hidden layer with weights to reach")
    ratios = [ratio(instant) for instant in (case.instants[0], case.instants[-1])]
    names = list(sizes)
    words = (
        f"the gradients of {names[0]} are {_times(ratios[-1])} of those of {names[-1]}"
        f" ({_times(ratios[0])} at the first moment)"
    )
    if not all(0 < each < VANISHED for each in ratios):
        return Clear(RULE, words)
    return Finding(
        RULE,
        Severity.WARNING,
        f"The gradients vanish on their way back: in {names[0]} they are {_times(ratios[-1])} as"
        f" large as in {names[-1]}, so the first layers hardly learn.",
        Evidence(
            tuple((name, f"{size:.2g}") for name, size in sizes.items()),
            BarChart(
                "Gradients by layer",
                "Standard deviation",
                tuple(names),
                tuple(sizes.values()),
                sizes[names[-1]] * VANISHED,
                "size",
            ),
        ),
        _cure(case),
    )


def gradients(instant: Instant) -> dict[str, float]:
    """Standard deviation of each kernel's gradients by the layer, in order."""
    return {
        layer_in_words(layer.name): layer.gradients.std
        for layer in instant.layers
        if layer.gradients
    }


def ratio(instant: Instant) -> float:
    """The first kernel's gradients beside the last one's; 1 where those are 0."""
    sizes = list(gradients(instant).values())
    return sizes[0] / sizes[-1] if len(sizes) > 1 and sizes[-1] else 1.0


def _times(share: float) -> str:
    return f"1/{1 / share:,.0f}" if 0 < share < 0.5 else f"{share:.2g} times"


def _cure(case: Case) -> Remedy:
    experiment = case.experiment
    squashed = with_activation(experiment, "relu", _SQUASHING)
    if squashed:
        return remedy(
            "ReLU passes gradients on undiminished where it is above 0.", experiment, squashed
        )
    blind = with_initializer(experiment, "he_normal", UNSCALED)
    if blind:
        return remedy(
            "Start weights scaled to the number of inputs keep gradients alike in all layers.",
            experiment,
            blind,
        )
    return Remedy("Fewer layers, or BatchNormalization between them.")
