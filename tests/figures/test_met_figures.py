"""Numbers against their targets, and errors over the training."""

import json
import math

import numpy as np

from nnlab.figures.met import errors_over_time, met_figure, residuals_figure, targets_figure

TARGETS = np.array([-1.0, 0.0, 0.5, 1.0], np.float32)


def test_every_point_is_drawn_where_it_is_and_what_is_no_number_is_left_out():
    predicted = np.array([-2.0, math.nan, 0.5, math.inf], np.float32)
    figure = met_figure(predicted, TARGETS)
    line, dots = figure["data"]
    assert line["x"] == line["y"]
    assert (dots["x"], dots["y"]) == ([-1.0, 0.0, 0.5, 1.0], [-2.0, None, 0.5, None])
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < -2
    assert high > 1


def test_residuals_are_counted_and_zero_is_in_the_middle():
    off = np.array([-0.5, -0.25, 0.25, 1.5], np.float32)
    figure = residuals_figure(TARGETS + off, TARGETS)
    (bars,) = figure["data"]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low == -high
    held = [(x, n) for x, n in zip(bars["x"], bars["y"], strict=True) if n]
    assert [n for _, n in held] == [1, 1, 1, 1]
    np.testing.assert_allclose([x for x, _ in held], off, atol=high / len(bars["x"]) + 1e-3)


def test_targets_are_counted_by_part():
    parts = {"training": TARGETS, "validation": TARGETS[:0], "test": TARGETS[1:]}
    counted = {bars["name"]: sum(bars["y"]) for bars in targets_figure(parts)["data"]}
    assert counted == {"training": 4, "test": 3}


def test_errors_that_are_no_numbers_leave_a_gap_and_no_mark():
    lines = {"mean absolute error": [1.0, math.nan, None], "RMSE": [2.0, math.inf, 1.0]}
    figure = errors_over_time(lines, [0.0, 1.0, 2.0], at=1)
    assert [trace["y"] for trace in figure["data"]] == [[1.0, None, None], [2.0, None, 1.0]]
    assert "NaN" not in json.dumps(figure)
    assert figure["layout"]["yaxis"]["range"] == [0, 2.1]
    marked = errors_over_time(lines, [0.0, 1.0, 2.0], at=0)
    assert len(marked["layout"]["shapes"]) == len(figure["layout"]["shapes"]) + 2
