import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from nnlab.figures import data, palette

NAMES = tuple("0123456789")
IMAGE = np.arange(784, dtype=np.uint32).astype(np.uint8).reshape(28, 28)
TINY = (np.arange(64) % 17).astype(np.uint8).reshape(8, 8)
COUNTS = {
    "training": np.arange(10, 20),
    "validation": np.zeros(10, int),
    "test": np.full(10, 3),
}

FIGURES = {
    "counts": data.class_counts(COUNTS, NAMES),
    "pixels": data.pixel_values(IMAGE, "Training image 0: a 5"),
    "tiny": data.pixel_values(TINY, "A 3", 16.0),
    "normalised": data.normalised(IMAGE, 255.0),
    "flattened": data.flattened(IMAGE),
    "one_hot": data.one_hot(3, NAMES),
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
def test_every_figure_is_valid_plain_and_labelled(figure: dict[str, Any]):
    go.Figure(figure)
    json.dumps(figure)
    layout = figure["layout"]
    assert layout["title"]["text"]
    assert layout["xaxis"]["title"]["text"]
    assert layout["yaxis"]["title"]["text"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["font"]["size"] >= 12
    assert layout["uirevision"]


def test_counts_have_a_bar_a_class_and_part_and_no_empty_part():
    bars = FIGURES["counts"]["data"]
    assert [(bar["name"], bar["y"]) for bar in bars] == [
        ("Training", list(range(10, 20))),
        ("Test", [3] * 10),
    ]
    assert [bar["marker"]["color"] for bar in bars] == [palette.TRAINING, palette.TEST]
    assert sum(bars[0]["customdata"]) == pytest.approx(1)
    assert bars[0]["x"] == list(NAMES)


def test_pixels_are_upright_square_and_unchanged():
    (trace,) = FIGURES["pixels"]["data"]
    assert trace["z"] == IMAGE.tolist()
    assert (trace["zmin"], trace["zmax"]) == (0, 255)
    y_axis = FIGURES["pixels"]["layout"]["yaxis"]
    assert (y_axis["autorange"], y_axis["scaleanchor"]) == ("reversed", "x")
    assert "%{z" in trace["hovertemplate"]


def test_numbers_are_written_only_where_they_can_be_read():
    assert "texttemplate" in FIGURES["tiny"]["data"][0]
    assert FIGURES["tiny"]["data"][0]["zmax"] == 16
    assert "texttemplate" not in FIGURES["pixels"]["data"][0]


def test_normalised_is_the_image_divided():
    (trace,) = FIGURES["normalised"]["data"]
    np.testing.assert_allclose(trace["z"], IMAGE / 255)
    assert trace["zmax"] == 1


def test_flattened_is_the_order_of_a_flatten_layer():
    (trace,) = FIGURES["flattened"]["data"]
    assert trace["z"] == [IMAGE.flatten().tolist()]
    assert trace["customdata"][0][57] == [2, 1]
    assert IMAGE[2, 1] == trace["z"][0][57]
    assert "28 × 28" in FIGURES["flattened"]["layout"]["title"]["text"]


def test_one_hot_has_a_single_one_at_the_label():
    (trace,) = FIGURES["one_hot"]["data"]
    assert trace["z"] == [[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]]
    assert trace["x"] == list(NAMES)


def test_long_class_names_are_slanted_and_get_room():
    short, long = data.one_hot(0, NAMES)["layout"], data.one_hot(0, ["Ankle boot", "Bag"])["layout"]
    assert "tickangle" not in short["xaxis"]
    assert long["xaxis"]["tickangle"] == -45
    assert long["height"] > short["height"]


def test_names_that_would_run_out_of_the_chart_are_shortened_on_some_ticks():
    names = [f"the class of number {i:02}" for i in range(50)]
    axis = data.one_hot(0, names)["layout"]["xaxis"]
    assert axis["tickvals"] == names[::2]
    assert set(axis["ticktext"]) == {"the class of numb…"}
    assert "tickvals" not in data.one_hot(0, ["Ankle boot", "Bag"])["layout"]["xaxis"]
