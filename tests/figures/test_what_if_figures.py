import pytest

from nnlab.figures.what_if import MOST_ABOVE, Series, accuracy_curves, class_bars


def series(name: str = "Noise", **more) -> Series:
    return Series(name, (0, 5, 10), (0.9, 0.6, 0.05), ("a", "b", "c"), "#123456", **more)


def test_a_curve_with_its_marked_point_and_a_level():
    made = accuracy_curves("Title", "How much", 10, [series(marked=1)], (0.8, "off"))
    line, mark, level = made["data"]
    assert (line["x"], line["y"]) == ([0, 5, 10], [0.9, 0.6, 0.05])
    assert line["hovertext"] == ["a", "b", "c"]
    assert (mark["x"], mark["y"], mark["showlegend"]) == ([5], [0.6], False)
    assert mark["marker"]["size"] > line["marker"]["size"]
    assert (level["y"], level["name"]) == ([0.8, 0.8], "off")
    (shape,) = made["layout"]["shapes"]
    assert shape["x0"] == shape["x1"] == 5
    assert made["layout"]["yaxis"]["range"][0] == 0


def test_the_band_stays_between_none_and_all():
    made = accuracy_curves("Title", "How much", 10, [series(spread=(0.2, 0.1, 0.1))])
    band, line = made["data"]
    assert band["x"] == [0, 5, 10, 10, 5, 0]
    assert band["y"] == pytest.approx([1.0, 0.7, 0.15, 0.0, 0.5, 0.7])
    assert not band["showlegend"]
    assert line["mode"] == "lines+markers"
    assert made["layout"]["shapes"] == []


def test_a_curve_that_is_not_known_yet_is_empty():
    made = accuracy_curves("Title", "How much", 1, [Series("Noise", (), (), (), "#123456")])
    assert made["data"][0]["x"] == []


def test_many_names_stand_below_and_make_the_chart_higher():
    few = accuracy_curves("T", "x", 1, [series(str(n)) for n in range(MOST_ABOVE)])["layout"]
    many = accuracy_curves("T", "x", 1, [series(str(n)) for n in range(MOST_ABOVE + 3)])["layout"]
    assert few["legend"]["y"] > 1
    assert many["legend"]["y"] < 0
    assert many["height"] > few["height"]
    plots = [made["height"] - made["margin"]["t"] - made["margin"]["b"] for made in (few, many)]
    assert plots[1] >= plots[0]


def test_classes_before_and_now():
    made = class_bars([0.9, 0.8], [0.5, 0.0], ["cat", "dog"])
    before, now = made["data"]
    assert (before["y"], now["y"]) == ([0.9, 0.8], [0.5, 0.0])
    assert made["layout"]["xaxis"]["ticktext"] == ["cat", "dog"]
    assert made["layout"]["barmode"] == "group"
