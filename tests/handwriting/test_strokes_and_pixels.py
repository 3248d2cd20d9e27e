"""Strokes of a real canvas (Fabric.js 7.4 in Chromium 140) against the pixels that it showed."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nnlab.drawing import prepare
from nnlab.handwriting.checking import MOST_POINTS, DrawingRefused
from nnlab.handwriting.rendering import SIDE, prepared, render
from nnlab.handwriting.strokes import drawing_of, polyline
from nnlab.runs.drawings import Drawing

HERE = Path(__file__).parent
LINE = {
    "type": "Path",
    "originX": "center",
    "originY": "center",
    "left": 150.0,
    "top": 100.0,
    "strokeWidth": 20,
    "path": [["M", 100.0, 100.0], ["L", 200.0, 100.0]],
}


def captured(pen: int) -> tuple[Drawing, np.ndarray]:
    objects = json.loads((HERE / f"canvas_pen_{pen}.json").read_text())
    grey = np.asarray(Image.open(HERE / f"canvas_pen_{pen}.png"))
    return drawing_of(objects, 7, SIDE), grey


@pytest.mark.parametrize("pen", [22, 7])
def test_rendered_strokes_look_as_they_did_on_the_canvas(pen: int) -> None:
    drawing, shown = captured(pen)
    rendered = render(drawing)[..., 0]
    difference = np.abs(shown.astype(int) - rendered)
    assert difference.max() < 128  # no pixel changes sides
    assert difference.mean() < 1.0
    assert rendered.sum() == pytest.approx(shown.sum(), rel=0.005)  # neither bolder nor thinner


@pytest.mark.parametrize("pen", [22, 7])
def test_a_network_sees_the_same(pen: int) -> None:
    drawing, shown = captured(pen)
    rgba = np.dstack([shown, shown, shown, np.full_like(shown, 255)])
    difference = np.abs(prepare(rgba, 28) - prepared(drawing, 28))
    assert difference.max() < 0.07
    assert difference.mean() < 0.001


def test_a_fresh_stroke_stays_where_it_was_drawn() -> None:
    objects = json.loads((HERE / "canvas_pen_22.json").read_text())
    for described in objects:
        start, end = described["path"][0][1:], described["path"][-1][-2:]
        points = polyline(described)
        np.testing.assert_allclose(points[[0, -1]], [start, end], atol=1e-3)


def test_a_curve_is_followed_closely() -> None:
    curve = LINE | {"left": 100.0, "top": 75.0}
    curve["path"] = [["M", 50.0, 100.0], ["Q", 100.0, 0.0, 150.0, 100.0]]
    # Its extent, with the control point taken twice: y from 100 down to 25 at t = 1/2.
    curve["top"] = (100.0 + 25.0) / 2
    points = polyline(curve)
    t = (points[:, 0] - 50) / 100
    np.testing.assert_allclose(points[:, 1], 100 - 200 * t * (1 - t), atol=1e-9)
    assert np.abs(np.diff(points, axis=0)).max() < 10


def test_moved_scaled_turned_and_named_by_another_corner() -> None:
    np.testing.assert_allclose(polyline(LINE | {"left": 160.0})[:, 0], [110, 210])
    np.testing.assert_allclose(polyline(LINE | {"scaleX": 0.5})[:, 0], [125, 175])
    np.testing.assert_allclose(polyline(LINE | {"angle": 90}), [[150, 50], [150, 150]], atol=1e-9)
    np.testing.assert_allclose(polyline(LINE | {"flipX": True})[:, 0], [200, 100])
    # The corner is that of the ink: half a pen further out.
    corner = LINE | {"originX": "left", "originY": "top", "left": 90.0, "top": 90.0}
    np.testing.assert_allclose(polyline(corner), [[100, 100], [200, 100]])


@pytest.mark.parametrize(
    "change",
    [
        {"type": "rect"},
        {"path": []},
        {"path": [["L", 1.0, 2.0]]},
        {"path": [["M", 1.0, 2.0], ["C", 1, 2, 3, 4, 5, 6]]},
        {"path": [["M", 1.0, float("nan")]]},
        {"path": [["M", 1.0]]},
        {"path": "M 1 2"},
        {"strokeWidth": None},
        {"left": "here"},
        {"originX": "elsewhere"},
    ],
)
def test_what_is_no_stroke_is_refused_and_named(change: dict) -> None:
    with pytest.raises(DrawingRefused, match=r"strokes\[1\]"):
        drawing_of([LINE, LINE | change], 3, SIDE)


def test_an_endless_drawing_is_refused_in_words() -> None:
    zigzag = [["M", 0.0, 0.0]] + [["L", float(i % 300), float(i % 7)] for i in range(MOST_POINTS)]
    with pytest.raises(DrawingRefused, match="2,000 points"):
        drawing_of([LINE | {"path": zigzag}], 3, SIDE)


def test_each_stroke_keeps_its_pen() -> None:
    drawing = drawing_of([LINE, LINE | {"strokeWidth": 8}], 3, SIDE)
    assert drawing.pens == (20.0, 8.0)


def test_a_dot_is_a_disc_and_a_line_has_round_ends() -> None:
    """Against areas: a disc has pi r², a line between them its length times its width more."""
    dot = Drawing(0, SIDE, (40.0,), (((100.0, 100.0),),))
    line = Drawing(0, SIDE, (40.0,), (((100.0, 100.0), (160.0, 180.0)),))
    disc = np.pi * 20**2
    assert render(dot)[..., 0].sum() / 255 == pytest.approx(disc, rel=0.003)
    assert render(line)[..., 0].sum() / 255 == pytest.approx(disc + 100 * 40, rel=0.003)
    np.testing.assert_array_equal(render(dot)[..., 3], 255)


def test_another_canvas_is_the_same_drawing_in_other_pixels() -> None:
    small = Drawing(1, 168, (10.0,), (((40.0, 30.0), (90.0, 140.0)),))
    large = Drawing(1, 672, (40.0,), (((160.0, 120.0), (360.0, 560.0)),))
    np.testing.assert_array_equal(render(small), render(large))


def test_ink_far_outside_the_paper_is_not_drawn() -> None:
    outside = Drawing(1, SIDE, (20.0,), (((-300.0, 100.0), (-40.0, 600.0)),))
    assert not render(outside)[..., :3].any()
    assert not prepared(outside, 28).any()


@pytest.mark.parametrize("size", [8, 28])
def test_prepared_is_kept_and_cannot_be_changed(size: int) -> None:
    drawing, _ = captured(22)
    image = prepared(drawing, size)
    assert image.shape == (size, size)
    assert prepared(drawing, size) is image
    with pytest.raises(ValueError, match="read-only"):
        image[0, 0] = 1
