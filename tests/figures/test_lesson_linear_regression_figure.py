import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from nnlab.figures.landscape import contours, drawable_steps, mark, path
from nnlab.figures.regression import INTERCEPTS, SLOPES, Line, regression_figure

X = np.array([1.0, 2.0, 3.0])
Y = np.array([2.0, 5.0, 7.0])
SURFACE: dict[str, Any] = {
    "x": X,
    "y": Y,
    "slopes": np.linspace(*SLOPES, 5),
    "intercepts": np.linspace(*INTERCEPTS, 4),
    "loss": np.arange(1.0, 21.0).reshape(4, 5),
    "best": (2.5, -0.3),
}
WALK = {
    "slope": np.array([1.0, 2.0, 2.5]),
    "intercept": np.array([0.0, 0.4, 0.1]),
    "loss": np.array([9.0, 1.0, 0.5]),
}
DIVERGED = {
    "slope": np.array([1.0, 9.0, -4e9, np.nan]),
    "intercept": np.array([0.0, 3.0, 2e9, np.nan]),
    "loss": np.array([9.0, 80.0, np.inf, np.nan]),
}


def named(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("name") == name]


def test_residuals_go_from_the_points_to_your_line() -> None:
    residuals = regression_figure(SURFACE, WALK, 1, Line(1.0, 0.5))["data"][0]

    assert residuals["x"] == [1, 1, None, 2, 2, None, 3, 3, None]
    assert residuals["y"] == [2, 1.5, None, 5, 2.5, None, 7, 3.5, None]


def test_the_path_ends_at_the_step() -> None:
    figure = regression_figure(SURFACE, WALK, 1, Line(1.0, 0.0))

    line, walked = named(figure, "descent")
    assert walked["x"] == [1, 2]
    assert walked["y"] == [0, 0.4]
    low, high = line["x"]
    assert line["y"] == pytest.approx([2 * low + 0.4, 2 * high + 0.4])
    (now,) = named(figure, "gradient descent")
    assert (now["x"], now["y"]) == ([2.0], [0.4])


def test_axes_do_not_move() -> None:
    first = regression_figure(SURFACE, WALK, 0, Line(1.0, 0.0))["layout"]
    last = regression_figure(SURFACE, DIVERGED, 3, Line(6.0, -4.0))["layout"]

    assert first == last
    assert all("range" in first[name] for name in ("xaxis", "yaxis", "xaxis2", "yaxis2"))


def test_a_descent_that_diverges_can_be_drawn() -> None:
    figure = regression_figure(SURFACE, DIVERGED, 3, Line(1.0, 0.0))

    json.dumps(figure, allow_nan=False)
    go.Figure(figure)
    (walked,) = named(figure, "descent")
    assert walked["x"] == [1, 9]
    assert named(figure, "gradient descent")[0]["x"] == []


def test_drawable_steps() -> None:
    assert drawable_steps([0, 1, np.inf, 1], [0, 0, 0, 0]) == 2
    assert drawable_steps([0, 1], [0, np.nan]) == 1
    assert drawable_steps([0, 1], [2, 3]) == 2


def test_contours_are_the_logarithm_of_the_loss() -> None:
    loss = np.array([[1.0, 10.0], [100.0, 0.1]])

    shown = contours([0, 1], [0, 1], loss)
    assert shown["z"] == [[0, 1], [2, -1]]
    assert (shown["contours"]["start"], shown["contours"]["end"]) == (-1, 2)
    assert contours([0, 1], [0, 1], loss, logarithmic=False)["z"] == loss.tolist()


def test_marks_and_paths_know_their_axes() -> None:
    assert mark(1, 2, "a", "red", "star", axes="2")["xaxis"] == "x2"
    assert path([1], [2], [3], "a", "red")["yaxis"] == "y"
