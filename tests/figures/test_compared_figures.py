"""Charts of several runs: bands, a setting against a result, all settings side by side."""

import pytest

from nnlab.figures.compared import MOST_NAMED, Axes, Curve, curves
from nnlab.figures.many_runs import Result, Setting, parallel, scatter

AXES = Axes("Epoch", "Training accuracy", True)
ACCURACY = Result("Test accuracy", (0.8, 0.9, None), True)
NAMES = ("a", "<b>", "c")


def test_a_band_goes_along_its_top_and_back_along_its_bottom():
    curve = Curve("A", (1, 2), (0.5, 0.6), (0.4, 0.5), (0.6, 0.7))
    band, line = curves([curve], AXES)["data"]
    assert (band["x"], band["y"], band["fill"]) == ([1, 2, 2, 1], [0.6, 0.7, 0.5, 0.4], "toself")
    assert (line["x"], line["y"], line["name"]) == ([1, 2], [0.5, 0.6], "A")
    assert line["line"]["color"] == band["line"]["color"]


def test_forty_curves_can_be_told_apart():
    drawn = [Curve(str(at), (1,), (0.5,)) for at in range(40)]
    lines = curves(drawn, AXES)["data"]
    assert len({(line["line"]["color"], line["line"]["dash"]) for line in lines}) == 40
    assert not any(line["showlegend"] for line in lines)
    assert all(line["showlegend"] for line in curves(drawn[:MOST_NAMED], AXES)["data"])
    grouped = [Curve(str(at), (1,), (0.5,), group=f"<{at % 3}>") for at in range(40)]
    named = [line["name"] for line in curves(grouped, AXES)["data"] if line["showlegend"]]
    assert named == ["&lt;0&gt;", "&lt;1&gt;", "&lt;2&gt;"]


def test_names_are_text():
    (line,) = curves([Curve("<img>", (1,), (0.5,))], AXES)["data"]
    assert line["name"] == "&lt;img&gt;"
    (dots,) = scatter(NAMES, Setting("x", (1, 2, 3)), ACCURACY)["data"]
    assert dots["text"] == ["a", "&lt;b&gt;"]


@pytest.mark.parametrize(
    ("values", "axis"),
    [((8, 16, 32), "linear"), ((0.001, 0.1, 1), "log"), (("Adam", "SGD", "SGD"), "category"),
     ((True, False, True), "category"), ((1, None, 2), "category")],
)  # fmt: skip
def test_a_setting_has_the_axis_that_fits(values: tuple, axis: str):
    figure = scatter(NAMES, Setting("x", values), ACCURACY)
    assert figure["layout"]["xaxis"]["type"] == axis
    assert figure["data"][0]["y"] == [0.8, 0.9]  # the third has no result


def test_a_line_a_run_over_settings_and_result():
    settings = [Setting("Units", (8, 64, 16)), Setting("Optimizer", ("Adam", None, "SGD"))]
    figure = parallel(NAMES, settings, ACCURACY)
    first, second = figure["data"]
    assert (first["y"], second["y"]) == ([0.0, 0.5, 0.0], [1.0, None, 1.0])
    assert first["text"] == ["Units: 8", "Optimizer: Adam", "Test accuracy: 80 %"]
    assert figure["layout"]["xaxis"]["ticktext"] == ["Units", "Optimizer", "Test accuracy"]
    assert first["line"]["color"] != second["line"]["color"]


def test_few_values_are_the_ticks_and_many_are_not():
    def ticks(values: tuple) -> list[str]:
        result = Result("Test loss", (0.1,) * len(values), False)
        layout = parallel([""] * len(values), [Setting("x", values)], result)["layout"]
        return [each["text"] for each in layout["annotations"] if each["x"] == 0]

    assert ticks((16, 64, 128)) == ["16", "64", "128"]
    assert ticks((1, 2, 1000)) == ["1", "2", "1000"]  # a logarithmic axis
    assert ticks((100, 101, 1000)) == ["100", "325", "550", "775", "1000"]
    assert len(ticks(tuple(range(50)))) == 5
    assert ticks((7, 7)) == ["7"]
