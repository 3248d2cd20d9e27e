"""A strip of images: order, numbers, sizes, and texts from outside."""

import re

import numpy as np

from nnlab.figures.film import Frame, film_strip


def test_frames_are_numbered_in_order_and_in_one_row():
    strip = film_strip([Frame(np.zeros((4, 4)), name, "") for name in ("Drawn", "Cropped")])
    assert re.findall(r"<strong>(.*?)</strong>", strip) == ["1. Drawn", "2. Cropped"]
    assert "repeat(2," in strip


def test_a_narrow_image_keeps_its_proportions_and_its_share_of_the_square():
    strip = film_strip([Frame(np.ones((20, 10)), "Cropped", "", share=0.9)])
    assert "width:45.0%" in strip
    assert 'alt="Cropped: 20 by 10 pixels"' in strip


def test_texts_are_escaped():
    strip = film_strip([Frame(np.zeros((2, 2)), 'a"<b>', "<script>")])
    assert "<script>" not in strip
    assert 'alt="a&quot;&lt;b&gt;' in strip
