"""What has changed in a figure since the browser last got all of it."""

import itertools
from dataclasses import dataclass, field
from typing import Any

# From so many new values on, the whole figure is sent again, and changes are told from there.
WHOLE_AGAIN_FROM = 200

_ids = itertools.count(1)


@dataclass
class Sent:
    """A figure that the browser got whole.

    Changes are told against it and not against the change before, since a browser that is slow
    leaves some out.
    """

    figure: dict[str, Any]
    id: int = field(default_factory=lambda: next(_ids))


def change(old: Any, new: Any) -> dict[str, Any] | None:
    """How to make `new` from `old`, both of what JSON knows; None where they are equal.

    Either `{"new": value}`; or `{"keep": n, "add": values}` for a list that goes on differently
    after n values; or `{"in": {key: change}, "out": keys}` for a dictionary, or for a list of
    dictionaries as long as before, whose keys are its places.
    """
    if old == new:
        return None
    if isinstance(old, dict) and isinstance(new, dict):
        return _inside(old, new)
    if isinstance(old, list) and isinstance(new, list):
        if len(old) == len(new) and all(isinstance(value, dict) for value in (*old, *new)):
            return _inside(_by_place(old), _by_place(new))
        keep = _common(old, new)
        if keep:
            return {"keep": keep, "add": new[keep:]}
    return {"new": new}


def _inside(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    changes = {
        key: change(old[key], value) if key in old else {"new": value} for key, value in new.items()
    }
    return {
        "in": {key: told for key, told in changes.items() if told},
        "out": [key for key in old if key not in new],
    }


def _by_place(values: list[Any]) -> dict[str, Any]:
    return {str(place): value for place, value in enumerate(values)}


def _common(old: list[Any], new: list[Any]) -> int:
    """How many values they begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def size(told: Any) -> int:
    """How many values a change carries."""
    if isinstance(told, dict):
        return sum(size(value) for value in told.values())
    if isinstance(told, list):
        return sum(size(value) for value in told)
    return 1
