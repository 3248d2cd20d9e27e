"""Which points of the plane are made, and what a network is told of each."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from nnlab.experiment.base import Settings
from nnlab.experiment.formulas import LONGEST, InvalidFormula, formula_text, read_formula
from nnlab.experiment.training import SEED_MAX

FeatureName = Literal["x", "y", "x2", "y2", "xy", "sin_x", "sin_y"]
FEATURES: tuple[str, ...] = get_args(FeatureName)
MOST_FORMULAS = 5
# Formulas that have a name.
_NAMED = {
    "x": "x", "y": "y", "x**2": "x2", "x*x": "x2", "y**2": "y2", "y*y": "y2", "x*y": "xy",
    "sin(x)": "sin_x", "sin(y)": "sin_y",
}  # fmt: skip
_ALLOWED = (
    f"must be one or more of {', '.join(FEATURES)}, or of at most {MOST_FORMULAS} formulas in x "
    "and y, each once"
)


def feature_of(text: str) -> str:
    """The one way to write a feature: a name of `FEATURES`, or a formula's canonical text.

    Raises:
        InvalidFormula: it is neither.
    """
    if text in FEATURES:
        return text
    written = formula_text(read_formula(text))
    return _NAMED.get(written, written)


def is_formula(feature: str) -> bool:
    """Whether a feature of `Points` is a formula, and not one of the named."""
    return feature not in FEATURES


def _features(value: Any) -> tuple[str, ...]:
    """One message for all that can be wrong, and one order, whatever was asked for.

    Known names come first, in their order, then formulas, in that of their letters.
    """
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        raise ValueError(_ALLOWED)
    if not value or len(value) > len(FEATURES) + MOST_FORMULAS:
        raise ValueError(_ALLOWED)
    found = [_feature(each) for each in value]
    formulas = sorted(filter(is_formula, found))
    if len(set(found)) < len(found) or len(formulas) > MOST_FORMULAS:
        raise ValueError(_ALLOWED)
    return (*(name for name in FEATURES if name in found), *formulas)


def _feature(text: str) -> str:
    try:
        return feature_of(text)
    except InvalidFormula as error:
        shown = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        raise ValueError(f"{_ALLOWED}; {shown!r} {error}") from None


Features = Annotated[tuple[str, ...], BeforeValidator(_features)]


class Points(Settings):
    """Points that are made from a formula, all of them from `seed`.

    Attributes:
        count: of all classes together.
        noise: how far points stray from the shape; 0 for not at all. What it means is the set's.
        balance: points of the last class for each one of the first; the classes between stand
            evenly between them. 1 for classes of one size.
        classes: where the set may have several numbers of them; None for the set's own number.
        features: what a network is given of each point: names of `FEATURES`, and formulas such as
            `x*y**2`.
        seed: another one, other points of the same kind.
    """

    count: int = Field(500, ge=100, le=5_000)
    noise: float = Field(0.1, ge=0.0, le=0.5)
    balance: float = Field(1.0, ge=0.1, le=1.0)
    classes: int | None = Field(None, ge=2, le=6)
    features: Features = ("x", "y")
    seed: int = Field(0, ge=0, le=SEED_MAX)
