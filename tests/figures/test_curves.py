import json
import math
from typing import Any

import plotly.graph_objects as go
import pytest

from nnlab.figures import palette
from nnlab.figures.curves import AT_MOST, learning_curves

POINTS = {
    "epoch": [0.5, 1.0, 1.5, 2.0],
    "loss": [2.1, 0.9, 0.5, 0.4],
    "accuracy": [0.34, 0.7, 0.85, 0.9],
}
EPOCHS = {
    "epoch": [1, 2],
    "loss": [1.5, 0.45],
    "accuracy": [0.5, 0.87],
    "val_loss": [0.8, 0.38],
    "val_accuracy": [0.72, 0.91],
}
EMPTY: dict[str, list[float | None]] = {"epoch": [], "loss": [], "accuracy": []}


def diverged(bad: float) -> dict[str, Any]:
    return {"epoch": [0.5, 1.0, 1.5], "loss": [2.0, 7.0, bad], "accuracy": [0.1, 0.2, bad]}


def test_training_and_validation_of_the_metric() -> None:
    training, validation = learning_curves(POINTS, EPOCHS, "loss", 5)["data"]

    assert (training["x"], training["y"]) == (POINTS["epoch"], POINTS["loss"])
    assert (validation["x"], validation["y"]) == (EPOCHS["epoch"], EPOCHS["val_loss"])
    training, validation = learning_curves(POINTS, EPOCHS, "accuracy", 5)["data"]
    assert training["y"] == POINTS["accuracy"]
    assert validation["y"] == EPOCHS["val_accuracy"]


def test_the_two_differ_in_more_than_colour() -> None:
    training, validation = learning_curves(POINTS, EPOCHS, "loss", 5)["data"]

    assert training["line"]["color"] == palette.TRAINING
    assert validation["line"]["color"] == palette.VALIDATION
    assert training["mode"] == "lines"
    assert validation["mode"] == "lines+markers"
    assert validation["line"]["dash"] != training["line"].get("dash", "solid")


@pytest.mark.parametrize("metric", ["loss", "accuracy"])
@pytest.mark.parametrize(
    ("points", "epochs"),
    [(POINTS, EPOCHS), (EMPTY, EMPTY), ({}, {}), (POINTS, EMPTY), (diverged(math.nan), EPOCHS)],
)
def test_plotly_accepts_every_figure(metric: Any, points: Any, epochs: Any) -> None:
    figure = go.Figure(learning_curves(points, epochs, metric, 3))

    assert figure.layout.xaxis.title.text == "Epoch"
    assert figure.layout.yaxis.title.text == metric.title()
    assert list(figure.layout.xaxis.range) == [0, 3]
    assert figure.layout.uirevision


def test_nothing_yet_is_an_empty_line_with_axes() -> None:
    figure = learning_curves(EMPTY, EMPTY, "accuracy", 5)

    assert [trace["name"] for trace in figure["data"]] == ["Training"]
    assert figure["data"][0]["x"] == []
    assert figure["layout"]["yaxis"]["range"] == [0, 1]


@pytest.mark.parametrize(
    "epochs",
    [
        {"epoch": [1], "loss": [1.0], "accuracy": [0.5]},
        {"epoch": [1], "val_loss": None},
        {"epoch": [1, 2], "val_loss": [None, None]},
    ],
)
def test_a_run_without_validation_has_one_line(epochs: Any) -> None:
    assert len(learning_curves(POINTS, epochs, "loss", 5)["data"]) == 1


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("metric", ["loss", "accuracy"])
def test_what_is_not_a_number_is_a_gap(bad: float, metric: Any) -> None:
    figure = learning_curves(diverged(bad), EMPTY, metric, 3)

    assert figure["data"][0]["y"][:2] == diverged(bad)[metric][:2]
    assert figure["data"][0]["y"][2] is None
    assert figure["data"][0]["connectgaps"] is False
    json.dumps(figure, allow_nan=False)


@pytest.mark.parametrize(
    ("loss", "top"),
    [([2.31], 2.5), ([0.97], 1.0), ([12.0], 15.0), ([3.0], 3.0), ([0.041], 0.05), ([0.0], 1e-6)],
)
def test_loss_reaches_from_zero_to_a_round_number(loss: list[float], top: float) -> None:
    figure = learning_curves({"epoch": [1], "loss": loss}, EMPTY, "loss", 3)

    assert figure["layout"]["yaxis"]["range"] == [0, pytest.approx(top)]


def test_validation_counts_for_the_range() -> None:
    figure = learning_curves(POINTS, {"epoch": [1], "val_loss": [31.0]}, "loss", 3)

    assert figure["layout"]["yaxis"]["range"] == [0, 40]


@pytest.mark.parametrize(("lowest", "low"), [(0.08, 0.0), (0.34, 0.3), (0.97, 0.9), (1.0, 0.9)])
def test_accuracy_reaches_to_one(lowest: float, low: float) -> None:
    points = {"epoch": [1, 2], "accuracy": [lowest, 1.0]}
    figure = learning_curves(points, EMPTY, "accuracy", 3)

    assert figure["layout"]["yaxis"]["range"] == [pytest.approx(low), 1.0]
    assert figure["layout"]["yaxis"]["tickformat"] == ".0%"


def test_axes_do_not_move_while_a_run_improves() -> None:
    def axes(n: int) -> Any:
        so_far = {name: column[:n] for name, column in POINTS.items()}
        layout = learning_curves(so_far, EMPTY, "loss", 5)["layout"]
        return layout["xaxis"]["range"], layout["yaxis"]["range"], layout["uirevision"]

    assert axes(1) == axes(2) == axes(4)


def test_long_runs_are_thinned_and_keep_their_ends() -> None:
    n = 5000
    points = {"epoch": [i / 25 for i in range(n)], "loss": [1 / (i + 1) for i in range(n)]}

    trace = learning_curves(points, EMPTY, "loss", 200)["data"][0]

    assert len(trace["x"]) == len(trace["y"]) <= AT_MOST
    assert (trace["y"][0], trace["y"][-1]) == (1.0, 1 / n)


def test_the_second_line_says_what_it_was_checked_on() -> None:
    trace = learning_curves(POINTS, EPOCHS, "loss", 5, validation_name="Test images")["data"][1]

    assert trace["name"] == "Test images"
    assert "Test images" in trace["hovertemplate"]
