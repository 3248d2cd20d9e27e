"""How a network is trained."""

from typing import Literal

from pydantic import Field

from nnlab.experiment.base import Settings
from nnlab.experiment.optimizers import Adam, Constant, Optimizer, Schedule

# Each layer draws from a seed of its own, 1,000 apart a run; all stay below 2**31.
SEED_MAX = 999_999


class EarlyStopping(Settings):
    """Ends training when the validation figure has not improved for `patience` epochs."""

    monitor: Literal["val_loss", "val_accuracy"] = "val_loss"
    patience: int = Field(3, ge=1, le=50)
    min_delta: float = Field(0.0, ge=0.0, le=1.0)
    restore_best_weights: bool = True


class Training(Settings):
    """Loss, optimizer and how long. All randomness (weights, order, dropout) comes from `seed`.

    `l1` and `l2` are penalties on every kernel (not on biases), added to the loss.
    """

    epochs: int = Field(5, ge=1, le=200)
    batch_size: int = Field(32, ge=1, le=4096)
    optimizer: Optimizer = Adam()
    schedule: Schedule = Constant()
    l1: float = Field(0.0, ge=0.0, le=1.0)
    l2: float = Field(0.0, ge=0.0, le=1.0)
    early_stopping: EarlyStopping | None = None
    seed: int = Field(0, ge=0, le=SEED_MAX)
