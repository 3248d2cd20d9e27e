"""One image's probabilities, moment by moment."""

import json

import numpy as np

from nnlab.figures.image_over_time import probabilities_over_time

NAMES = ("a", "b<i>", "c")
ROWS = np.array([[0.2, 0.5, 0.3], [np.nan] * 3, [0.7, 0.2, 0.1]], np.float32)


def test_a_line_for_each_class_that_is_shown_the_right_one_thick_and_on_top():
    figure = probabilities_over_time(ROWS, ("0", "1/8", "1"), NAMES, [2, 0])
    other, true = figure["data"]
    assert (true["name"], other["name"]) == ("c (true)", "a")
    assert true["y"] == [0.3, None, 0.1]
    assert true["line"]["width"] > other["line"]["width"]
    assert true["line"]["dash"] != other["line"]["dash"]  # not told apart by colour alone
    json.dumps(figure, allow_nan=False)


def test_a_click_tells_its_moment():
    (line,) = probabilities_over_time(ROWS, ("0", "1/8", "1"), NAMES, [0])["data"]
    assert line["customdata"] == [0, 1, 2]


def test_the_chosen_moment_is_marked():
    marked = probabilities_over_time(ROWS, ("0", "1/8", "1"), NAMES, [0], 2)["layout"]["shapes"]
    assert [shape["x0"] for shape in marked] == [2]
    assert probabilities_over_time(ROWS, ("0", "1/8", "1"), NAMES, [0])["layout"]["shapes"] == []


def test_names_are_text():
    (line,) = probabilities_over_time(ROWS, ("0", "1/8", "1"), NAMES, [1])["data"]
    assert line["name"] == "b&lt;i&gt; (true)"


def test_of_many_moments_the_first_and_the_last_are_named_and_few_between():
    rows = np.full((200, 3), 0.5, np.float32)
    names = [str(n) for n in range(200)]
    ticks = probabilities_over_time(rows, names, NAMES, [0])["layout"]["xaxis"]
    assert ticks["ticktext"][0] == "0"
    assert ticks["ticktext"][-1] == "199"
    assert len(ticks["ticktext"]) <= 11
