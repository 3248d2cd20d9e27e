"""A single value as text, and back to the very same value."""

import re
from typing import Any, get_origin
from urllib.parse import quote, unquote

from nnlab.experiment import InvalidExperiment, Problem, Settings, bounds

_WHOLE = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?")
_SWITCH = {"yes": True, "no": False}
LONGEST_NUMBER = 40
LISTED = ","
# What formulas are written with, beside letters and digits, and means nothing in an item.
_PLAIN = "*/()+ "


def write_value(value: Any) -> str:
    """Numbers in the fewest digits that give the same number again; switches as yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return LISTED.join(map(_listed, value))
    if isinstance(value, float):
        return _written_float(value + 0.0)  # no negative zero
    return str(value)


def parse_value(model: type[Settings], name: str, text: str, path: str) -> Any:
    """The value of a field as its text says it; bounds are checked with the whole experiment.

    Raises:
        InvalidExperiment: a text where a number or a switch belongs.
    """
    kind = model.model_fields[name].annotation
    if kind in (str, str | None):
        return text
    if kind is bool:
        return _switch(text, path)
    if get_origin(kind) is tuple:
        return [unquote(word) for word in text.split(LISTED)]
    whole_only = kind in (int, int | None)
    if whole_only or kind is float:
        return _number(model, name, text, path, whole_only=whole_only)
    return number_or_text(text)


def _listed(word: str) -> str:
    """A name or formula in a list, without the signs that part words and tokens."""
    quoted = quote(word, safe=_PLAIN).replace("-", "%2D")
    return re.sub(r"(?<=[0-9])e$", "%65", quoted)  # `5e-` would read as a number that goes on


def number_or_text(text: str) -> Any:
    """A number where the text is one. `0.5` is a share and `5` a count, as in a size."""
    if len(text) <= LONGEST_NUMBER:
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text.lower()):
            return float(text)
    return text


def _written_float(value: float) -> str:
    """E.g. `0.001`, `1e-7` and, as a field that holds a float gives one again, `2`."""
    return re.sub(r"e([+-])0*", lambda found: f"e{found[1].strip('+')}", repr(value)).removesuffix(
        ".0"
    )


def _number(
    model: type[Settings], name: str, text: str, path: str, *, whole_only: bool
) -> int | float:
    value = number_or_text(text)
    if isinstance(value, str) or (whole_only and isinstance(value, float)):
        low, high = bounds(model, name)
        kind = "whole number" if whole_only else "number"
        message = f"must be a {kind} from {low:,} to {high:,} (got {text[:LONGEST_NUMBER]!r})"
        raise InvalidExperiment([Problem(path, message)])
    return value


def _switch(text: str, path: str) -> bool:
    if text not in _SWITCH:
        message = f"must be yes or no (got {text[:LONGEST_NUMBER]!r})"
        raise InvalidExperiment([Problem(path, message)])
    return _SWITCH[text]
