"""The file of drawings: written and read back, and everything that is not one refused in words."""

import gzip
import io
import json
import zipfile
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nnlab.handwriting.checking import MOST_POINTS, MOST_STROKES, DrawingRefused, checked_drawing
from nnlab.handwriting.exchange import (
    MOST_BYTES,
    NotADrawingSet,
    read_drawings,
    write_drawings,
)
from nnlab.runs.drawings import MOST_DRAWINGS, Drawing
from nnlab.runs.drawings import MOST_POINTS as ALL_POINTS

SEVEN = {"label": 7, "canvas": 336, "pen": 22, "strokes": [[[100, 50], [230, 60.5], [150, 300]]]}
ONE = {"label": 1, "canvas": 280, "pen": [12, 14.5], "strokes": [[[140, 30]], [[140, 40], [9, 9]]]}


def file_of(*drawings: Any, **changes: Any) -> bytes:
    data = {"format": "nnlab-drawings", "version": 1, "drawings": list(drawings)}
    return json.dumps(data | changes).encode()


def test_written_and_read_back_is_the_same() -> None:
    drawings = tuple(checked_drawing(each) for each in (SEVEN, ONE))
    data = write_drawings(drawings)
    assert read_drawings(data).drawings == drawings
    assert json.loads(data)["drawings"] == [SEVEN, ONE]  # plain numbers, one pen where it is one
    assert len(data.decode().splitlines()) == 4  # to be read by people: a line for each


def test_what_may_be_kept_fits_into_a_file_that_may_be_read() -> None:
    """The most drawings with the most points, each as long to write as can be."""
    places = range(ALL_POINTS // MOST_DRAWINGS - MOST_STROKES + 1)
    dots = (((-4000.1, -4000.1),),) * (MOST_STROKES - 1)
    pens = tuple(round(100.1 + k, 1) for k in range(MOST_STROKES))
    drawings = []
    for i in range(MOST_DRAWINGS):
        stroke = tuple((-4000.1, round(-2000.1 - i - j, 1)) for j in places)
        drawings.append(Drawing(i % 10, 4096, pens, (stroke, *dots)))
    data = write_drawings(drawings)
    assert sum(drawing.points for drawing in drawings) == ALL_POINTS
    assert len(data) < MOST_BYTES
    assert len(read_drawings(data).drawings) == MOST_DRAWINGS


def test_the_same_ink_is_taken_once_and_counted() -> None:
    found = read_drawings(file_of(SEVEN, ONE, SEVEN, SEVEN | {"label": 1}))
    assert [drawing.label for drawing in found.drawings] == [7, 1]
    assert found.duplicates == 2


def test_a_byte_order_mark_does_no_harm() -> None:
    assert len(read_drawings(b"\xef\xbb\xbf" + file_of(SEVEN)).drawings) == 1


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (28, 28)).save(stream, "PNG")
    return stream.getvalue()


def npz() -> bytes:
    stream = io.BytesIO()
    np.savez(stream, x_train=np.zeros((2, 28, 28)))
    return stream.getvalue()


