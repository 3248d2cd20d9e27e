"""The sheet of paper and the remarks on its ink, without a page."""

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from nnlab.ui.draw.ink import remark
from nnlab.ui.draw.sheet import KEPT_CHARACTERS, KEPT_STEPS, PEN, SIDE, Sheet, pixels

A, B, C = ({"path": [["M", n, n]]} for n in range(3))


def png(shade: int = 0, side: int = SIDE, format: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (side, side), (shade, shade, shade)).save(stream, format)
    return stream.getvalue()


def drawn(*strokes: dict[str, Any]) -> Sheet:
    sheet = Sheet()
    sheet.mount()
    for n in range(1, len(strokes) + 1):
        sheet.take({"objects": list(strokes[:n])}, png(n))
    return sheet


def test_strokes_are_taken_once() -> None:
    sheet = drawn(A, B)
    assert sheet.strokes == [A, B]
    assert not sheet.take({"objects": [A, B]}, png(2))
    assert sheet.take({"objects": [A, B, C]}, png(3))
    assert pixels(sheet.image or b"").shape == (SIDE, SIDE, 4)


def test_undo_redo_and_clear_go_through_all_steps() -> None:
    sheet = drawn(A, B)
    sheet.undo()
    assert (sheet.strokes, sheet.image) == ([A], None)
    sheet.take({"objects": [A]}, png(1))  # the canvas shows what it was handed
    assert sheet.can_redo
    sheet.clear()
    sheet.take({"objects": []}, png())
    assert sheet.empty
    assert not sheet.can_redo
    sheet.undo()
    sheet.undo()
    assert sheet.empty
    assert not sheet.can_undo
    sheet.redo()
    assert sheet.strokes == [A]


def test_every_change_but_a_stroke_hands_the_canvas_a_new_edition() -> None:
    sheet = drawn(A)
    editions = [sheet.edition]
    for change in (sheet.clear, sheet.undo, sheet.mount):
        change()
        editions.append(sheet.edition)
    assert editions == sorted(set(editions))
    sheet.take({"objects": [A, B]}, png(2))
    assert sheet.edition == editions[-1]
    assert sheet.handed == [A]


def test_what_the_canvas_was_handed_is_no_step_when_it_words_it_otherwise() -> None:
    sheet = drawn(A, B)
    sheet.undo()
    sheet.take({"objects": [A | {"scaleX": 1}]}, png(1))
    assert sheet.can_redo
    sheet.undo()
    assert sheet.empty


def test_a_new_stroke_after_undo_ends_redo() -> None:
    sheet = drawn(A, B)
    sheet.undo()
    sheet.take({"objects": [A]}, png(1))
    sheet.take({"objects": [A, C]}, png(3))
    assert not sheet.can_redo
    sheet.undo()
    assert sheet.strokes == [A]


@pytest.mark.parametrize(
    ("drawing", "image"),
    [
        (None, png()),
        ({"objects": "no list"}, png()),
        ({"objects": [A, "no stroke"]}, png()),
        ({"objects": [A]}, None),
        ({"objects": [A]}, b"no picture"),
        ({"objects": [A]}, png(side=4 * SIDE)),
        ({"objects": [A]}, png(format="BMP")),
        ({"objects": [A]}, png()[:20]),
        ({"objects": [A]}, png()[:200]),
    ],
)
def test_what_is_no_drawing_is_not_taken(drawing: Any, image: bytes | None) -> None:
    sheet = Sheet()
    assert not sheet.take(drawing, image)
    assert sheet.empty


def test_a_kept_sheet_comes_back_with_its_steps() -> None:
    sheet = drawn(A, B)
    sheet.pen = 30
    back = Sheet.from_json(sheet.to_json())
    assert (back.strokes, back.image, back.pen) == ([A, B], sheet.image, 30)
    back.undo()
    assert back.strokes == [A]


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "text",
        {"strokes": [A], "image": "ä"},
        {"strokes": [A], "image": base64.b64encode(b"no picture").decode()},
        {"strokes": [1], "image": base64.b64encode(png()).decode(), "pen": 10**6},
    ],
)
def test_what_cannot_be_read_gives_a_clean_sheet(kept: Any) -> None:
    sheet = Sheet.from_json(kept)
    assert (sheet.empty, sheet.image, sheet.pen) == (True, None, PEN)


def test_memory_of_endless_scribbling_is_bounded() -> None:
    sheet = drawn(*[{"n": n} for n in range(KEPT_STEPS + 20)])
    steps = 0
    while sheet.can_undo:
        sheet.undo()
        steps += 1
    assert steps == KEPT_STEPS
    long = drawn({"path": "x" * KEPT_CHARACTERS})
    assert long.to_json() == {"pen": PEN}


def ink(rows: slice, columns: slice) -> np.ndarray:
    rgba = np.zeros((SIDE, SIDE, 4), np.uint8)
    rgba[..., 3] = 255
    rgba[rows, columns, :3] = 255
    return rgba


@pytest.mark.parametrize(
    ("rows", "columns", "said", "hopeless"),
    [
        (slice(100, 120), slice(100, 120), "little ink", True),
        (slice(4, 330), slice(4, 330), "So much ink", True),
        (slice(100, 120), slice(60, 260), "flat line", True),
        (slice(60, 260), slice(0, 20), "edge", False),
    ],
)
def test_poor_ink_is_remarked_on(rows: slice, columns: slice, said: str, hopeless: bool) -> None:
    found = remark(ink(rows, columns))
    assert found is not None
    assert said in found.text
    assert found.hopeless == hopeless


def test_good_ink_and_none_are_not_remarked_on() -> None:
    assert remark(ink(slice(60, 260), slice(150, 170))) is None
    assert remark(ink(slice(0, 0), slice(0, 0))) is None
    assert remark(ink(slice(100, 140), slice(40, 300)), digit=False) is None
