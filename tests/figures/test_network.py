from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from nnlab.architecture import Architecture, summarize
from nnlab.experiment import (
    ACTIVATIONS,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    Layer,
    MaxPooling2D,
    Output,
)
from nnlab.figures import palette
from nnlab.figures.network import network_svg

SVG = "{http://www.w3.org/2000/svg}"
FASHION = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker"]
CNN = (Conv2D(), MaxPooling2D(), Conv2D(filters=64), MaxPooling2D(), Flatten(), Dropout(rate=0.5))
STACKS: dict[str, tuple[Layer, ...]] = {
    "none": (),
    "beginner": (Flatten(), Dense(units=128), Dropout(rate=0.2)),
    "cnn": CNN,
    "deep": (Flatten(), *[Dense(units=units) for units in (512, 256, 128, 64, 32, 16, 8)]),
    "all types": (Conv2D(), BatchNormalization(), Activation(), Dropout(), Flatten(), Dense(), *[
        BatchNormalization(), Activation(), Dropout()]),
    "flat twice": (Flatten(), Dropout(), Flatten(), BatchNormalization(), Dense(), Flatten()),
    "longest": (Flatten(), *[Dense(units=3) for _ in range(23)]),
    "invalid": (Conv2D(), Dense(), Dropout()),
}  # fmt: skip


def built(*layers: Layer, shape: tuple[int, ...] = (28, 28, 1), classes: int = 10) -> Architecture:
    return summarize(Experiment(layers=layers), shape, classes)


def picture(architecture: Architecture, **options: Any) -> ElementTree.Element:
    """The `<svg>` element; fails if the markup is not well-formed."""
    svg = ElementTree.fromstring(network_svg(architecture, **options)).find(f"{SVG}svg")
    assert svg is not None
    return svg


