"""Which points of a visitor's own a network learns from."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from nnlab.experiment.base import Settings
from nnlab.experiment.names import class_names

OWN_POINTS = "own_points"
OWN_COUNTS = (10, 5_000)
OWN_CLASSES = (2, 6)


class OwnPoints(Settings):
    """A frozen set of points that a visitor painted or uploaded.

    Attributes:
        count: of all classes together.
        smallest: points of the smallest class.
        classes: their names, in the order of the class numbers.
        id: SHA-256 of all that the set holds.
    """

    count: int = Field(ge=OWN_COUNTS[0], le=OWN_COUNTS[1])
    smallest: int = Field(ge=1, le=OWN_COUNTS[1])
    classes: Annotated[tuple[str, ...], AfterValidator(class_names(*OWN_CLASSES))]
    # Behind the others: in a link, a hyphen after `5e` would not part two fields.
    id: str = Field(pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.smallest * len(self.classes) > self.count:
            raise ValueError("smallest: times the number of classes must be at most count")
        return self
