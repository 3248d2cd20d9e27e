import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from nnlab.figures.race import LEAST, LOOKS, MOST, above_lowest, race_figure

LANDSCAPE: dict[str, Any] = {
    "x": np.linspace(-5, 5, 4),
    "y": np.linspace(-2.5, 2.5, 3),
    "loss": np.arange(12.0).reshape(3, 4) - 0.5,
    "lowest": -0.5,
}
WALK = {"x": np.array([4.0, 2, 1]), "y": np.array([1.0, 0, -1]), "loss": np.array([3.0, 1, -0.4])}
LOST = {
    "x": np.array([4.0, -9e9, np.nan]),
    "y": np.array([1.0, np.inf, np.nan]),
    "loss": np.array([3.0, np.inf, np.nan]),
}
RACE = {"SGD": LOST, "momentum": WALK, "RMSprop": WALK, "Adam": WALK}


def lines(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("name") == name]


def test_each_racer_has_a_path_a_mark_and_a_loss() -> None:
    walked, now, loss = lines(race_figure(LANDSCAPE, RACE, 1), "Adam")

    assert (walked["x"], walked["y"]) == ([4, 2], [1, 0])
    assert (now["x"], now["y"]) == ([2], [0])
    assert loss["y"] == [3.5, 1.5]


def test_a_racer_that_is_lost_can_be_drawn() -> None:
    figure = race_figure(LANDSCAPE, RACE, 2)

    json.dumps(figure, allow_nan=False)
    go.Figure(figure)
    walked, now, loss = lines(figure, "SGD")
    assert (walked["x"], now["x"], loss["y"]) == ([4], [], [3.5, MOST, MOST])


def test_axes_do_not_move() -> None:
    assert race_figure(LANDSCAPE, RACE, 0)["layout"] == race_figure(LANDSCAPE, RACE, 2)["layout"]


def test_heights_stay_in_the_picture() -> None:
    heights = above_lowest(np.array([-0.5, 0.5, 1e9]), -0.5)

    assert heights == pytest.approx([LEAST, 1, MOST])


def test_racers_differ_in_more_than_colour() -> None:
    assert len({symbol for _, symbol in LOOKS.values()}) == len(LOOKS) == 4