def zip_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("drawings.json", b"0" * 20_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png(), "an image"),
        (npz(), "zip archive"),
        (zip_bomb(), "zip archive"),
        (gzip.compress(file_of(SEVEN)), "compressed"),
        (b"\xff\xfe\x00\x01", "no text"),
        (b"", "no JSON"),
        (b"label,canvas\n7,336\n", "no JSON.*line 1"),
        (file_of(SEVEN)[:-5], "no JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"format": ' + b'{"a":' * 100_000, "nested too deeply"),
        (b"[1, 2, 3]", "no set of drawings"),
        (b'"nnlab-drawings"', "no set of drawings"),
        (b"null", "no set of drawings"),
        (b'{"layers": []}', "no set of drawings"),
        (file_of(SEVEN, version=2), "version must be 1.*not 2"),
        (file_of(SEVEN, version=True), "version must be 1"),
        (file_of(SEVEN, version="1"), "version must be 1"),
        (file_of(SEVEN, writer="me"), "unknown field 'writer'"),
        (file_of(drawings={}), "list of 1 to 500"),
        (file_of(), "list of 1 to 500 drawings, not 0"),
        (file_of(*[SEVEN] * (MOST_DRAWINGS + 1)), "not 501"),
        (b" " * (MOST_BYTES + 1), "6.0 MB; a set of drawings may have 6 MB"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number that is none"),
        (file_of(SEVEN).replace(b"60.5", b"NaN"), "NaN is not allowed"),
        (file_of(SEVEN).replace(b"60.5", b"-Infinity"), "-Infinity is not allowed"),
    ],
)  # fmt: skip
def test_what_is_no_set_of_drawings_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(NotADrawingSet, match=words):
        read_drawings(data)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"label": 10}, r"drawings\[1\].label must be a whole number from 0 to 9, not 10"),
        ({"label": -1}, r"label.*0 to 9, not -1"),
        ({"label": 7.0}, r"label.*not 7.0"),
        ({"label": True}, r"label.*not True"),
        ({"label": "7"}, r"label.*not '7'"),
        ({"label": None}, r"label.*not None"),
        ({"canvas": 27}, r"canvas.*28 to 4,096, not 27"),
        ({"canvas": 10**400}, r"canvas.*not a huge number"),
        ({"pen": 0}, r"drawings\[1\].pen must be a number from 1 to 84, not 0"),
        ({"pen": 1e300}, r"pen.*not 1e\+300"),
        ({"pen": [22, 22]}, r"pen must be one width or one for each of the 1 strokes, not 2"),
        ({"pen": ["wide"]}, r"pen\[0\].*not 'wide'"),
        ({"strokes": []}, r"strokes must be a list of 1 to 100 strokes, not 0"),
        ({"strokes": [[[1, 2]]] * (MOST_STROKES + 1)}, r"strokes.*not 101"),
        ({"strokes": [[[1, 2]]] * 10_000}, r"strokes.*not 10,000"),
        ({"strokes": [[[1, 2]] * (MOST_POINTS + 1)]}, r"2,000 points in all, not 2,001"),
        ({"strokes": "M 1 2"}, r"strokes must be a list"),
        ({"strokes": [[]]}, r"strokes\[0\] must be a list of points"),
        ({"strokes": [[[1, 2], 3]]}, r"strokes\[0\]\[1\] must be two numbers"),
        ({"strokes": [[[1, 2, 3]]]}, r"strokes\[0\]\[0\] must be two numbers"),
        ({"strokes": [[[1, "2"]]]}, r"number from -336 to 672, not '2'"),
        ({"strokes": [[[1, False]]]}, r"number from -336 to 672, not False"),
        ({"strokes": [[[1, 673]]]}, r"number from -336 to 672, not 673"),
        ({"strokes": [[[1, 10**400]]]}, r"not a huge number"),
        ({"strokes": [[[1, [2]]]]}, r"not a list"),
        ({"colour": "red"}, r"unknown field 'colour'"),
    ],
)
def test_a_wrong_drawing_is_named_and_nothing_is_taken(changes: dict, words: str) -> None:
    with pytest.raises(NotADrawingSet, match=f"Nothing was taken over: .*{words}"):
        read_drawings(file_of(SEVEN, SEVEN | changes))


def test_numbers_that_overflow_when_read_are_refused() -> None:
    with pytest.raises(NotADrawingSet, match="not inf"):
        read_drawings(file_of(SEVEN).replace(b"60.5", b"1e999"))


def test_numbers_that_are_none_never_get_in() -> None:
    for value in (float("nan"), float("inf"), float("-inf")):
        with pytest.raises(DrawingRefused, match="must be a number"):
            checked_drawing(SEVEN | {"strokes": [[[1, value]]]})


@pytest.mark.parametrize("field", ["label", "canvas", "pen", "strokes"])
def test_a_missing_field_is_named(field: str) -> None:
    short = {name: value for name, value in SEVEN.items() if name != field}
    with pytest.raises(NotADrawingSet, match=rf"drawings\[0\] has no {field}"):
        read_drawings(file_of(short))


@pytest.mark.parametrize("drawing", [None, 7, "seven", [], [[1, 2]]])
def test_what_is_no_drawing_is_named(drawing: Any) -> None:
    with pytest.raises(NotADrawingSet, match=r"drawings\[0\] must be a mapping"):
        read_drawings(file_of(drawing))
