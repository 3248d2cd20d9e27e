"""Charts of a whole class."""

import pytest

from nnlab.figures import palette
from nnlab.figures.wall import MOST_COLOURS, Dot, Line, in_words, overlay, scatter


def line(name: str = "Ada", mine: bool = False, last: float = 2.0) -> Line:
    return Line(name, mine, (last / 2, last), (0.52, 0.91))


def dot(value, name: str = "Ada", mine: bool = False) -> Dot:
    return Dot(name, mine, value, 0.875)


def test_few_curves_have_a_colour_and_a_name_each():
    figure = overlay([line("Ada"), line("Ben", mine=True, last=3.2)], "accuracy")
    first, second = figure["data"]
    assert (first["name"], second["name"]) == ("Ada", "Ben")
    assert first["line"]["color"] != second["line"]["color"]
    assert figure["layout"]["xaxis"]["range"] == [0, 4]
    assert figure["layout"]["yaxis"]["range"] == [0.5, 1.005]
    assert (first["x"], first["y"]) == ([1.0, 2.0], [0.52, 0.91])


def test_of_many_curves_ones_own_lie_on_top():
    lines = [line("Me", mine=True), *(line(f"{n}") for n in range(MOST_COLOURS))]
    traces = overlay(lines, "loss")["data"]
    assert [trace["line"]["color"] for trace in traces] == [palette.SKY] * 8 + [palette.ORANGE]
    assert [trace["name"] for trace in traces if trace["showlegend"]] == ["the others", "yours"]
    assert traces[-1]["hovertemplate"].startswith("Me<br>")


def test_of_many_curves_without_an_own_none_needs_a_legend():
    traces = overlay([line() for _ in range(MOST_COLOURS + 1)], "accuracy")["data"]
    assert not any(trace["showlegend"] for trace in traces)


def test_a_room_without_points_has_an_empty_chart():
    figure = overlay([Line("Ada", False, (), ())], "accuracy")
    assert figure["layout"]["xaxis"]["range"] == [0, 1]


def test_names_are_text_and_no_markup():
    name = '<a href="x">'
    for figure in (overlay([line(name)], "accuracy"), scatter([dot(name, name)], "Data set")):
        assert name not in repr(figure)
        assert "&lt;a href=" in repr(figure)


def test_numbers_near_each_other_have_a_linear_axis():
    figure = scatter([dot(32), dot(64, mine=True)], "Batch size")
    others, own = figure["data"]
    assert (others["x"], own["x"]) == ([32], [64])
    axis = figure["layout"]["xaxis"]
    assert axis["type"] == "linear"
    assert axis["range"] == pytest.approx([32 - 1.92, 64 + 1.92])
    assert figure["layout"]["showlegend"]


def test_numbers_far_apart_have_a_logarithmic_axis():
    axis = scatter([dot(0.001), dot(0.1)], "Learning rate")["layout"]["xaxis"]
    assert axis["type"] == "log"
    assert axis["range"] == pytest.approx([-3.12, -0.88])


def test_zero_is_on_no_logarithmic_axis():
    assert scatter([dot(0.0), dot(0.1)], "L2 penalty")["layout"]["xaxis"]["type"] == "linear"


def test_one_value_stands_in_the_middle():
    assert scatter([dot(5), dot(5)], "Epochs")["layout"]["xaxis"]["range"] == [4, 6]


def test_words_have_a_place_each_numbers_first():
    figure = scatter([dot("full"), dot(128), dot(32), dot(None)], "Batch size")
    axis = figure["layout"]["xaxis"]
    assert (axis["type"], axis["categoryarray"]) == ("category", ["32", "128", "full", "–"])
    assert figure["data"][0]["x"] == ["full", "128", "32", "–"]


def test_errors_begin_at_zero_and_are_no_per_cent():
    lines, dots = [line("Ada")], [dot(0.01), dot(0.1)]
    for part, figure in (
        ("Training", overlay(lines, "mean_absolute_error")),
        ("Test", scatter(dots, "Learning rate", "mean_absolute_error")),
    ):
        axis = figure["layout"]["yaxis"]
        assert axis["title"]["text"] == f"{part} absolute error"
        assert axis["rangemode"] == "tozero"
        assert "tickformat" not in axis
        assert "%{y:.4f}" in figure["data"][0]["hovertemplate"]


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), (True, "on"), (False, "off"), (0.0005, "0.0005"), (32, "32"), ("relu", "relu")],
)
def test_values_in_words(value, words: str):
    assert in_words(value) == words
