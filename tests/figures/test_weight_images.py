import base64
import io
import re

import numpy as np
from PIL import Image

from nnlab.figures.weight_images import weight_images


def pictures(sheet: str) -> list[np.ndarray]:
    found = re.findall(r"base64,([^\"]+)", sheet)
    return [
        np.asarray(Image.open(io.BytesIO(base64.b64decode(text)))).astype(int) for text in found
    ]


def test_blue_is_above_zero_and_orange_below():
    weights = np.zeros((2, 4, 4), np.float32)
    weights[0, 1, 2], weights[1, 3, 0] = 0.5, -0.5
    first, second = pictures(weight_images(weights, 0.5, "unit"))
    assert first.shape == (4, 4, 3)
    red, _, blue = first[1, 2]
    assert blue > red + 100
    red, _, blue = second[3, 0]
    assert red > blue + 100
    assert np.ptp(first[0, 0]) == 0  # no weight, no colour


def test_the_scale_is_the_one_that_is_given():
    weights = np.full((1, 3, 3), 0.2)
    weak, strong = (pictures(weight_images(weights, limit, "filter"))[0] for limit in (1.0, 0.2))
    assert weak[0, 0, 0] > strong[0, 0, 0] + 50


def test_each_is_told_in_words():
    weights = np.stack([np.full((3, 3), -0.25), np.full((3, 3), 0.5)])
    weights[0, 0, 0] = 0.125
    sheet = weight_images(weights, 1.0, "filter")
    assert 'alt="filter 0: weights from -0.25 to 0.12"' in sheet
    assert 'alt="filter 1: weights from 0.50 to 0.50"' in sheet


def test_weights_of_a_network_that_diverged():
    assert len(pictures(weight_images(np.full((1, 3, 3), np.nan), 1.0, "unit"))) == 1
