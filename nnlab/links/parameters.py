"""The parameters of a link, and where in the experiment each belongs."""

from nnlab.experiment import (
    LAYER_TYPES,
    OPTIMIZER_TYPES,
    SCHEDULE_TYPES,
    Augmentation,
    Drawn,
    EarlyStopping,
    Output,
    OwnImages,
    OwnPoints,
    Points,
)
from nnlab.links.items import Item

# Plain values: a text, a number or a size.
VALUES = {
    "name": "name",
    "data": "dataset.name",
    "test": "dataset.test_size",
    "val": "dataset.validation",
    "val_size": "dataset.validation_size",
    "first": "dataset.train_size",
    "split": "dataset.split_seed",
    "epochs": "training.epochs",
    "batch": "training.batch_size",
    "steps": "training.steps_per_epoch",
    "l1": "training.l1",
    "l2": "training.l2",
    "seed": "training.seed",
    "loss": "training.loss",
    "start": "training.start_from",
}
# A group of settings each, of which there is one kind.
GROUPS = {
    "augment": ("dataset.augmentation", Item(Augmentation, numbers=("copies",))),
    "drawings": ("dataset.drawings", Item(Drawn, numbers=("count", "repeat"))),
    "points": ("dataset.points", Item(Points, numbers=("count", "noise"))),
    "own": ("dataset.own", Item(OwnPoints, numbers=("count", "smallest"))),
    "own_images": ("dataset.own_images", Item(OwnImages, numbers=("count", "smallest"))),
    "output": ("output", Item(Output, words=("activation", "kernel_initializer"))),
    "early": (
        "training.early_stopping",
        Item(EarlyStopping, numbers=("patience",), words=("monitor",)),
    ),
}
_WEIGHTS = ("activation", "kernel_initializer")
LAYERS = (
    Item(LAYER_TYPES["Flatten"], "flatten"),
    Item(LAYER_TYPES["Dense"], "dense", ("units",), _WEIGHTS),
    Item(LAYER_TYPES["Dropout"], "dropout", ("rate",)),
    Item(
        LAYER_TYPES["Conv2D"],
        "conv",
        ("filters", "kernel_size", "strides"),
        ("padding", *_WEIGHTS),
    ),
    Item(LAYER_TYPES["MaxPooling2D"], "maxpool", ("pool_size",)),
    Item(LAYER_TYPES["BatchNormalization"], "batchnorm", ("momentum",)),
    Item(LAYER_TYPES["Activation"], "activation", words=("activation",), always=("activation",)),
)
OPTIMIZERS = tuple(
    Item(model, name.lower(), ("learning_rate",)) for name, model in OPTIMIZER_TYPES.items()
)
SCHEDULES = (
    Item(SCHEDULE_TYPES["Constant"], "constant"),
    Item(SCHEDULE_TYPES["CosineDecay"], "cosine", ("alpha",)),
    Item(SCHEDULE_TYPES["ExponentialDecay"], "exponential", ("decay_rate",)),
    Item(SCHEDULE_TYPES["StepDecay"], "step", ("factor", "every_epochs")),
)
# A group of settings each, of which there are several kinds.
KINDS = {
    "optimizer": ("training.optimizer", OPTIMIZERS),
    "schedule": ("training.schedule", SCHEDULES),
}
LIST = "layers"
CHANGES = "changes"
NO_LAYERS = "none"

# In the order in which they are written.
PARAMETERS: tuple[str, ...] = (
    "name", "data", "first", "test", "val", "val_size", "split", "augment", "drawings",
    "points", "own", "own_images", "layers", "output", "epochs", "batch", "steps", "optimizer",
    "schedule", "l1", "l2", "early", "seed", "loss", "start", "changes",
)  # fmt: skip


def path_of(name: str) -> str:
    """Where in the experiment a parameter belongs, as a dotted path; an unknown one nowhere."""
    if name in (LIST, CHANGES):
        return LIST if name == LIST else "training.changes"
    return VALUES.get(name) or {**GROUPS, **KINDS}.get(name, (name,))[0]
