"""Settings as leaves with dotted paths."""

from typing import Any

Flat = dict[str, Any]


def flat(data: Any, path: str = "") -> Flat:
    """Every leaf of JSON-like data by its dotted path; an empty list or mapping is a leaf."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if _is_list(data) else ()
    found: Flat = {}
    for key, value in parts:
        found |= flat(value, f"{path}.{key}" if path else str(key))
    return found or {path: data}


def _is_list(data: Any) -> bool:
    return isinstance(data, (list, tuple))
