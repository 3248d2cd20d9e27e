"""How many trained and waited, as a figure."""

from nnlab.figures.load import LEAST_HEIGHT, MINUTES, load_figure


def test_lines_hold_the_numbers_and_the_axes_are_named():
    figure = load_figure([-2.0, -1.0, 0.0], [1, 30, 12], [0, 5, 0])
    training, waiting = figure["data"]
    assert (training["y"], waiting["y"]) == ([1, 30, 12], [0, 5, 0])
    assert training["x"] == [-2.0, -1.0, 0.0]
    layout = figure["layout"]
    assert layout["yaxis"]["range"][1] > 30
    assert layout["xaxis"]["range"] == [-MINUTES, 0]
    assert layout["xaxis"]["title"]["text"]
    assert layout["yaxis"]["title"]["text"]


def test_with_nothing_in_it_the_axis_still_has_a_height():
    assert load_figure([], [], [])["data"][0]["x"] == []
    assert load_figure([], [], [])["layout"]["yaxis"]["range"][1] > LEAST_HEIGHT