def words(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def layer_group(svg: ElementTree.Element, position: int) -> ElementTree.Element:
    """The drawing of one layer; the input is at position 0."""
    return svg.findall(f"{SVG}g")[position]


def units(group: ElementTree.Element) -> list[ElementTree.Element]:
    return [circle for circle in group.iter(f"{SVG}circle") if float(circle.get("r", 0)) > 5]


@pytest.mark.parametrize("layers", STACKS.values(), ids=STACKS.keys())
@pytest.mark.parametrize("shape", [(28, 28, 1), (8, 8, 1), (20, 40, 3), (300, 200, 3)])
def test_every_stack_is_well_formed_and_accessible(
    layers: tuple[Layer, ...], shape: tuple[int, ...]
) -> None:
    svg = picture(built(*layers, shape=shape))

    assert svg.get("role") == "img"
    assert len(svg.findall(f"{SVG}g")) == len(layers) + 2
    by_id = {element.get("id"): element.tag for element in svg}
    assert by_id[svg.get("aria-labelledby")] == f"{SVG}title"
    assert by_id[svg.get("aria-describedby")] == f"{SVG}desc"


@pytest.mark.parametrize("layers", STACKS.values(), ids=STACKS.keys())
def test_everything_lies_inside_the_picture(layers: tuple[Layer, ...]) -> None:
    svg = picture(built(*layers))
    left, top, width, height = map(float, svg.get("viewBox", "").split())

    for element in svg.iter():
        if element.tag in (f"{SVG}rect", f"{SVG}text", f"{SVG}circle"):
            x = float(element.get("x") or element.get("cx") or 0)
            y = float(element.get("y") or element.get("cy") or 0)
            assert left <= x <= left + width
            assert top <= y <= top + height


def test_the_description_tells_the_whole_network() -> None:
    svg = picture(built(*STACKS["beginner"]))

    assert svg.findtext(f"{SVG}title") == "Network of 4 layers, 101,770 parameters"
    assert svg.findtext(f"{SVG}desc") == (
        "Input 28×28×1. Flatten: gives 784, no parameters. "
        "Dense 128 · ReLU: gives 128, 100,480 parameters. "
        "Dropout 20 %: gives 128, no parameters. "
        "Output 10 · softmax: gives 10, 1,290 parameters."
    )


def test_names_shapes_parameters_and_activations_are_written() -> None:
    written = words(picture(built(*CNN)))

    expected = {"Conv2D", "32 filters 3×3", "ReLU", "26 × 26 × 32", "320 parameters", "softmax"}
    expected |= {"largest of 2×2", "drops 50 %", "1,600", "16,010 parameters"}
    assert expected <= set(written)


def test_millions_of_parameters_are_shortened_in_the_picture_only() -> None:
    svg = picture(built(Flatten(), Dense(units=4096)))

    assert "3.22 M parameters" in words(svg)
    assert "3,215,360 parameters" in (svg.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize(("width", "drawn"), [(1, 1), (7, 7), (12, 12), (13, 12), (4096, 12)])
def test_a_dense_layer_draws_at_most_twelve_units(width: int, drawn: int) -> None:
    dense = layer_group(picture(built(Flatten(), Dense(units=width))), 2)
    dots = [circle for circle in dense.iter(f"{SVG}circle") if float(circle.get("r", 0)) < 5]

    assert len(units(dense)) == drawn
    assert len(dots) == (3 if width > drawn else 0)


def test_dropout_leaves_out_its_rate_of_the_units() -> None:
    svg = picture(built(Flatten(), Dense(units=10), Dropout(rate=0.3)))

    hollow = [unit for unit in units(layer_group(svg, 3)) if unit.get("fill") == "none"]
    assert len(hollow) == 3


def test_a_dropped_unit_sends_nothing_on() -> None:
    def lines_to_output(rate: float) -> int:
        svg = picture(built(Flatten(), Dense(units=10), Dropout(rate=rate)))
        paths = [path for path in svg.findall(f"{SVG}path") if path.get("stroke-width") != "0.9"]
        return sum((path.get("d") or "").count("M") for path in paths)

    assert lines_to_output(0.0) - lines_to_output(0.3) == 3 * 10


def front_map(group: ElementTree.Element) -> tuple[int, float]:
    """How many maps are drawn, and the width of the front one."""
    maps = group.findall(f"{SVG}rect")
    return len(maps), float(maps[-1].get("width", 0))


def test_maps_follow_the_shape() -> None:
    svg = picture(built(*CNN))
    image, first, pooled, second, last = (front_map(layer_group(svg, i)) for i in range(5))

    assert image[0] == 1 < first[0] == pooled[0] < second[0] == last[0]
    assert image[1] > first[1] > pooled[1] > second[1] > last[1]
    assert first[1] / image[1] == pytest.approx(26 / 28, abs=0.01)


def test_classes_have_their_names_and_colours() -> None:
    svg = picture(built(Flatten(), classes=8), class_names=FASHION)

    assert [name for name in words(svg) if name in FASHION] == FASHION
    colours = [unit.get("fill") for unit in units(layer_group(svg, 2))]
    assert colours == [palette.class_colour(label) for label in range(8)]


def test_of_many_classes_the_first_and_the_last_are_named() -> None:
    written = words(layer_group(picture(built(Flatten(), classes=47)), 2))

    assert written[-2 - 12 :][:12] == [*map(str, range(6)), *map(str, range(41, 47))]


def test_outside_text_is_escaped_and_long_names_are_cut() -> None:
    svg = picture(built(*CNN), class_names=["<script>", "a very very long class name"])

    assert "<script>" in words(svg)
    assert any(word.startswith("a very") and word.endswith("…") for word in words(svg))


@pytest.mark.parametrize("shape", [(28, 28), (28, 28, 3), (200, 100)])
def test_a_sample_is_drawn_as_the_input(shape: tuple[int, ...]) -> None:
    dark, light = np.zeros(shape), np.ones(shape)
    light[0, 0] = np.nan

    def pixels(sample: np.ndarray) -> int:
        image = layer_group(picture(built(Flatten()), sample=sample), 0)
        return sum((path.get("d") or "").count("z") for path in image.iter(f"{SVG}path"))

    assert pixels(dark) == 0
    assert 300 < pixels(light) <= 32 * 32


def test_a_problem_is_outlined_with_a_sign_beside_the_colour() -> None:
    svg = picture(built(Conv2D(), Dense(), Dropout()))
    outlined = [
        i for i in range(5) if any(rect.get("stroke") == palette.WRONG
                                   for rect in layer_group(svg, i).iter(f"{SVG}rect"))
    ]  # fmt: skip

    assert outlined == [2]
    assert "!" in words(layer_group(svg, 2))
    assert "needs mending" in words(layer_group(svg, 2))
    assert "add a Flatten layer" in (layer_group(svg, 2).findtext(f"{SVG}title") or "")
    for later in (3, 4):
        assert "?" in words(layer_group(svg, later))


def test_a_layer_too_large_is_outlined_but_drawn() -> None:
    svg = picture(built(Flatten(), *[Dense(units=4096) for _ in range(3)]))
    group = layer_group(svg, 3)

    assert "!" in words(group)
    assert len([unit for unit in units(group) if unit.get("fill") != palette.WRONG]) == 12


def test_text_takes_the_colour_of_the_page() -> None:
    svg = picture(built(*STACKS["all types"]))

    assert {text.get("fill") for text in svg.iter(f"{SVG}text")} == {"currentColor"}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_has_a_curve(name: Any) -> None:
    svg = picture(built(Flatten(), Dense(activation=name)))

    curve = layer_group(svg, 2).find(f"{SVG}polyline")
    assert curve is not None
    heights = [float(place.split(",")[1]) for place in (curve.get("points") or "").split()]
    assert heights[0] > heights[-1]


def test_an_output_of_logits_has_a_line_for_its_activation() -> None:
    experiment = Experiment(layers=(Flatten(),), output=Output(activation="linear"))
    svg = picture(summarize(experiment, (28, 28, 1), 10))

    assert "linear" in words(svg)


def test_long_networks_wrap_into_rows() -> None:
    def height(*layers: Layer) -> float:
        return float((picture(built(*layers)).get("viewBox") or "").split()[3])

    six = [Dense() for _ in range(5)]
    assert height(Flatten(), *six) == height(Flatten())
    assert height(Flatten(), *six, Dense()) > 1.5 * height(Flatten())


def test_points_are_drawn_as_columns() -> None:
    svg = picture(built(Dense(units=4), shape=(2,), classes=2))

    assert [len(units(layer_group(svg, i))) for i in range(3)] == [2, 4, 2]
    assert "one example" in words(svg)


def test_pictures_stay_small() -> None:
    assert len(network_svg(built(*STACKS["longest"]))) < 150_000
    assert len(network_svg(built(*STACKS["beginner"]))) < 30_000
