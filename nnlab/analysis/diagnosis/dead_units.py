"""Dead units: rectified units that are 0 for every image."""

import numpy as np

from nnlab.analysis.diagnosis.case import Case
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
    slower,
    usual_rate,
    with_activation,
    with_initializer,
)
from nnlab.analysis.diagnosis.wording import NOT_RECORDED, layer_in_words
from nnlab.runs.moments import LayerFacts

RULE = "Dead units"
RECTIFIED = "relu"
# Share of a layer's units; some are always silent on a sample.
MANY_DEAD = 0.4


def examine(case: Case) -> Outcome:
    """Whether many units of a ReLU layer are 0 for every image of the sample.

    Where a ReLU is 0 for all images, so is its gradient: it can never come back (Goodfellow,
    Bengio and Courville, Deep Learning, 2016, section 6.3.1; Lu et al., "Dying ReLU and
    initialization", 2019). A learning rate that is too high can silence "as much as 40 %" of the
    units (Stanford CS231n notes, "Commonly used activation functions").
    """
    layers = [layer for layer in case.layers if layer.activation == RECTIFIED]
    if not case.layers:
        return Unknown(RULE, NOT_RECORDED)
    if not layers:
        return Clear(RULE, "there is no ReLU, which alone can die")
    worst = max(layers, key=dead_share)
    if dead_share(worst) < MANY_DEAD:
        return Clear(
            RULE,
            f"{_dead(worst)} of {len(worst.zero_share)} units of {layer_in_words(worst.name)}, the"
            f" most of any layer, are 0 for the whole sample of training {case.things}",
        )
    return _found(case, layers, worst)


def dead_share(layer: LayerFacts) -> float:
    """Share of a layer's units or channels that are 0 for the whole sample, 0 to 1."""
    return _dead(layer) / len(layer.zero_share)


def _dead(layer: LayerFacts) -> int:
    return int(np.sum(layer.zero_share >= 1.0))


def _found(case: Case, layers: list[LayerFacts], worst: LayerFacts) -> Finding:
    where, total = layer_in_words(worst.name), len(worst.zero_share)
    at_start = {layer.name: dead_share(layer) for layer in case.instants[0].layers}
    if dead_share(worst) == 1.0:
        severity = Severity.PROBLEM
        who = f"All {total} units of {where} are" if total > 1 else f"The only unit of {where} is"
        statement = f"{who} dead: 0 for every {case.things[:-1]}, so nothing passes."
    else:
        severity = Severity.NOTE if case.has_learned else Severity.WARNING
        statement = (
            f"{_dead(worst)} of {total} units of {where} are dead: 0 for every {case.things[:-1]},"
            " so they learn nothing any more."
        )
    figures = (
        *((f"{layer_in_words(layer.name)} now", _figure(layer)) for layer in layers),
        (f"{where} at the first moment", f"{100 * at_start.get(worst.name, 0.0):.0f} % dead"),
    )
    chart = BarChart(
        "Dead units by layer",
        "Share of units",
        tuple(layer_in_words(layer.name) for layer in layers),
        tuple(dead_share(layer) for layer in layers),
        MANY_DEAD,
    )
    return Finding(RULE, severity, statement, Evidence(figures, chart), _cure(case))


def _figure(layer: LayerFacts) -> str:
    return f"{_dead(layer)} of {len(layer.zero_share)} units dead ({100 * dead_share(layer):.0f} %)"


def _cure(case: Case) -> Remedy:
    experiment = case.experiment
    optimizer = experiment.training.optimizer
    if optimizer.learning_rate > 2 * usual_rate(optimizer):
        return remedy(
            "Long steps throw units to where they are 0 for good: a smaller learning rate.",
            experiment,
            slower(experiment),
        )
    unscaled = with_initializer(experiment, "he_normal", UNSCALED)
    if unscaled:
        return remedy(
            "Start weights scaled to the number of inputs let signals through.",
            experiment,
            unscaled,
        )
    return remedy(
        "Leaky ReLU lets a little through below 0, so that a unit can come back.",
        experiment,
        with_activation(experiment, "leaky_relu", {RECTIFIED}),
    )
