import json

import numpy as np
import plotly.graph_objects as go

from nnlab.figures.palette import CLASSES
from nnlab.figures.points import points_figure, reach_of

POINTS = np.array([[0.0, 1.0], [1.0, -2.0], [-3.0, 0.5], [2.0, 2.0]])
LABELS = np.array([0, 1, 1, 0])
PARTS = {"training": np.array([0, 1]), "validation": np.array([], int), "test": np.array([2, 3])}


def figure() -> dict:
    return points_figure(POINTS, LABELS, PARTS, ("A", "B"), "Four points")


def test_the_figure_is_plain_and_labelled():
    go.Figure(figure())
    json.dumps(figure())
    layout = figure()["layout"]
    assert layout["title"]["text"] == "Four points"
    assert layout["xaxis"]["title"]["text"] == "x"
    assert layout["yaxis"]["title"]["text"] == "y"
    assert layout["yaxis"]["scaleanchor"] == "x"


def test_every_point_is_there_once_in_its_colour_and_its_parts_mark():
    drawn = {}
    for trace in figure()["data"]:
        for x, y in zip(trace["x"], trace["y"], strict=True):
            if x is not None:
                drawn[x, y] = (trace["marker"]["color"], trace["marker"]["symbol"])
    assert drawn == {
        (0.0, 1.0): (CLASSES[0], "circle"),
        (1.0, -2.0): (CLASSES[1], "circle"),
        (-3.0, 0.5): (CLASSES[1], "x"),
        (2.0, 2.0): (CLASSES[0], "x"),
    }


def test_the_legend_names_classes_and_the_parts_there_are():
    shown = [trace["name"] for trace in figure()["data"] if trace.get("showlegend", True)]
    assert shown == ["class A", "class B", "training", "test"]


def test_axes_stay_until_a_point_would_be_outside():
    assert reach_of(POINTS) == 6.5
    assert reach_of(np.array([[0.0, -7.1]])) == 7.5
