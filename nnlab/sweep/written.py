"""An axis as a person types it: `32, 64, 128`, or `0.0001 to 0.1 log`."""

import re
from typing import Any

import yaml
from pydantic import ValidationError

from nnlab.sweep.axis import MOST_VALUES, Axis, Value, axis_label, shown
from nnlab.sweep.kinds import kind_of
from nnlab.sweep.settings import refused

HELP = (
    "A list such as 32, 64, 128, or a range such as 0.0001 to 0.1 log. With “log” small values "
    "are drawn as often as large ones. Ranges are for random and guided sweeps."
)
LONGEST = 300
_RANGE = re.compile(r"(\S+)\s+to\s+(\S+?)(?:\s*,?\s*(log))?", re.IGNORECASE)


def read_axis(path: str, text: str) -> Axis:
    """The axis that a text describes.

    Raises:
        InvalidExperiment: with the setting's name and what can be typed.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise refused(axis_label(path), f"give its values. {HELP}")
    found = _RANGE.fullmatch(text)
    data = _range(path, found) if found else {"path": path, "values": _values(path, text)}
    try:
        return Axis.model_validate(data)
    except ValidationError as error:
        words = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise refused(axis_label(path), f"{words}. {HELP}") from None


def _range(path: str, found: re.Match[str]) -> dict[str, Any]:
    """Whole numbers where the setting has whole ones: how its ends are typed says nothing.

    Where both are allowed (a share of the images, or a number of them) it does.
    """
    low, high = _value(path, found[1]), _value(path, found[2])
    if not all(_is_number(end) for end in (low, high)):
        raise refused(axis_label(path), f"the ends of a range must be numbers. {HELP}")
    low, high = _of_kind(path, low), _of_kind(path, high)
    whole = isinstance(low, int) and isinstance(high, int)
    return {"path": path, "low": low, "high": high, "log": found[3] is not None, "whole": whole}


def _values(path: str, text: str) -> list[Value]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MOST_VALUES:
        raise refused(axis_label(path), f"takes at most {MOST_VALUES} values (got {len(parts)})")
    return [_of_kind(path, _value(path, part)) for part in parts]


def _of_kind(path: str, value: Any) -> Any:
    kind = kind_of(path)
    if kind is None:  # told by `check_sweep`
        return value
    try:
        return kind.read(value)
    except ValueError:
        message = f"must be {kind.allowed} (got {_exact(value)})"
        raise refused(axis_label(path), message) from None


def _value(path: str, text: str) -> Any:
    if text.lower() == "none":
        return None
    try:
        value = yaml.safe_load(text)
        value = float(text) if isinstance(value, str) and _is_float(text) else value
    except yaml.YAMLError:
        value = {}
    if value is not None and not isinstance(value, (bool, int, float, str)):
        raise refused(axis_label(path), f"cannot read {text!r}. {HELP}")
    return value


def _is_float(text: str) -> bool:
    """`1e-4`, which YAML takes for a word."""
    return re.fullmatch(r"[+-]?\d+(\.\d*)?[eE][+-]?\d+", text) is not None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def written_axis(axis: Axis) -> str:
    """The text that `read_axis` reads as this axis."""
    if axis.values is not None:
        return ", ".join(_exact(value) for value in axis.values)
    low, high = (int(end) if axis.whole else float(end) for end in (axis.low or 0, axis.high or 0))
    return f"{low} to {high}{' log' if axis.log else ''}"


def _exact(value: Value) -> str:
    return repr(value) if isinstance(value, float) else shown(value)
