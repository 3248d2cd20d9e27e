import json
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from nnlab.figures.batches import paths_figure, steps_done, times_figure

SURFACE: dict[str, Any] = {
    "slopes": np.linspace(0.5, 5, 4),
    "intercepts": np.linspace(-3, 3, 3),
    "loss": np.arange(1.0, 13).reshape(3, 4),
    "best": (3.5, -1.1),
}
FULL = {
    "slope": np.array([1.0, 2, 3]),
    "intercept": np.array([0.0, 0.1, 0.2]),
    "loss": np.array([49.0, 9, 1]),
    "steps_per_pass": 1,
}
HALVES = {
    "slope": np.array([1.0, 2, 3, 4, np.nan]),
    "intercept": np.array([0.0, 1, 2, 3, np.nan]),
    "loss": np.array([49.0, 9, 1, 1e9, np.inf]),
    "steps_per_pass": 2,
}


def named(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("name") == name]


def test_both_have_gone_through_the_same_data() -> None:
    figure = paths_figure(SURFACE, HALVES, FULL, 20, 1.5)

    walked, now, loss = named(figure, "batches of 20")
    assert (walked["x"], now["x"]) == ([1, 2, 3, 4], [4])
    assert loss["x"] == [0, 0.5, 1, 1.5]
    assert [trace["x"] for trace in named(figure, "all 40")] == [[1, 2], [2], [0, 1]]


def test_what_diverged_can_be_drawn() -> None:
    figure = paths_figure(SURFACE, HALVES, FULL, 20, 2)

    json.dumps(figure, allow_nan=False)
    go.Figure(figure)
    assert named(figure, "batches of 20")[2]["y"] == [49, 9, 1, 60, 60]
    assert figure["layout"] == paths_figure(SURFACE, FULL, FULL, 40, 0)["layout"]


@pytest.mark.parametrize(
    ("passes", "per_pass", "steps"), [(0, 40, 0), (0.3, 10, 3), (0.99, 1, 0), (1.0, 1, 1)]
)
def test_steps_done(passes: float, per_pass: int, steps: int) -> None:
    assert steps_done(passes, per_pass) == steps


def test_times_of_a_step_and_of_a_pass() -> None:
    figure = times_figure([1, 5000], [5000, 1], [0.5, 0.01])

    go.Figure(figure)
    step, whole = figure["data"]
    assert step["x"] == whole["x"] == ["1", "5,000"]
    assert step["y"] == pytest.approx([0.1, 10])
    assert whole["y"] == pytest.approx([500, 10])
