import json
import math

import plotly.graph_objects as go
import pytest

from nnlab.figures.overfitting import HIGHEST_LOSS, Marks, overfitting_curves

POINTS = {"epoch": [0.5, 1.0, 1.5, 2.0, 3.0], "loss": [2.1, 0.9, 0.5, 0.4, 0.1],
          "accuracy": [0.3, 0.7, 0.8, 0.9, 1.0]}  # fmt: skip
EPOCHS = {"epoch": [1, 2, 3], "loss": [1.5, 0.45, 0.1], "val_loss": [0.8, 0.38, 0.5],
          "accuracy": [0.5, 0.87, 1.0], "val_accuracy": [0.7, 0.9, 0.9]}  # fmt: skip
BEFORE = {"epoch": [1, 2], "val_loss": [0.9, 0.7]}
NONE: dict[str, list[float | None]] = {"epoch": [], "loss": [], "val_loss": []}


def named(figure, name):
    return next(trace for trace in figure["data"] if trace["name"] == name)


def test_the_gap_stands_between_both_losses_of_its_epoch() -> None:
    figure = overfitting_curves(POINTS, EPOCHS, 40, Marks(at=2, lowest=2, stop=3), NONE)
    gap, lowest = named(figure, "gap"), named(figure, "lowest")
    assert (gap["x"], gap["y"]) == ([2, 2], [0.45, 0.38])
    assert (lowest["x"], lowest["y"]) == ([2], [0.38])


def test_early_stopping_is_a_line_at_its_epoch_with_its_name() -> None:
    layout = overfitting_curves(POINTS, EPOCHS, 40, Marks(3, 2, 3), NONE)["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == [3]
    assert "early stopping: 3" in layout["annotations"][0]["text"]
    assert not overfitting_curves(POINTS, EPOCHS, 40, Marks(3, 2), NONE)["layout"]["shapes"]


def test_the_run_before_is_there_only_if_there_was_one() -> None:
    figure = overfitting_curves(POINTS, EPOCHS, 40, Marks(1, 2), BEFORE)
    assert named(figure, "run before")["y"] == [0.9, 0.7]
    names = [
        trace["name"] for trace in overfitting_curves(POINTS, EPOCHS, 40, Marks(), NONE)["data"]
    ]
    assert names == ["Training", "Validation"]


@pytest.mark.parametrize(
    ("points", "epochs", "marks"),
    [(NONE, NONE, Marks()), (POINTS, EPOCHS, Marks(3, 2, 3)),
     (POINTS | {"loss": [2.0, 1.0, math.nan, math.nan, math.nan]}, EPOCHS, Marks(1, 2))],
)  # fmt: skip
def test_plotly_takes_it_and_its_axes_stand_still(points, epochs, marks) -> None:
    figure = overfitting_curves(points, epochs, 40, marks, BEFORE)
    go.Figure(figure)
    json.dumps(figure, allow_nan=False)
    assert figure["layout"]["xaxis"]["range"] == [0, 40]
    assert figure["layout"]["yaxis"]["range"] == [0, HIGHEST_LOSS]
    # What lies above the fixed axis is cut off there.
    assert all(trace["cliponaxis"] for trace in figure["data"] if trace["name"] == "Training")
