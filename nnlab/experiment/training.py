"""How a network is trained."""

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from nnlab.experiment.base import AddedLater, Settings
from nnlab.experiment.changes import Changes
from nnlab.experiment.optimizers import Adam, Constant, Optimizer, Schedule

# Each layer draws from a seed of its own, 1,000 apart a run; all stay below 2**31.
SEED_MAX = 999_999

BATCH_SIZES = (1, 4096)

# Keras's names; which of them suit which data and output: `nnlab.experiment.losses`.
LossName = Literal[
    "sparse_categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge",
    "mean_squared_error", "mean_absolute_error", "huber",
]  # fmt: skip


def _batch_size(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """One message for both kinds of value, instead of pydantic's one for each."""
    try:
        return validate(value)
    except ValidationError:
        low, high = BATCH_SIZES
        raise ValueError(f'must be from {low:,} to {high:,} or "full"') from None


BatchSize = Annotated[
    Annotated[int, Field(ge=BATCH_SIZES[0], le=BATCH_SIZES[1])] | Literal["full"],
    WrapValidator(_batch_size),
]


class EarlyStopping(Settings):
    """Ends training when the validation figure has not improved for `patience` epochs."""

    monitor: Literal["val_loss", "val_accuracy"] = "val_loss"
    patience: int = Field(3, ge=1, le=50)
    min_delta: float = Field(0.0, ge=0.0, le=1.0)
    restore_best_weights: bool = True


class Training(Settings):
    """Loss, optimizer and how long. All randomness (weights, order, dropout) comes from `seed`.

    `batch_size` "full" takes all training images in each step. An epoch is a pass over the
    images, or `steps_per_epoch` steps, which then go on from pass to pass over epochs' ends.
    `l1` and `l2` are penalties on every kernel (not on biases), added to the loss. With
    `start_from`, the weights begin as that run left them and not as the seed draws them. `changes`
    are made while it trains. `loss` None is cross-entropy for classes and the mean squared error
    for numbers.
    """

    epochs: int = Field(5, ge=1, le=2_000)
    batch_size: BatchSize = 32
    steps_per_epoch: int | None = Field(None, ge=1, le=100_000)
    optimizer: Optimizer = Adam()
    schedule: Schedule = Constant()
    l1: float = Field(0.0, ge=0.0, le=1.0)
    l2: float = Field(0.0, ge=0.0, le=1.0)
    early_stopping: EarlyStopping | None = None
    seed: int = Field(0, ge=0, le=SEED_MAX)
    start_from: Annotated[str | None, AddedLater()] = Field(None, pattern=r"^[0-9a-z-]{1,32}$")
    changes: Annotated[Changes, AddedLater()] = None
    loss: Annotated[LossName | None, AddedLater()] = None
