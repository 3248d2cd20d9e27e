import base64
import io
import json
import re

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from nnlab.figures.diverging import coloured
from nnlab.figures.logistic import LIMIT, accuracy_by_step, weight_images

DIGITS = tuple("0123456789")
STEPS, TRAINING, TEST = [0, 10, 20, 30], [0.1, 0.8, 0.9, 1.0], [0.1, 0.7, 0.75, 0.76]


def pixels_of(svg: str) -> list[np.ndarray]:
    found = re.findall(r'href="data:image/png;base64,([^"]+)"', svg)
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(code)))) for code in found]


def test_one_image_a_class_from_its_column_of_weights() -> None:
    weights = np.ones((784, 10))
    weights[28 * 3 + 5, 7] += LIMIT
    images = pixels_of(weight_images(weights, DIGITS, 120))
    assert [image.shape for image in images] == [(28, 28, 3)] * 10
    marked = [np.argwhere(image.min(axis=2) < 100).tolist() for image in images]
    assert marked == [[]] * 7 + [[[3, 5]]] + [[]] * 2


def test_what_all_classes_have_in_common_is_not_seen() -> None:
    weights = np.random.default_rng(0).normal(size=(784, 10))
    common = np.random.default_rng(1).normal(size=(784, 1))
    assert weight_images(weights, DIGITS, 0) == weight_images(weights + common, DIGITS, 0)


def test_the_picture_is_told_in_words_too() -> None:
    assert "after step 1,000</title>" in weight_images(np.ones((784, 10)), DIGITS, 1000)


def test_blue_for_orange_against_white_for_neither() -> None:
    against, neither, for_it = coloured(np.array([[-9 * LIMIT, 0, LIMIT]]), LIMIT)[0]
    assert for_it[2] > for_it[0]
    assert against[0] > against[2]
    assert len(set(neither.tolist())) == 1


@pytest.mark.parametrize("at", [0, 2, 3])
def test_curves_and_the_moment_looked_at(at: int) -> None:
    figure = accuracy_by_step(STEPS, TRAINING, TEST, at, 1000)
    training, mark, test, test_mark = figure["data"]
    assert (training["x"], training["y"]) == (STEPS, TRAINING)
    assert (test["x"], test["y"]) == (STEPS, TEST)
    assert (mark["x"], mark["y"]) == ([STEPS[at]], [TRAINING[at]])
    assert test_mark["y"] == [TEST[at]]
    assert figure["layout"]["shapes"][0]["x0"] == STEPS[at]
    assert f"{TEST[at]:.1%}" in test["name"]


def test_the_axes_stay_while_it_trains() -> None:
    early, late = (accuracy_by_step(STEPS[:n], TRAINING[:n], TEST[:n], 0, 1000) for n in (1, 4))
    for axis, span in (("xaxis", [0, 1000]), ("yaxis", [0, 1])):
        assert early["layout"][axis]["range"] == late["layout"][axis]["range"] == span


def test_plotly_takes_it_and_it_is_plain_json() -> None:
    figure = accuracy_by_step(STEPS, TRAINING, TEST, 1, 1000)
    go.Figure(figure)
    json.dumps(figure, allow_nan=False)
