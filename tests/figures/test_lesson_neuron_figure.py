import json

import numpy as np
import pytest

from nnlab.figures.neuron import neuron_figure, stacked_figure

INPUTS = np.linspace(-1, 1, 5)
ALONE = {
    "z": 0.75, "output": 0.635, "slope": 0.6, "sums": np.linspace(-6, 6, 7),
    "curve": np.tanh(np.linspace(-6, 6, 7)), "slopes": np.ones(7),
    "inputs": INPUTS, "map": np.arange(25.0).reshape(5, 5),
}  # fmt: skip
STACKED = {
    "two": 0.25, "one": -1.25, "weights": np.array([1.0, 2.0]), "bias": 0.5, "inputs": INPUTS,
    "map": np.arange(25.0).reshape(5, 5), "cut_two": INPUTS**2, "cut_one": INPUTS,
}  # fmt: skip


def _trace(figure: dict, name: str, axis: str = "x2") -> dict:
    return next(t for t in figure["data"] if t.get("name") == name and t.get("xaxis") == axis)


def test_one_neuron_shows_where_it_stands_on_both_charts() -> None:
    figure = neuron_figure(ALONE, (0.5, -0.25), "tanh")
    assert figure["data"][0]["z"][1][2] == 7
    on_map, on_curve = [t for t in figure["data"] if t.get("name") == "you are here"]
    assert (on_map["x"], on_map["y"]) == ([0.5], [-0.25])
    assert (on_curve["x"], on_curve["y"]) == ([0.75], [0.635])
    assert _trace(figure, "its slope")["y"] == [1.0] * 7


def test_two_layers_are_drawn_with_the_single_one() -> None:
    figure = stacked_figure(STACKED, (0.5, -0.25), "ReLU")
    assert _trace(figure, "two layers")["y"] == [1, 0.25, 0, 0.25, 1]
    assert _trace(figure, "one layer, W₁W₂")["y"] == INPUTS.tolist()
    assert _trace(figure, "you are here")["y"] == [0.25]


@pytest.mark.parametrize("activation", ["step", "linear", "sigmoid", "tanh", "ReLU", "ELU"])
def test_scales_stand_still_and_the_figures_are_plain(activation: str) -> None:
    for make, answer in ((neuron_figure, ALONE), (stacked_figure, STACKED)):
        figure = make(answer, (0.5, 0.5), activation)
        moved = make(answer, (-0.5, 1.0), activation)
        json.dumps(figure, allow_nan=False)
        for axis in ("xaxis", "yaxis", "xaxis2", "yaxis2"):
            assert figure["layout"][axis]["range"] == moved["layout"][axis]["range"]
            assert figure["layout"][axis]["title"]["text"]
        assert figure["data"][0]["zmin"] == moved["data"][0]["zmin"]
