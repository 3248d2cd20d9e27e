"""Pictures of the Inside page: colours, the flow, products and the written sum."""

import re

import numpy as np
import pytest

from nnlab.analysis.weighted_sum import NeuronPass, weighted_sum
from nnlab.figures.diverging import coloured, css_colours, furthest
from nnlab.figures.flow import Column, bars_body, cells_body, flow, maps_body
from nnlab.figures.neuron_pass import activation_curve, product_bars, product_images, sum_table
from nnlab.figures.weights import value_bars, value_image


def test_colours_are_told_by_sign_and_strength():
    low, zero, half, high, none = coloured(np.array([-2.0, 0, 1, 2, np.nan]), 2.0).tolist()
    assert zero == [0xF7, 0xF7, 0xF7]
    assert high == [0x00, 0x72, 0xB2]
    assert low == [0xD5, 0x5E, 0x00]
    assert half == [round((a + b) / 2) for a, b in zip(zero, high, strict=True)]
    assert none == [0x8A, 0x8F, 0x98]
    assert css_colours(np.array([9.0]), 2.0) == ["#0072b2"]  # beyond the scale is its end


def test_the_scale_reaches_as_far_both_ways():
    assert furthest(np.array([-3.0, 2.0, np.nan, np.inf])) == 3.0
    assert furthest(np.zeros(4)) == 1.0


def test_the_flow_holds_every_number_in_order_and_marks_one():
    values = np.array([0.5, -1.25, 0.0])
    column = Column("Dense 3 <b>", "3", cells_body(values, chosen=1), "three values", 4)
    markup = flow([column])
    assert re.findall(r'data-v="([^"]+)"', markup) == ["0.5", "−1.25", "0"]
    assert 'data-layer="4"' in markup
    assert "Dense 3 &lt;b&gt;" in markup
    assert re.search(r'<i class="chosen" data-v="−1.25"', markup)


def test_bars_name_every_class_and_the_largest_in_bold():
    markup = bars_body(np.array([0.25, 0.75]), ["Bag", "T-shirt/<top>"], True)
    assert "25.0%" in markup
    assert "<b>T-shirt/&lt;top&gt;</b>" in markup
    assert "width:75.0%" in markup
    logits = bars_body(np.array([-2.0, np.nan]), ["a", "b"], False)
    assert "width:100.0%" in logits
    assert "not a number" in logits


def test_maps_come_with_their_filters_and_their_ranges():
    maps = np.stack([np.full((2, 2), 0.5), np.array([[0, 1], [2, 3.0]])], axis=-1)
    markup = maps_body(maps, [np.eye(3), -np.eye(3)], chosen=0)
    assert markup.count("<img") == 4
    assert re.findall(r'data-v="([^"]+)"', markup) == ["from 0.5 to 0.5", "from 0 to 3"]
    assert maps_body(maps).count("<img") == 2


def passed(inputs: np.ndarray, weights: np.ndarray, bias: float) -> NeuronPass:
    z = float(np.sum(inputs * weights)) + bias
    grid = np.linspace(-3, 3, 5, dtype=np.float32)
    return NeuronPass(inputs, weights, bias, z, max(z, 0.0), None, grid, np.maximum(grid, 0))


def test_the_table_is_an_addition_that_adds_up():
    lot = np.random.default_rng(0)
    inputs, weights = lot.random(30, np.float32), lot.normal(0, 1, 30).astype(np.float32)
    found = passed(inputs, weights, 0.125)
    added = weighted_sum(inputs, weights, 0.125, 4)
    markup = sum_table(added, found, lambda position: f"<pixel {position}>", "ReLU")
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in markup.split("<tr")[2:]]
    assert len(rows) == 4 + 5
    assert rows[0][0] == f"&lt;pixel {added.positions[0]}&gt;"
    assert rows[4][0] == "26 others together"
    *terms, weighted, bias, z = [
        int(row[3].replace("−", "-").replace(".", "")) for row in rows[:-1]
    ]
    assert sum(terms) == weighted
    assert weighted + bias == z
    assert rows[-1][0] == "output f(z), ReLU"


def test_products_as_images_and_as_bars_multiply():
    inputs, weights = np.array([[0.5, 0.25]]), np.array([[-2.0, np.nan]])
    first, second, third = product_images(inputs, weights, pixels=True)["data"]
    assert (first["z"], second["z"], third["z"]) == ([[0.5, 0.25]], [[-2.0, None]], [[-1.0, None]])
    assert (first["zmin"], first["zmax"]) == (0.0, 1.0)
    assert (third["zmin"], third["zmax"]) == (-1.0, 1.0)
    bars = product_bars(np.array([0.5, 2.0]), np.array([-2.0, 3.0]))["data"]
    assert [trace["y"] for trace in bars] == [[0.5, 2.0], [-2.0, 3.0], [-1.0, 6.0]]


def test_the_curve_has_the_point_where_the_unit_stands():
    found = passed(np.array([1.0]), np.array([2.0]), 0.5)
    line, point = activation_curve(found, "ReLU")["data"]
    assert (point["x"], point["y"]) == ([2.5], [2.5])
    assert line["y"] == pytest.approx([0, 0, 0, 1.5, 3])


def test_images_and_bars_leave_out_what_is_no_number():
    image = value_image(np.array([[1.0, np.nan]]), "t", "weight")
    assert image["data"][0]["z"] == [[1.0, None]]
    bars = value_bars(np.array([1.0, np.inf, -2.0]), ["a", "b", "c"], "t", ("x", "y"))
    assert bars["data"][0]["y"] == [1.0, None, -2.0]
    assert bars["layout"]["xaxis"]["ticktext"] == ["a", "b", "c"]
