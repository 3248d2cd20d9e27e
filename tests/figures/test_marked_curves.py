import copy

import numpy as np
import plotly.graph_objects as go
import pytest

from nnlab.figures import palette
from nnlab.figures.curves import learning_curves
from nnlab.figures.marked import marked, value_at

X = [0.25, 0.5, 1.0, 2.0]
Y = [2.0, 1.0, 0.6, 0.2]
POINTS = {"epoch": X, "loss": Y, "accuracy": [0.3, 0.6, 0.8, 0.9]}
EPOCHS = {"epoch": [1, 2], "val_loss": [0.7, 0.4], "val_accuracy": [0.7, 0.85]}


@pytest.mark.parametrize("epoch", [0.25, 0.3, 0.5, 0.75, 1.0, 1.99, 2.0])
def test_the_value_at_a_moment_is_on_the_line(epoch: float):
    assert value_at(X, Y, epoch) == pytest.approx(np.interp(epoch, X, Y))


@pytest.mark.parametrize("epoch", [0.0, 0.2, 2.1])
def test_before_the_first_and_after_the_last_point_there_is_none(epoch: float):
    assert value_at(X, Y, epoch) is None


def test_beside_a_gap_there_is_none():
    assert value_at([0, 1, 2], [1.0, None, 3.0], 0.5) is None
    assert value_at([0, 1, 2], [1.0, None, 3.0], 1) is None
    assert value_at([], [], 1) is None


def test_a_line_and_a_dot_on_each_curve():
    plain = learning_curves(POINTS, EPOCHS, "loss", 5)
    before = copy.deepcopy(plain)
    figure = marked(plain, 1.0)
    go.Figure(figure)
    line, *dots = figure["layout"]["shapes"]
    assert (line["x0"], line["x1"], line["yref"]) == (1.0, 1.0, "paper")
    assert {dot["fillcolor"]: dot["yanchor"] for dot in dots} == {
        palette.TRAINING: 0.6, palette.VALIDATION: 0.7,
    }  # fmt: skip
    assert plain == before  # it is kept for the next drawing
    assert figure["data"] is plain["data"]


def test_whole_dots_fit_at_both_ends():
    low, high = marked(learning_curves(POINTS, EPOCHS, "loss", 5), 0.0)["layout"]["xaxis"]["range"]
    assert low < 0
    assert high > 5
