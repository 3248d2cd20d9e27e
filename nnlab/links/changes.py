"""Changes while a network trains, as one word each: `lr:40:0.3`, `w:40:-1.5:1:3`."""

from collections.abc import Sequence
from typing import Any

from nnlab.experiment import Change
from nnlab.links.items import refusal
from nnlab.links.values import number_or_text, write_value

# Two hundred of the longest words.
LONGEST = 16_000
_WORDS = {"learning_rate": "lr", "l1": "l1", "l2": "l2", "dropout": "dropout", "weight": "w"}
_FIELDS = {word: field for field, word in _WORDS.items()}
_NUMBERS = ("step", "value", "layer", "unit", "input")


def write_changes(changes: Sequence[Change]) -> str:
    """What changes, after which step, to what; of a weight its layer, unit and input."""
    return ",".join(map(_word, changes))


def read_changes(text: str, path: str) -> list[dict[str, Any]]:
    """The changes of a text as `parse_experiment` wants them.

    Raises:
        InvalidExperiment: a word that is not made as `write_changes` makes it.
    """
    return [_read(word, f"{path}.{place}") for place, word in enumerate(text.split(","))]


def _word(change: Change) -> str:
    numbers = [getattr(change, name) for name in _NUMBERS]
    told = [write_value(number) for number in numbers if number is not None]
    return ":".join([_WORDS[change.field], *told])


def _read(word: str, path: str) -> dict[str, Any]:
    kind, *parts = word.split(":")
    if kind not in _FIELDS:
        raise refusal(path, f"must begin with {', '.join(_FIELDS)} (got {kind[:40]!r})")
    least, most = (4, 5) if _FIELDS[kind] == "weight" else (2, 2)
    if not least <= len(parts) <= most:
        allowed = "step, value, layer, unit and input" if most > 2 else "step and value"
        raise refusal(path, f"must have {allowed} after {kind}, parted by colons")
    numbers = dict(zip(_NUMBERS, map(_number, parts), strict=False))
    return {"field": _FIELDS[kind], **numbers}


def _number(text: str) -> Any:
    if not text.startswith("-"):
        return number_or_text(text)
    number = number_or_text(text[1:])
    return text if isinstance(number, str) else -number
