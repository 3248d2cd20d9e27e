"""The reasons as a picture and in words."""

import numpy as np
import pytest

from nnlab.figures.attribution import attribution_overlay, attribution_words

IMAGE = np.zeros((9, 9), np.float32)
IMAGE[2:7, 4] = 1
VALUES = np.zeros((9, 9))
VALUES[0, 8], VALUES[7, 0], VALUES[4, 4] = 0.5, -2.0, 0.2


def test_the_scale_reaches_equally_far_both_ways_and_zero_has_no_colour():
    coloured, outline = attribution_overlay(VALUES, IMAGE, "3", "share")["data"]
    assert (coloured["zmin"], coloured["zmax"]) == (-2.0, 2.0)
    places, colours = zip(*coloured["colorscale"], strict=True)
    assert list(places) == sorted(places) == [1 - place for place in reversed(places)]
    assert (places[0], places[-1], colours[len(colours) // 2][-3:]) == (0, 1, ",0)")
    np.testing.assert_allclose(coloured["z"], VALUES)
    assert outline["contours"]["start"] == outline["contours"]["end"] == 0.5
    np.testing.assert_allclose(outline["z"], IMAGE)


def test_the_first_row_is_on_top_and_pixels_are_square():
    axes = attribution_overlay(VALUES[:, :6], IMAGE[:, :6], "3", "share")["layout"]
    assert axes["yaxis"]["range"] == [8.5, -0.5]
    assert axes["xaxis"]["range"] == [-0.5, 5.5]
    assert axes["yaxis"]["scaleanchor"] == "x"


def test_the_legend_says_what_the_ends_mean():
    bar = attribution_overlay(VALUES, IMAGE, "3", "share")["data"][0]["colorbar"]
    assert bar["ticktext"] == ["against<br>−2", "0", "for<br>+2"]
    assert bar["title"]["text"] == "share"


def test_nothing_at_all_is_still_a_picture():
    figure = attribution_overlay(np.zeros((9, 9)), IMAGE, "3", "share")
    assert figure["data"][0]["zmax"] == 1.0
    assert attribution_words(np.zeros((9, 9)), "3").startswith("Nothing in the image")


def test_words_name_the_strongest_parts():
    words = attribution_words(VALUES, "3", "share")
    assert "What speaks most for 3 is at the top right of the image" in words
    assert "what speaks most against 3 is at the bottom left" in words
    assert "2 (share)" in words


def test_words_leave_out_a_side_that_says_nothing():
    assert "against" not in attribution_words(np.maximum(VALUES, 0), "3")
    assert "for 3" not in attribution_words(np.minimum(VALUES, 0), "3")


def test_names_from_outside_are_no_markup():
    figure = attribution_overlay(VALUES, IMAGE, "<b>&", "share")
    assert "&lt;b&gt;&amp;" in figure["layout"]["title"]["text"]
    assert "<b>" not in figure["data"][0]["hovertemplate"]


def test_shapes_must_fit():
    with pytest.raises(ValueError, match="do not fit"):
        attribution_overlay(VALUES[:5], IMAGE, "3", "share")
