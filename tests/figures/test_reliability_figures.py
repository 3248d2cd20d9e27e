"""Reliability diagram, histogram of confidence, and the curve over the thresholds."""

import json

import numpy as np
import pytest

from nnlab.analysis.calibration import confidence_counts, reliability
from nnlab.analysis.selective import selective
from nnlab.figures.confidence import confidence_histogram
from nnlab.figures.reliability import reliability_diagram
from nnlab.figures.selective import answered_curve

# 70 % sure: 3 of 4 right. 97 % sure: 2 of 2 right. 45 % sure: wrong.
SURE = np.array([0.7, 0.7, 0.7, 0.7, 0.97, 0.97, 0.45])
RIGHT = np.array([1, 1, 1, 0, 1, 1, 0], bool)
PROBABILITIES = np.stack([SURE, (1 - SURE) * 0.6, (1 - SURE) * 0.4], axis=1)
TRUE = np.where(RIGHT, 0, 1)
BROKEN = np.full((3, 3), np.nan)


def test_a_bar_and_a_point_for_each_bin_with_images():
    bars, ideal, points, numbers = reliability_diagram(reliability(PROBABILITIES, TRUE))["data"]
    assert bars["x"] == [0.45, 0.65, 0.95]
    assert bars["y"] == points["y"] == [0, 0.75, 1]
    assert points["x"] == [0.45, 0.7, 0.97]
    assert numbers["text"] == ["1", "4", "2"]
    assert ideal["x"] == ideal["y"] == [0, 1]


def test_the_interval_reaches_from_its_low_to_its_high_end():
    found = reliability(PROBABILITIES, TRUE)
    points = reliability_diagram(found)["data"][2]
    held = found.counts > 0
    high = np.array(points["y"]) + points["error_y"]["array"]
    low = np.array(points["y"]) - points["error_y"]["arrayminus"]
    np.testing.assert_allclose(high, found.high[held], atol=1e-4)
    np.testing.assert_allclose(low, found.low[held], atol=1e-4)


def test_wrong_answers_stand_before_the_right_ones_and_are_narrower():
    right, wrong = confidence_histogram(*confidence_counts(PROBABILITIES, TRUE, 10))["data"]
    assert (right["x"], right["y"]) == ([0.65, 0.95], [3, 2])
    assert (wrong["x"], wrong["y"]) == ([0.45, 0.65], [1, 1])
    assert max(wrong["width"]) < min(right["width"])


def test_the_scale_of_the_histogram_holds_one_image_and_all():
    counts = np.zeros(10, int)
    figure = confidence_histogram(np.linspace(0, 1, 11), counts + 8000, counts)
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < 0  # the logarithm of one image
    assert high > np.log10(8000)
    assert figure["layout"]["yaxis"]["tickvals"] == [1, 10, 100, 1000]


def test_the_chosen_threshold_is_marked_on_both_lines():
    labels = ["0 %", "50 %", "90 %"]
    found = selective(PROBABILITIES, TRUE, np.array([0, 0.5, 0.9]))
    accuracy, answered, *marks = answered_curve(found, labels, 1)["data"]
    assert accuracy["y"] == pytest.approx([5 / 7, 5 / 6, 1], abs=1e-4)
    assert answered["y"] == pytest.approx([1, 6 / 7, 2 / 7], abs=1e-4)
    assert [mark["x"] for mark in marks] == [[1], [1]]
    assert [mark["y"] for mark in marks] == [[accuracy["y"][1]], [answered["y"][1]]]


def test_without_an_answer_there_is_no_mark_for_their_accuracy():
    found = selective(PROBABILITIES, TRUE, np.array([0, 0.99]))
    figure = answered_curve(found, ["0 %", "99 %"], 1)
    accuracy, _, mark, other = figure["data"]
    assert accuracy["y"][1] is None
    assert mark["x"] == []
    assert other["y"] == [0]


@pytest.mark.parametrize("probabilities", [PROBABILITIES, BROKEN, np.zeros((0, 3))])
def test_all_are_plain_data_without_nan(probabilities: np.ndarray):
    y = TRUE[: len(probabilities)]
    figures = [
        reliability_diagram(reliability(probabilities, y)),
        confidence_histogram(*confidence_counts(probabilities, y, 20)),
        answered_curve(selective(probabilities, y, np.array([0, 0.5])), ["0 %", "50 %"], 0),
    ]
    json.dumps(figures, allow_nan=False)
