"""Drawings as a file that people can keep, read and hand on: JSON, with a version.

    {"format": "nnlab-drawings", "version": 1, "drawings": [
      {"label":7,"canvas":336,"pen":22,"strokes":[[[100,50],[230,60.5]]]}
    ]}

`canvas` is the side of the square that was drawn on, `pen` the width of the pen (or a list, one for
each stroke), both in pixels; a stroke is the way of the pen from point to point.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from nnlab.handwriting.checking import DrawingRefused, checked_drawing
from nnlab.runs.drawings import MOST_DRAWINGS, Drawing, unique

FORMAT, VERSION = "nnlab-drawings", 1
MOST_BYTES = 6_000_000
_FIELDS = {"format", "version", "drawings"}
# What people mistake for a set of drawings, by how such files begin.
_OTHERS = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x93NUMPY", "a NumPy array"),
)


class NotADrawingSet(ValueError):
    """The file cannot be taken over, nothing of it; the text says why and what is allowed."""


@dataclass(frozen=True)
class DrawingSet:
    """What a file holds: drawings of different ink, and how many more were repetitions."""

    drawings: tuple[Drawing, ...]
    duplicates: int


def write_drawings(drawings: Iterable[Drawing]) -> bytes:
    """The file, a line for each drawing."""
    lines = ",\n".join(
        json.dumps(_described(drawing), separators=(",", ":")) for drawing in drawings
    )
    head = f'{{"format": "{FORMAT}", "version": {VERSION}, "drawings": ['
    return f"{head}\n{lines}\n]}}\n".encode()


def read_drawings(data: bytes) -> DrawingSet:
    """The drawings of a file that `write_drawings` wrote, or that somebody else did likewise.

    Raises:
        NotADrawingSet: with the place in the file and what is allowed there.
    """
    if len(data) > MOST_BYTES:
        size, most = len(data) / 1e6, MOST_BYTES / 1e6
        raise NotADrawingSet(f"The file has {size:.1f} MB; a set of drawings may have {most:g} MB.")
    entries = _entries(_parsed(data))
    try:
        drawings = [checked_drawing(x, f"drawings[{i}]") for i, x in enumerate(entries)]
    except DrawingRefused as error:
        raise NotADrawingSet(f"Nothing was taken over: {error}") from None
    kept = tuple(unique(drawings))
    return DrawingSet(kept, len(drawings) - len(kept))


def _parsed(data: bytes) -> Any:
    for start, what in _OTHERS:
        if data.startswith(start):
            raise NotADrawingSet(f"This is {what}, not a set of drawings. {_expected()}")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise NotADrawingSet(f"This is no text file. {_expected()}") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise NotADrawingSet(f"This is no JSON: {error.msg} at {place}. {_expected()}") from None
    except RecursionError:
        raise NotADrawingSet(f"The file is nested too deeply. {_expected()}") from None
    except ValueError as error:  # NaN, or a number of thousands of figures
        raise NotADrawingSet(f"The file has a number that is none: {error}.") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not allowed in a set of drawings")


def _entries(parsed: Any) -> list[Any]:
    """The list of drawings, whatever is in it."""
    if not isinstance(parsed, dict) or parsed.get("format") != FORMAT:
        raise NotADrawingSet(f"This JSON is no set of drawings. {_expected()}")
    version = parsed.get("version")
    if type(version) is not int or version != VERSION:
        text = f"version must be {VERSION}, the only one there is, not {str(version)[:20]}"
        raise NotADrawingSet(f"Nothing was taken over: {text}.")
    unknown = sorted(set(parsed) - _FIELDS)
    if unknown:
        raise NotADrawingSet(f"Nothing was taken over: unknown field {unknown[0][:40]!r}.")
    entries = parsed.get("drawings")
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_DRAWINGS:
        found = f", not {len(entries):,}" if isinstance(entries, list) else ""
        text = f"drawings must be a list of 1 to {MOST_DRAWINGS} drawings{found}"
        raise NotADrawingSet(f"Nothing was taken over: {text}.")
    return entries


def _expected() -> str:
    return f'Choose a file that was downloaded here; it begins with {{"format": "{FORMAT}".'


def _described(drawing: Drawing) -> dict[str, Any]:
    same = len(set(drawing.pens)) == 1
    return {
        "label": drawing.label,
        "canvas": drawing.canvas,
        "pen": _plain(drawing.pens[0]) if same else [_plain(pen) for pen in drawing.pens],
        "strokes": [[[_plain(x), _plain(y)] for x, y in stroke] for stroke in drawing.strokes],
    }


def _plain(value: float) -> int | float:
    """Whole numbers without a point."""
    return int(value) if value == int(value) else value
