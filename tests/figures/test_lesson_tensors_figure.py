from xml.etree import ElementTree

import numpy as np
import pytest

from nnlab.figures.broadcasting import broadcasting_picture, verdicts
from nnlab.figures.tensor_types import change_picture, pixel_picture

PIXELS = {
    "uint8": (200, 100, 44), "float32": (200, 100, 300.0), "scaled": (0.784, 0.392, 1.176),
    "error": "InvalidArgumentError: uint8 & float",
}  # fmt: skip
CHANGE = {"constant": [1, 2, 3], "error": "TypeError: <no>", "variable": [1, 9, 3]}


def _written(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    return [node.text or "" for node in root.iter() if node.tag.endswith("text")]


def _copies(svg: str) -> int:
    root = ElementTree.fromstring(svg)
    return sum(node.get("stroke-dasharray") == "3 2" for node in root.iter())


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((3,), (1,), ["", "", "B"]),
        ((2,), (2, 3), ["", "A", "clash"]),
        ((2, 3), (2, 1), ["", "equal", "B"]),
        ((), (4, 2, 3), ["A", "A", "A"]),
        ((1,), (), ["", "", "B"]),
    ],
)
def test_axes_are_aligned_from_the_right(
    a: tuple[int, ...], b: tuple[int, ...], expected: list[str]
) -> None:
    assert verdicts(a, b) == expected


def test_the_product_stands_there_and_copies_are_dashed() -> None:
    a, b = np.array([1, 2, 3]), np.array([5])
    svg = broadcasting_picture({"a": a, "b": b, "product": a * b, "error": ""})
    assert {"5", "10", "15", "B stretched"} <= set(_written(svg))
    assert _copies(svg) == 2
    assert "(3,), 3 values" in ElementTree.fromstring(svg).get("aria-label", "")


def test_a_clash_says_why() -> None:
    a, b = np.ones((2, 3), int), np.ones(2, int)
    error = "InvalidArgumentError: Incompatible shapes: [2,3] vs. [2]"
    svg = broadcasting_picture({"a": a, "b": b, "product": None, "error": error})
    told = " ".join(_written(svg))
    assert "clash" in told
    assert error in told
    assert "do not fit" in ElementTree.fromstring(svg).get("aria-label", "")


def test_pixels_are_painted_in_their_grey() -> None:
    svg = pixel_picture(PIXELS)
    fills = [node.get("fill") for node in ElementTree.fromstring(svg).iter() if node.get("fill")]
    assert fills.count("#c8c8c8") == 3  # 200 of 255, in each row
    assert fills.count("#2c2c2c") == 1  # 44
    assert fills.count("#ffffff") == 2  # what is above white
    assert "wrapped: 300 −" in " ".join(_written(svg))


def test_a_sum_that_fits_is_not_called_wrapped() -> None:
    svg = pixel_picture(
        PIXELS | {"uint8": (9, 1, 10), "float32": (9, 1, 10.0), "scaled": (0.04, 0.0, 0.04)}
    )
    assert "wrapped" not in " ".join(_written(svg))


def test_the_changed_value_is_marked_in_the_variable_only() -> None:
    svg = change_picture(CHANGE, 1, 9)
    told = _written(svg)
    assert told.count("9") == 1
    assert "TypeError: <no>" in told
    assert "[1, 9, 3]" in ElementTree.fromstring(svg).get("aria-label", "")
