import json
import math
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.colors import sample_colorscale

from nnlab.figures import palette
from nnlab.figures.confusion_cells import WRITTEN_CLASSES, cells_of
from nnlab.figures.evaluation import bar_colour, confusion, probability_bars

NAMES = ["cat", "dog", "owl"]
COUNTS = np.array([[988, 12, 0], [1, 1233, 0], [0, 0, 0]])


@pytest.mark.parametrize("normalised", [True, False])
@pytest.mark.parametrize("counts", [COUNTS, np.zeros((3, 3), int), np.eye(3, dtype=int)])
def test_plotly_accepts_the_matrix(counts: Any, normalised: bool) -> None:
    figure = confusion(counts, NAMES, normalised)

    drawn = go.Figure(figure)
    assert drawn.layout.xaxis.title.text == "Predicted class"
    assert drawn.layout.yaxis.title.text == "True class"
    json.dumps(figure, allow_nan=False)


def test_the_pointer_on_a_cell_of_the_file_says_what_it_is() -> None:
    for trace in confusion(COUNTS, NAMES, normalised=False)["data"]:
        assert trace["hovertemplate"].startswith("%{customdata}")
        assert trace["customdata"] == cells_of(COUNTS, NAMES, normalised=False).words


def test_each_cell_in_words() -> None:
    words = cells_of(COUNTS, NAMES, normalised=False).words

    assert words[0][1] == "true cat, predicted dog: 12 images (1.2% of class cat)"
    assert words[1][0] == "true dog, predicted cat: 1 image (0.1% of class dog)"
    assert words[2][2] == "true owl, predicted owl: 0 images (0.0% of class owl)"
    assert "1,233 images" in words[1][1]


def test_cells_of_a_page_have_the_colours_that_plotly_gives_those_of_a_file() -> None:
    """Against the scale of each heat map, interpolated as plotly.js does: linear in RGB."""
    counts = np.array([[900, 90, 10], [1, 400, 600], [0, 0, 7]])
    found = cells_of(counts, NAMES, normalised=False).colours
    right, wrong = confusion(counts, NAMES, normalised=False)["data"]

    for trace in (right, wrong):
        (_, low), (_, high) = trace["colorscale"]
        for row, column in np.ndindex(3, 3):
            value = trace["z"][row][column]
            if value is None:
                continue
            place = (value - trace["zmin"]) / (trace["zmax"] - trace["zmin"])
            drawn = sample_colorscale([low, high], [min(max(place, 0), 1)], colortype="tuple")[0]
            shown = np.array([int(found[row][column][i : i + 2], 16) for i in (1, 3, 5)]) / 255
            assert shown == pytest.approx(drawn, abs=0.5 / 255 + 1 / 256)
    assert found[2][:2] == ["", ""]


def test_right_answers_and_mistakes_have_colours_of_their_own() -> None:
    right, wrong = confusion(COUNTS, NAMES, normalised=False)["data"]

    assert right["z"][0] == [0.988, None, None]
    assert right["z"][2] == [None, None, None]
    assert wrong["z"][0] == [None, pytest.approx(math.log10(0.012)), None]
    assert wrong["z"][1][1] is None
    assert right["colorscale"] != wrong["colorscale"]


def test_a_few_mistakes_can_be_seen_beside_many_right_answers() -> None:
    """One per cent lies well up the colour scale: a linear one would show it as nothing."""
    wrong = confusion(COUNTS, NAMES, normalised=False)["data"][1]

    place = (wrong["z"][0][1] - wrong["zmin"]) / (wrong["zmax"] - wrong["zmin"])
    assert 0.3 < place < 0.7


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize(
    ("normalised", "expected"),
    [
        (False, [["988", "12", ""], ["1", "1233", ""], ["", "", ""]]),
        (True, [["99%", "1.2%", ""], ["0.1%", "100%", ""], ["", "", ""]]),
    ],
)
def test_numbers_in_the_cells(normalised: bool, expected: list[list[str]]) -> None:
    """Each on one of the two heat maps, none on a cell without images."""
    right, wrong = confusion(COUNTS, NAMES, normalised)["data"]

    diagonal = np.eye(3, dtype=bool)
    assert right["text"] == np.where(diagonal, expected, "").tolist()
    assert wrong["text"] == np.where(diagonal, "", expected).tolist()


def test_the_numbers_can_be_read_on_every_cell() -> None:
    """Contrast of at least 4.5 to 1 at both ends of both colour scales."""
    for trace in confusion(COUNTS, NAMES, normalised=True)["data"][:2]:
        text = luminance(trace["textfont"]["color"])
        for _, colour in trace["colorscale"]:
            assert (text + 0.05) / (luminance(colour) + 0.05) >= 4.5


