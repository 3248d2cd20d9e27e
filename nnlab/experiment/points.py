"""Which points of the plane are made, and what a network is told of each."""

from typing import Annotated, Any, Literal, get_args

from pydantic import Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from nnlab.experiment.base import Settings
from nnlab.experiment.training import SEED_MAX

FeatureName = Literal["x", "y", "x2", "y2", "xy", "sin_x", "sin_y"]
FEATURES: tuple[str, ...] = get_args(FeatureName)


def _features(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """One message for all that can be wrong, and the order of the list, whatever was asked for."""
    try:
        found = validate(value)
    except ValidationError:
        found = ()
    if not found or len(set(found)) < len(found):
        raise ValueError(f"must be one or more of {', '.join(FEATURES)}, each once")
    return tuple(sorted(found, key=FEATURES.index))


Features = Annotated[tuple[FeatureName, ...], WrapValidator(_features)]


class Points(Settings):
    """Points that are made from a formula, all of them from `seed`.

    Attributes:
        count: of all classes together.
        noise: how far points stray from the shape; 0 for not at all. What it means is the set's.
        balance: points of the last class for each one of the first; the classes between stand
            evenly between them. 1 for classes of one size.
        classes: where the set may have several numbers of them; None for the set's own number.
        features: what a network is given of each point.
        seed: another one, other points of the same kind.
    """

    count: int = Field(500, ge=100, le=5_000)
    noise: float = Field(0.1, ge=0.0, le=0.5)
    balance: float = Field(1.0, ge=0.1, le=1.0)
    classes: int | None = Field(None, ge=2, le=6)
    features: Features = ("x", "y")
    seed: int = Field(0, ge=0, le=SEED_MAX)
