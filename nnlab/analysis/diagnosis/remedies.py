"""Changes to an experiment that a rule can propose, worded by what they change."""

from typing import Any

from nnlab import settings
from nnlab.analysis.diagnosis.finding import Remedy
from nnlab.analysis.diagnosis.wording import listed
from nnlab.datasets import info
from nnlab.datasets.told_settings import told_settings
from nnlab.experiment import (
    OWN_POINTS,
    SGD,
    Activation,
    Conv2D,
    Dense,
    Experiment,
    InvalidExperiment,
    Optimizer,
    Points,
    bounds,
    differing,
    setting_label,
    with_settings,
)
from nnlab.experiment.differences import OFF, ON

RATE = "training.optimizer.learning_rate"
EPOCHS = "training.epochs"
# Good beginnings where inputs lie in [0, 1]: for the adaptive ones Keras's defaults, but for
# Adagrad, whose steps only shrink; for plain gradient descent what networks with Keras's start
# weights learned well with, measured on `digits` and `mnist_5k`.
_USUAL = {"SGD": 0.1, "Adagrad": 0.01}
# Search by powers of ten: Goodfellow, Bengio and Courville, Deep Learning (2016), 11.4.3.
_STEP = 10.0
_MORE = 4
# Start weights that do not take the number of inputs into account.
UNSCALED = {"random_normal", "random_uniform", "zeros", "ones"}


def remedy(words: str, experiment: Experiment, changes: dict[str, Any]) -> Remedy:
    """The change as an experiment; words alone where the settings would not be allowed."""
    try:
        return Remedy(words, with_settings(experiment, changes))
    except InvalidExperiment:
        return Remedy(words)


def change_in_words(before: Experiment, after: Experiment) -> str:
    """What `after` has instead, e.g. "learning rate 0.001 instead of 1"; "" for no difference."""
    found = differing([told_settings(before), told_settings(after)])
    alike: dict[tuple[str, Any, Any], list[str]] = {}
    for path, (old, new) in found.items():
        alike.setdefault((path.rpartition(".")[2], old, new), []).append(path)
    return ", ".join(_in_words(paths, old, new) for (_, old, new), paths in alike.items())


def _in_words(paths: list[str], old: Any, new: Any) -> str:
    """Of one setting, or of the same one in several layers."""
    if len(paths) > 1:
        field = paths[0].rpartition(".")[2].replace("_", " ")
        layers = [layer_of(path) for path in paths]
        return f"{field} {_value(new)} instead of {_value(old)} in {listed(layers)}"
    label = setting_label(paths[0])
    label = label if label[1:2].isdigit() else label[:1].lower() + label[1:]  # "L2 penalty"
    if new in (ON, OFF) and old in (ON, OFF):
        return f"{label} {new}"
    return f"{label} {_value(new)} instead of {_value(old)}"


def layer_of(path: str) -> str:
    """`layers.1.units` is "layer 2"; `output.activation` is "the output"."""
    first, number, *_ = path.split(".")
    return f"layer {int(number) + 1}" if first == "layers" else f"the {first}"


def _value(value: Any) -> str:
    if value is None:
        return "all"
    return f"{value:g}" if isinstance(value, float) else str(value)


def usual_rate(optimizer: Optimizer) -> float:
    """A learning rate to begin with.

    Momentum m makes steps 1 / (1 - m) times as long in the end (Deep Learning, 8.3.2), so plain
    gradient descent with it begins that much lower.
    """
    rate = _USUAL.get(optimizer.type, 0.001)
    momentum = getattr(optimizer, "momentum", 0.0)
    return float(f"{rate * (1 - momentum):.2g}") if momentum else rate


def slower(experiment: Experiment) -> dict[str, Any]:
    """A smaller learning rate: a usual one, or a tenth where it is no larger than usual."""
    optimizer = experiment.training.optimizer
    usual, rate = usual_rate(optimizer), optimizer.learning_rate
    return {RATE: usual if rate > 2 * usual else _allowed(rate / _STEP)}


def faster(experiment: Experiment) -> dict[str, Any]:
    """A larger learning rate: a usual one, or tenfold where it is no smaller than usual."""
    optimizer = experiment.training.optimizer
    usual, rate = usual_rate(optimizer), optimizer.learning_rate
    return {RATE: usual if rate < usual / 2 else _allowed(rate * _STEP)}


def longer(experiment: Experiment) -> dict[str, Any]:
    """Twice as many epochs, as far as they are allowed; nothing where no more are."""
    epochs = min(2 * experiment.training.epochs, settings.most_epochs())
    return {EPOCHS: epochs} if epochs > experiment.training.epochs else {}


def more_examples(experiment: Experiment) -> dict[str, Any]:
    """All of the training examples, or four times as many points where points are made.

    Nothing where there are no more.
    """
    dataset = experiment.dataset
    if dataset.train_size is not None:
        return {"dataset.train_size": None}
    if info(dataset.name).has_images or dataset.name == OWN_POINTS:
        return {}
    points = dataset.points or Points()
    count = min(_MORE * points.count, int(bounds(Points, "count")[1]))
    if count == points.count:
        return {}
    return {"dataset.points": points.model_dump(mode="json") | {"count": count}}


def _allowed(rate: float) -> float:
    low, high = bounds(SGD, "learning_rate")
    return float(f"{min(max(rate, low), high):.3g}")


def with_activation(experiment: Experiment, name: str, instead_of: set[str]) -> dict[str, Any]:
    """All hidden layers that have one of these activations get another."""
    return {
        f"layers.{index}.activation": name
        for index, layer in enumerate(experiment.layers)
        if isinstance(layer, Dense | Conv2D | Activation) and layer.activation in instead_of
    }


def with_initializer(experiment: Experiment, name: str, instead_of: set[str]) -> dict[str, Any]:
    """All layers whose weights begin in one of these ways begin in another, the output too."""
    hidden = {
        f"layers.{index}.kernel_initializer": name
        for index, layer in enumerate(experiment.layers)
        if isinstance(layer, Dense | Conv2D) and layer.kernel_initializer in instead_of
    }
    output = experiment.output.kernel_initializer in instead_of
    return hidden | ({"output.kernel_initializer": name} if output else {})
