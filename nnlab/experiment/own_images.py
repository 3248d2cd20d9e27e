"""Which images of a visitor's own a network learns from."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from nnlab.experiment.base import Settings
from nnlab.experiment.names import class_names

OWN_IMAGES = "own_images"
IMAGE_COUNTS = (10, 70_000)
IMAGE_CLASSES = (2, 50)
IMAGES_A_CLASS = 5
IMAGE_SIDES = (8, 64)


class OwnImages(Settings):
    """A frozen set of grey, square images that a visitor uploaded.

    Attributes:
        count: images to learn from, of all classes together.
        smallest: of these, images of the smallest class.
        side: height and width in pixels.
        test: images that the set itself keeps for testing, beside the others; mostly none.
        classes: their names, in the order of the class numbers.
        id: SHA-256 of all that the set holds.
    """

    count: int = Field(ge=IMAGE_COUNTS[0], le=IMAGE_COUNTS[1])
    smallest: int = Field(ge=IMAGES_A_CLASS, le=IMAGE_COUNTS[1])
    side: int = Field(28, ge=IMAGE_SIDES[0], le=IMAGE_SIDES[1])
    test: int = Field(0, ge=0, le=IMAGE_COUNTS[1])
    classes: Annotated[tuple[str, ...], AfterValidator(class_names(*IMAGE_CLASSES))]
    # Behind the others: in a link, a hyphen after `5e` would not part two fields.
    id: str = Field(pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.smallest * len(self.classes) > self.count:
            raise ValueError("smallest: times the number of classes must be at most count")
        return self
