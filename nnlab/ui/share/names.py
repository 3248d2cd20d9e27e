"""The settings that a task can leave to the student, in words."""

from nnlab.experiment import Assignment, Experiment, Layer
from nnlab.experiment.assignment import MOST_OPEN

Paths = tuple[str, ...]

_BROAD: dict[str, Paths] = {
    "Data set": ("dataset.name",),
    "Split of the data": (
        "dataset.test_size",
        "dataset.validation",
        "dataset.validation_size",
        "dataset.train_size",
        "dataset.split_seed",
    ),
    "Points of the plane": ("dataset.points",),
    "Augmentation": ("dataset.augmentation",),
    "All layers": ("layers",),
    "Output layer": ("output",),
    "Epochs": ("training.epochs",),
    "Batch size": ("training.batch_size",),
    "Steps per epoch": ("training.steps_per_epoch",),
    "Seed": ("training.seed",),
    "Loss": ("training.loss",),
    "Optimizer and learning rate": ("training.optimizer",),
    "Learning rate": ("training.optimizer.learning_rate",),
    "Learning-rate schedule": ("training.schedule",),
    "L1 and L2 penalty": ("training.l1", "training.l2"),
    "Early stopping": ("training.early_stopping",),
}
_LAYER_FIELDS = {
    "units": "Units",
    "filters": "Filters",
    "kernel_size": "Kernel",
    "strides": "Strides",
    "padding": "Padding",
    "pool_size": "Pool size",
    "rate": "Rate",
    "momentum": "Momentum",
    "activation": "Activation",
    "kernel_initializer": "Initializer",
}


def open_choices(experiment: Experiment) -> dict[str, Paths]:
    """What a teacher can leave open, with its paths; a wider setting before what it contains."""
    choices = dict(_BROAD)
    for index, layer in enumerate(experiment.layers):
        choices |= _of_layer(index, layer)
    return choices


def open_in_words(assignment: Assignment) -> list[str]:
    """What the student may change; a setting within another that is named is not repeated.

    Empty where nothing is open; `["Everything"]` where nothing is locked.
    """
    if assignment.open is None:
        return ["Everything"]
    named: list[str] = []
    told = Assignment(open=())
    for label, paths in open_choices(assignment.experiment).items():
        if not any(map(assignment.locked, paths)) and any(map(told.locked, paths)):
            named.append(label)
            told = Assignment(open=(*(told.open or ()), *paths)[:MOST_OPEN])
    return named + [path for path in assignment.open if told.locked(path)]


def _of_layer(index: int, layer: Layer) -> dict[str, Paths]:
    where = f"of layer {index + 1} ({layer.type})"
    return {
        f"{label} {where}": (f"layers.{index}.{field}",)
        for field, label in _LAYER_FIELDS.items()
        if hasattr(layer, field)
    }
