import json

import numpy as np

from nnlab.figures import palette
from nnlab.figures.embedding import embedding_figure

POINTS = np.array([[0, 0], [1, 0], [0, 1], [-1, 0.5], [0.2, 0.12345]], np.float32)
LABELS, ANSWERS = np.array([0, 0, 2, 2, 0]), np.array([0, 1, 2, 0, 0])
INDICES = np.array([0, 10, 20, 30, 40])
NAMES = ("Shirt", "Bag", "Coat")


def drawn(mark_wrong: bool = True) -> dict:
    figure = embedding_figure(
        POINTS, LABELS, ANSWERS, INDICES, NAMES, "PCA", 1.5, mark_wrong=mark_wrong
    )
    json.dumps(figure, allow_nan=False)
    return figure


def test_each_image_is_a_point_of_its_class_that_knows_its_number():
    shirts, coats, _ = drawn()["data"]
    assert (shirts["name"], coats["name"]) == ("Shirt", "Coat")
    assert (shirts["customdata"], coats["customdata"]) == ([0, 10, 40], [20, 30])
    assert shirts["x"] == [0, 1, 0.2]
    assert shirts["y"] == [0, 0, 0.123]
    assert shirts["text"] == ["Shirt", "Bag", "Shirt"]
    assert [trace["marker"]["color"] for trace in (shirts, coats)] == [
        palette.class_colour(0), palette.class_colour(2),
    ]  # fmt: skip


def test_wrong_answers_have_a_ring_when_they_are_marked():
    rings = drawn()["data"][-1]
    assert rings["customdata"] == [10, 30]
    assert rings["text"] == ["Shirt, taken for Bag", "Coat, taken for Shirt"]
    assert drawn(mark_wrong=False)["data"][-1]["x"] == []


def test_classes_are_named_in_the_middle_of_their_points():
    shirt, coat = drawn()["layout"]["annotations"]
    assert (shirt["text"], shirt["x"], shirt["y"]) == ("<b>Shirt</b>", 0.2, 0)
    assert coat["bgcolor"] == palette.class_colour(2)


def test_the_axes_hold_still_and_are_alike():
    layout = drawn()["layout"]
    assert layout["xaxis"]["range"] == layout["yaxis"]["range"] == [-1.5, 1.5]
    assert layout["yaxis"]["scaleanchor"] == "x"
