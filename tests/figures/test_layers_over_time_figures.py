import copy
import json

import numpy as np
import pytest

from nnlab.analysis.layers_over_time import Layer, LayerMoment
from nnlab.analysis.rebinning import Scale, by_decades, common_edges, rebinned
from nnlab.figures.distributions import at_moment, distributions_figure
from nnlab.figures.layer_lines import gradient_figure, units_figure
from nnlab.figures.moments_axis import moment_name, moments_axis, number_words
from nnlab.figures.unit_words import NAMED, units_words
from nnlab.runs.moments import BINS, Distribution

EPOCHS = [0.0, 0.125, 1.0, 2.0]
NAN = float("nan")


def told(low: float, high: float, zeros: float = 0.0) -> Distribution:
    return Distribution((low + high) / 2, (high - low) / 4, zeros, low, high, (5,) * BINS)


PARTS = [told(-0.1, 0.1), told(-0.2, 0.3), told(-1, 1, 0.25), told(-2, 2)]


def test_the_heat_map_has_each_moment_on_common_bins():
    figure = distributions_figure(PARTS, EPOCHS, Scale(), "Weights")
    heat = figure["data"][0]
    shares = np.array([[v or 0 for v in row] for row in heat["z"]]) ** 2
    np.testing.assert_allclose(shares.sum(axis=0), 1, rtol=0.02)
    edges = common_edges(PARTS, Scale())
    np.testing.assert_allclose(shares[:, 1], rebinned(PARTS[1], edges), rtol=0.02, atol=1e-9)
    assert heat["y"][0] == pytest.approx(-2, abs=0.1)
    assert figure["layout"]["yaxis"]["range"] == [-2, 2]


def test_mean_spread_and_zeros_are_lines():
    _, mean, above, below, zeros, _ = distributions_figure(PARTS, EPOCHS, Scale(), "W")["data"]
    assert mean["y"] == pytest.approx([0, 0.05, 0, 0])
    assert above["y"] == pytest.approx([0.05, 0.175, 0.5, 1])
    assert below["y"] == pytest.approx([-0.05, -0.075, -0.5, -1])
    assert zeros["y"] == [0, 0, 0.25, 0]


@pytest.mark.parametrize("index", [0, 3])
def test_a_moment_is_marked_and_shown_as_bars(index: int):
    scale = by_decades(PARTS)
    figure = distributions_figure(PARTS, EPOCHS, scale, "Gradients")
    before = copy.deepcopy(figure)
    shown = at_moment(figure, PARTS, scale, index)
    assert figure == before
    assert shown["layout"]["shapes"][0]["x0"] == index
    assert sum(shown["data"][-1]["x"]) == pytest.approx(1, abs=1e-3)
    assert max(shown["data"][-1]["x"]) <= shown["layout"]["xaxis2"]["range"][1]
    assert all(new is old for new, old in zip(shown["data"][:-1], figure["data"], strict=False))


def test_powers_of_ten_stand_where_they_belong():
    parts = [told(-1e-5, 1e-5), told(-3, 3)]
    scale = by_decades(parts)
    axis = distributions_figure(parts, EPOCHS[:2], scale, "G")["layout"]["yaxis"]
    places = dict(zip(axis["ticktext"], axis["tickvals"], strict=True))
    assert places["0"] == 0
    assert places["1"] == pytest.approx(float(scale.position([1.0])[0]), rel=1e-4)
    assert places["−1"] == pytest.approx(-places["1"])


def test_what_is_no_number_can_be_drawn():
    broken = Distribution(NAN, NAN, 0.0, 0.0, 0.0, (0,) * BINS)
    for parts in ([*PARTS[:3], broken], [broken] * 4):
        for scale in (Scale(), by_decades(parts)):
            figure = distributions_figure(parts, EPOCHS, scale, "W")
            json.dumps(at_moment(figure, parts, scale, 3), allow_nan=False)
    json.dumps(gradient_figure({"a": [NAN, 0.0, 1, 2]}, EPOCHS, 0), allow_nan=False)


def test_gradients_of_all_layers_on_one_logarithmic_axis():
    figure = gradient_figure({"first": [1e-6, 0, 2e-6, 3e-6], "last": [0.1] * 4}, EPOCHS, 2)
    first, last = figure["data"]
    assert (first["y"], last["y"]) == ([1e-6, None, 2e-6, 3e-6], [0.1] * 4)
    assert first["line"]["color"] != last["line"]["color"]
    assert first["marker"]["symbol"] != last["marker"]["symbol"]
    axis = figure["layout"]["yaxis"]
    assert (axis["type"], axis["range"]) == ("log", [-6, -1])
    assert figure["layout"]["shapes"][0]["x0"] == 2


def test_numbers_of_units_say_of_how_many():
    figure = units_figure({"a": [0, 1, 2, 9]}, {"a": 16}, EPOCHS, 1)
    assert figure["data"][0]["y"] == [0, 1, 2, 9]
    assert "of 16" in figure["data"][0]["hovertemplate"]


@pytest.mark.parametrize(
    ("epoch", "name"), [(0, "start"), (0.125, "12 %"), (1.0, "1"), (17.0, "17")]
)
def test_moments_are_named_shortly(epoch: float, name: str):
    assert moment_name(epoch) == name


def test_of_many_moments_some_are_named_the_last_among_them():
    axis = moments_axis([float(epoch) for epoch in range(60)])
    assert len(axis["tickvals"]) <= 12
    assert axis["ticktext"][-1] == "59"


@pytest.mark.parametrize(
    ("value", "words"), [(0.0123, "0.0123"), (-0.5, "−0.5"), (2.72e-5, "2.72·10⁻⁵"), (0.0, "0")]
)
def test_numbers_are_written_as_people_do(value: float, words: str):
    assert number_words(value) == words


def layer(activation: str, silent: list[int], units: int = 64, kind: str = "Dense") -> Layer:
    found, none = np.array(silent, np.int64), np.zeros(0, np.int64)
    dead = activation == "relu"
    moment = LayerMoment({}, found if dead else none, none if dead else found)
    return Layer(1, kind, activation, units, (moment,))


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (
            layer("relu", [3, 17, 40]),
            "units 3, 17 and 40 are dead: they give 0 for every one of the 128 sample images.",
        ),
        (
            layer("relu", [5], kind="Conv2D"),
            "filter 5 is dead: it gives 0 for every one of the 128 sample images.",
        ),
        (
            layer("tanh", [1, 2]),
            "units 1 and 2 are saturated: 95 % or more of their outputs for the 128 sample images"
            " lie at an end of tanh.",
        ),
        (
            layer("relu", [0, 1, 2], units=3),
            "all 3 units are dead: they give 0 for every one of the 128 sample images.",
        ),
    ],
)
def test_units_are_named(shown: Layer, words: str):
    assert units_words(shown, 0, 128) == words


def test_of_many_units_the_first_are_named():
    words = units_words(layer("relu", list(range(1, 41))), 0, 128)
    assert words.startswith(f"units {', '.join(map(str, range(1, NAMED + 1)))} and 28 more (of 64)")
