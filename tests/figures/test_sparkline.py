import math
import re
from xml.etree import ElementTree

import pytest

from nnlab.figures.sparkline import sparkline_svg

SVG = "{http://www.w3.org/2000/svg}"


def parts(svg: str) -> tuple[str, list[tuple[float, float]], int]:
    """Title, the places along the line, and how many separate strokes it has."""
    root = ElementTree.fromstring(svg)
    path = root.find(f"{SVG}path")
    drawn = "" if path is None else path.get("d", "")
    places = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", drawn)]
    return root.findtext(f"{SVG}title") or "", places, drawn.count("M")


def test_rising_values_rise_from_left_to_right() -> None:
    title, places, strokes = parts(sparkline_svg([0.1, 0.5, 0.9], label="Accuracy"))

    assert title == "Accuracy: from 0.1 to 0.9 in 3 values"
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert [y for _, y in places] == sorted((y for _, y in places), reverse=True)
    assert strokes == 1


@pytest.mark.parametrize("bad", [None, math.nan, math.inf])
def test_gaps(bad: float | None) -> None:
    _, places, strokes = parts(sparkline_svg([1.0, 2.0, bad, 1.0, 2.0]))

    assert len(places) == 4
    assert strokes == 2


@pytest.mark.parametrize("values", [[], [None], [math.nan, math.nan]])
def test_no_values(values: list[float | None]) -> None:
    title, places, _ = parts(sparkline_svg(values))

    assert title == "History: no values yet"
    assert places == []


@pytest.mark.parametrize("values", [[3.0], [3.0, 3.0]])
def test_flat_lines_are_in_the_middle(values: list[float]) -> None:
    _, places, _ = parts(sparkline_svg(values, height=24))

    assert {y for _, y in places} == {12.0}


def test_stays_inside_its_picture_and_small() -> None:
    svg = sparkline_svg([math.sin(i) for i in range(5000)], width=80, height=20)

    _, places, _ = parts(svg)
    assert all(0 < x < 80 and 0 < y < 20 for x, y in places)
    assert len(svg) < 1500


def test_label_is_escaped() -> None:
    assert parts(sparkline_svg([1.0], label="<b>"))[0].startswith("<b>:")
