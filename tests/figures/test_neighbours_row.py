"""The nearest training images in a row: order, texts, words."""

import re

import numpy as np
import pytest

from nnlab.figures.images import data_uri
from nnlab.figures.neighbours import neighbours_row, neighbours_words

IMAGES = np.random.default_rng(0).integers(0, 256, (3, 6, 4), np.uint8)
LABELS, DISTANCES = np.array([2, 0, 2]), np.array([0.1, 0.234, 0.5])
NAMES = ("zero", "one", "<two>")


def test_images_come_in_the_order_given_with_class_and_distance():
    row = neighbours_row(IMAGES, LABELS, DISTANCES, NAMES)
    assert re.findall(r'src="(.*?)"', row) == [data_uri(image) for image in IMAGES]
    assert re.findall(r"<strong>(.*?)</strong>", row) == ["&lt;two&gt;", "zero", "&lt;two&gt;"]
    assert re.findall(r"opposite\">(.*?)</span>", row) == ["0.10", "0.23", "0.50"]
    assert "aspect-ratio:4/6" in row


def test_each_image_has_words_and_so_has_the_row():
    row = neighbours_row(IMAGES, LABELS, DISTANCES, NAMES)
    assert 'alt="training image of class zero, number 2 by nearness"' in row
    assert "2 × &lt;two&gt;, 1 × zero; distances 0.10 to 0.50." in row
    assert "<two>" not in row


def test_another_scale_is_stretched():
    row = neighbours_row(IMAGES[:1] % 17, LABELS[:1], DISTANCES[:1], NAMES, scale=16.0)
    expected = np.rint((IMAGES[0] % 17).astype(float) * 255 / 16).astype(np.uint8)
    assert data_uri(expected) in row


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="zip"):
        neighbours_row(IMAGES, LABELS[:2], DISTANCES, NAMES)


def test_no_images_no_claims():
    assert neighbours_words(LABELS[:0], DISTANCES[:0], NAMES) == "No training images."
