"""What is wrong with a setting, said so that a person can mend it."""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError


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


def problems_of(error: ValidationError) -> list[Problem]:
    """Pydantic's findings as Problems, union branches removed from the paths."""
    return [Problem(_path(e["loc"], e["type"]), _message(e)) for e in error.errors()]


def _path(loc: tuple[int | str, ...], kind: str) -> str:
    """`('layers', 0, 'Dense', 'units')` becomes `layers.0.units`: class names are not fields."""
    parts = [str(p) for p in loc if not (isinstance(p, str) and (p[:1].isupper() or "[" in p))]
    if kind.startswith("union_tag"):
        parts.append("type")
    return ".".join(parts) or "experiment"


def _message(error: Any) -> str:
    text = error["msg"].removeprefix("Value error, ").replace("Input should", "should")
    text = text[:1].lower() + text[1:]
    value = error.get("input")
    if isinstance(value, (str, int, float, bool)) and error["type"] != "extra_forbidden":
        shown = repr(value)
        text += f" (got {shown if len(shown) <= 60 else shown[:57] + '...'})"
    return text
