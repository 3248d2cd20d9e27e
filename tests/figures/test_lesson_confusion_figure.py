"""Confusion matrix and reliability diagram in one figure."""

import json

import numpy as np

from nnlab.figures.calibration import confusion_and_reliability

ANSWER = {
    "matrix": np.diag([10] * 10) + np.eye(10, k=1, dtype=int),
    "confidence": np.array([0, 0, 0.25, 0.35, 0, 0, 0.65, 0.75, 0.85, 0.97]),
    "accuracy": np.array([0, 0, 0.1, 0.2, 0, 0, 0.5, 0.6, 0.8, 0.95]),
    "counts": np.array([0, 0, 1, 2, 0, 0, 4, 9, 100, 900]),
}


def test_it_is_plain_data_without_nan():
    figure = confusion_and_reliability(ANSWER, "0123456789")
    json.dumps(figure, allow_nan=False)


def test_right_answers_and_mistakes_have_colours_of_their_own():
    cells = confusion_and_reliability(ANSWER, "0123456789")["data"][0]
    assert cells["z"][0][0] > 0 > cells["z"][0][1]
    assert cells["z"][0][2] is None
    assert cells["text"][0][:3] == ["10", "1", ""]


def test_bins_without_images_have_no_disc_and_full_ones_the_largest():
    discs = confusion_and_reliability(ANSWER, "0123456789")["data"][2]
    assert discs["customdata"] == [1, 2, 4, 9, 100, 900]
    assert discs["marker"]["size"] == sorted(discs["marker"]["size"])
    assert discs["x"][-1] == 0.97


def test_a_matrix_without_answers_is_drawn():
    empty = ANSWER | {"matrix": np.zeros((10, 10), int)}
    json.dumps(confusion_and_reliability(empty, "0123456789"), allow_nan=False)
