"""Which images a network learns from and how they are divided."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field

from nnlab.experiment.augmentation import Augmentation
from nnlab.experiment.base import AddedLater, Settings
from nnlab.experiment.own_images import OwnImages
from nnlab.experiment.own_points import OwnPoints
from nnlab.experiment.points import Points
from nnlab.experiment.training import SEED_MAX

SIZE_COUNTS = (1, 50_000)
SIZE_SHARES = (0.01, 0.9)
TRAIN_SIZES = (1, 60_000)


def _check_size(size: Any) -> int | float:
    low, high = SIZE_COUNTS if isinstance(size, int) else SIZE_SHARES
    if not isinstance(size, (int, float)) or isinstance(size, bool) or not low <= size <= high:
        raise ValueError(
            f"must be a share from {SIZE_SHARES[0]} to {SIZE_SHARES[1]} or a number of images "
            f"from {SIZE_COUNTS[0]} to {SIZE_COUNTS[1]:,}"
        )
    return size


# As in scikit-learn: a float is a share of the images, an int a number of images.
Size = Annotated[int | float, BeforeValidator(_check_size)]


class Drawn(Settings):
    """A frozen set of drawings that are learned from as well.

    `id` is the SHA-256 of their images, labels and origins; `count` how many there are. Each
    comes `repeat` times among the training images.
    """

    id: str = Field(pattern=r"^[0-9a-f]{64}$")
    count: int = Field(ge=1, le=10_000)
    repeat: int = Field(1, ge=1, le=10_000)


class Dataset(Settings):
    """A data set by name and its train / validation / test split.

    `test_size` None keeps the set's own test images (a fifth of a set that has none).
    `validation` says what the network is checked on after each epoch: images held out of the
    training part, the test images (as many tutorials do), or none. Splits are stratified by
    class and drawn from `split_seed`. With `train_size`, only that many of the training images
    are learned from: the first ones, once the other parts are drawn. `augmentation` adds changed
    copies of the images that are learned from, drawn from `split_seed` too; `drawings` join them.
    `points` says which points a set of points in the plane has; None for `Points()`. `own` names
    the visitor's own points, for the set `own_points` alone, which has no others; `own_images` does
    so for the set of that name.
    """

    name: str = Field("mnist", pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    test_size: Size | None = None
    validation: Literal["holdout", "test", "none"] = "holdout"
    validation_size: Size = 0.1
    train_size: int | None = Field(None, ge=TRAIN_SIZES[0], le=TRAIN_SIZES[1])
    split_seed: int = Field(0, ge=0, le=SEED_MAX)
    augmentation: Annotated[Augmentation | None, AddedLater()] = None
    drawings: Annotated[Drawn | None, AddedLater()] = None
    points: Annotated[Points | None, AddedLater()] = None
    own: Annotated[OwnPoints | None, AddedLater()] = None
    own_images: Annotated[OwnImages | None, AddedLater()] = None

    @property
    def validation_name(self) -> str:
        """What the figures after each epoch are of: "Test", or "Validation"."""
        return "Test" if self.validation == "test" else "Validation"

    def without_additions(self) -> Self:
        """The same split without what joins the training images, which can take seconds to make.

        For who wants the other images only.
        """
        return self.model_copy(update={"augmentation": None, "drawings": None})
