"""Which images a network learns from and how they are divided."""

from typing import Annotated, Literal

from pydantic import Field

from nnlab.experiment.base import Settings
from nnlab.experiment.training import SEED_MAX

# As in scikit-learn: a float is a share of the images, an int a number of images.
Size = Annotated[
    Annotated[int, Field(strict=True, ge=1, le=50_000)] | Annotated[float, Field(ge=0.01, le=0.9)],
    Field(union_mode="left_to_right"),
]


class Dataset(Settings):
    """A data set by name and its train / validation / test split.

    `test_size` None keeps the set's own test images (a fifth of a set that has none).
    `validation` says what the network is checked on after each epoch: images held out of the
    training part, the test images (as many tutorials do), or none. Splits are stratified by
    class and drawn from `split_seed`.
    """

    name: str = Field("mnist", pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    test_size: Size | None = None
    validation: Literal["holdout", "test", "none"] = "holdout"
    validation_size: Size = 0.1
    split_seed: int = Field(0, ge=0, le=SEED_MAX)
