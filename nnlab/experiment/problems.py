"""What is wrong with a setting, said so that a person can mend it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

# Finds the smallest and largest allowed value of the field at a pydantic location.
Limits = Callable[[tuple[int | str, ...]], tuple[Any, Any]]

_OUT_OF_RANGE = {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}
_LONGEST_VALUE = 60


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the field as a dotted path, and what is allowed there."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


class InvalidExperiment(ValueError):
    """Settings that cannot be trained, with every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)  # the only argument, so that it survives pickling
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(map(str, self.problems))


def problems_of(error: ValidationError, limits: Limits) -> list[Problem]:
    """Pydantic's findings as Problems; ranges are told whole, from `limits`."""
    return [
        Problem(_path(found["loc"], found["type"]), _message(found, limits) + _got(found))
        for found in error.errors()
    ]


def _path(loc: tuple[int | str, ...], kind: str) -> str:
    """`('layers', 0, 'Dense', 'units')` becomes `layers.0.units`: class names are not fields."""
    parts = [str(part) for part in loc if not (isinstance(part, str) and part[:1].isupper())]
    if kind.startswith("union_tag"):
        parts.append("type")
    return ".".join(parts) or "experiment"


def _message(found: Any, limits: Limits) -> str:
    if found["type"] in _OUT_OF_RANGE:
        low, high = limits(found["loc"])
        return f"must be from {low:,} to {high:,}"
    if found["type"] == "union_tag_invalid":
        return f"must be one of {found['ctx']['expected_tags']}"
    if found["type"] == "extra_forbidden":
        return "no such field"
    if found["type"] == "model_type":
        return "must be a mapping of field names to values"
    text = found["msg"].removeprefix("Value error, ").replace("Input should", "should")
    return text[:1].lower() + text[1:]


def _got(found: Any) -> str:
    value = found.get("input")
    if found["type"] == "extra_forbidden" or not isinstance(value, (str, int, float, bool)):
        return ""
    shown = repr(value)
    return f" (got {shown if len(shown) <= _LONGEST_VALUE else shown[:_LONGEST_VALUE] + '…'})"
