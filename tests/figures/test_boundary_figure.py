import base64
import io
import json

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from nnlab.figures.boundary import boundary_figure, field_pixels
from nnlab.figures.palette import CLASSES

POINTS = np.array([[0.0, 1.0], [1.0, -2.0]])
LABELS = np.array([0, 1])
PARTS = {"training": np.array([0, 1])}


def rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def field() -> np.ndarray:
    """Below class A for sure, above class B; left of the top row undecided."""
    found = np.zeros((4, 4, 2), np.float32)
    found[:2, :, 0] = found[2:, :, 1] = 1
    found[3, 0] = 0.5
    return found


def test_sure_answers_have_their_colour_and_undecided_ones_none():
    pixels = field_pixels(field())
    assert pixels[0, 0, :3].tolist() == rgb(CLASSES[0])
    assert pixels[2, 2, :3].tolist() == rgb(CLASSES[1])
    assert pixels[0, 0, 3] == pixels[2, 2, 3] > 100
    assert pixels[3, 0, 3] == 0


def test_of_six_classes_a_sixth_is_no_answer_at_all():
    assert field_pixels(np.full((2, 2, 6), 1 / 6, np.float32))[..., 3].tolist() == [[0, 0]] * 2


def test_the_field_lies_under_the_points_the_right_way_up():
    figure = boundary_figure(field(), 6.5, POINTS, LABELS, PARTS, ("A", "B"), "Where")
    go.Figure(figure)
    json.dumps(figure)
    (image,) = figure["layout"]["images"]
    assert image["layer"] == "below"
    # Four points from -6.5 to 6.5: a pixel is 13 / 3 wide, and the outer ones stand out by half.
    assert image["sizex"] == image["sizey"] == pytest.approx(13 * 4 / 3)
    assert (image["x"], image["y"]) == pytest.approx((-13 * 2 / 3, 13 * 2 / 3))
    png = Image.open(io.BytesIO(base64.b64decode(image["source"].split(",")[1])))
    assert png.getpixel((1, 0))[:3] == tuple(rgb(CLASSES[1]))
    assert png.getpixel((1, 3))[:3] == tuple(rgb(CLASSES[0]))


def test_the_points_are_still_there():
    figure = boundary_figure(field(), 6.5, POINTS, LABELS, PARTS, ("A", "B"), "Where")
    shown = {
        point for trace in figure["data"] for point in zip(trace["x"], trace["y"], strict=True)
    }
    assert {(0.0, 1.0), (1.0, -2.0)} < shown
