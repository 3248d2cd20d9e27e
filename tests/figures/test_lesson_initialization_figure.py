import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from nnlab.figures.initialization import LARGEST, SMALLEST, stack_figure

STACK: dict[str, Any] = {
    "mean": [0.5, 2.0],
    "std": [0.25, 9.0],
    "histogram": [np.array([4, 2, 0, 0]), np.array([0, 0, 0, 5])],
    "gradient": [1e-20, 0.5, 3.0],
}
LOST: dict[str, Any] = {
    "mean": [0.5, np.nan],
    "std": [np.inf, np.nan],
    "histogram": [np.array([4, 2, 0, 0]), np.array([0, 0, 0, 0])],
    "gradient": [np.nan, np.inf, 3.0],
}
SPAN = (0.0, 4.0)


def test_a_shape_is_widest_at_its_fullest_bin() -> None:
    shapes = stack_figure(STACK, SPAN, "relu")["data"][0]

    first = shapes["x"].index(None)
    assert shapes["x"][:8] == pytest.approx([1.44, 1.44, 1.22, 1.22, 1, 1, 1, 1])
    assert shapes["y"][:8] == [0, 1, 1, 2, 2, 3, 3, 4]
    assert shapes["x"][8:first] == pytest.approx([1, 1, 1, 1, 0.78, 0.78, 0.56, 0.56])


def test_bands_end_at_the_edge() -> None:
    bands = stack_figure(STACK, SPAN, "relu")["data"][1]

    assert bands["y"] == [0.25, 0.75, None, 0, 4, None]


def test_sizes_stay_in_the_picture() -> None:
    std, gradient = stack_figure(STACK, SPAN, "relu")["data"][2:]

    assert (std["x"], std["y"]) == ([1, 2], [0.25, 9])
    assert (gradient["x"], gradient["y"]) == ([1, 2, 3], [SMALLEST, 0.5, 3])


def test_what_overflowed_can_be_drawn() -> None:
    figure = stack_figure(LOST, SPAN, "relu")

    json.dumps(figure, allow_nan=False)
    go.Figure(figure)
    assert figure["data"][3]["y"] == [LARGEST, LARGEST, 3]


def test_axes_do_not_move_with_the_depth() -> None:
    deep = {key: values * 5 for key, values in STACK.items()}

    layout = stack_figure(STACK, SPAN, "tanh")["layout"]
    assert stack_figure(deep, SPAN, "tanh")["layout"] == layout
    assert layout["xaxis"]["range"] == [0.4, 10.6]