def test_a_share_too_small_for_its_digits() -> None:
    counts = np.array([[9_999, 1], [0, 5]])

    wrong = confusion(counts, ["a", "b"], normalised=True)["data"][1]
    assert wrong["text"] == [["", "<0.1%"], ["", ""]]


def test_first_class_is_at_the_top_and_cells_are_square() -> None:
    axis = confusion(COUNTS, NAMES, normalised=False)["layout"]["yaxis"]

    assert axis["range"] == [2.5, -0.5]
    assert axis["scaleanchor"] == "x"


def test_the_title_says_what_the_numbers_are() -> None:
    titles = {
        confusion(COUNTS, NAMES, normalised)["layout"]["title"]["text"]
        for normalised in (True, False)
    }
    assert titles == {
        "Confusion matrix: share of the true class",
        "Confusion matrix: number of images",
    }


def test_many_classes_go_without_numbers_but_say_them() -> None:
    many = WRITTEN_CLASSES + 1
    figure = confusion(np.ones((many, many), int), [str(n) for n in range(many)], True)

    assert all("text" not in trace for trace in figure["data"])
    assert "1 image (" in figure["data"][0]["customdata"][0][0]
    assert {text for row in cells_of(np.ones((many, many), int), "abcdefghijklmnop", True).texts
            for text in row} == {""}  # fmt: skip


def test_counts_that_do_not_fit_the_names() -> None:
    with pytest.raises(ValueError, match="3 classes"):
        confusion(np.eye(4, dtype=int), NAMES, normalised=False)


def test_bars_of_one_prediction() -> None:
    figure = probability_bars(np.array([0.1, 0.853, 0.047]), NAMES, highlight=1)
    bars = figure["data"][0]

    go.Figure(figure)
    assert bars["x"] == [0.1, 0.853, 0.047]
    assert bars["text"] == ["10.0%", "85.3%", "4.7%"]
    assert bars["marker"]["color"] == [palette.NEUTRAL, palette.RIGHT, palette.NEUTRAL]
    assert figure["layout"]["xaxis"]["range"] == [0, 1]
    assert [name.strip() for name in figure["layout"]["yaxis"]["ticktext"]] == NAMES


def test_bars_where_the_truth_is_known() -> None:
    figure = probability_bars(np.array([0.1, 0.8, 0.1]), NAMES, highlight=1, true=2)

    colours = figure["data"][0]["marker"]["color"]
    assert colours == [palette.NEUTRAL, palette.WRONG, palette.RIGHT]


@pytest.mark.parametrize("probabilities", [np.zeros(3), np.array([np.nan, 0.5, np.inf])])
def test_bars_without_an_answer(probabilities: Any) -> None:
    figure = probability_bars(probabilities, NAMES, highlight=None)

    go.Figure(figure)
    json.dumps(figure, allow_nan=False)
    assert set(figure["data"][0]["marker"]["color"]) == {palette.NEUTRAL}


def test_a_probability_that_is_not_a_number_says_so() -> None:
    bars = probability_bars(np.array([np.nan, 0.5, 0.5]), NAMES, highlight=0)["data"][0]

    assert bars["x"][0] is None
    assert bars["text"][0] == "not a number"


def test_colour_of_a_bar() -> None:
    assert bar_colour(3, predicted=3, true=None) == palette.RIGHT
    assert bar_colour(3, predicted=3, true=3) == palette.RIGHT
    assert bar_colour(3, predicted=3, true=4) == palette.WRONG
    assert bar_colour(4, predicted=3, true=4) == palette.RIGHT
    assert bar_colour(5, predicted=3, true=4) == palette.NEUTRAL


@pytest.mark.parametrize(
    "figure",
    [confusion(COUNTS, NAMES, normalised=True), probability_bars(np.ones(3) / 3, NAMES, 0)],
    ids=["confusion", "bars"],
)
def test_the_page_shines_through(figure: dict[str, Any]) -> None:
    layout = figure["layout"]

    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["uirevision"]
    assert "color" not in layout["font"]


def test_long_class_names_are_turned_so_that_all_are_written() -> None:
    counts = np.eye(2, dtype=int)
    long = confusion(counts, ["T-shirt/top", "Ankle boot"], False)["layout"]["xaxis"]
    short = confusion(counts, ["0", "1"], False)["layout"]["xaxis"]
    assert long["tickangle"] == -45
    assert "tickangle" not in short
