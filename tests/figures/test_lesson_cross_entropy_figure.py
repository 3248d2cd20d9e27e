import json

import numpy as np

from nnlab.figures.measures import measures_figure

P = np.array([0.1, 0.5, 0.9])
NAMES = ("cross_entropy", "mse", "accuracy")
CURVES = {"probability": np.linspace(0.01, 0.99, 4)} | {
    f"{name}{what}": np.arange(4.0) for name in NAMES for what in ("", "_gradient")
}


def _samples(p: np.ndarray) -> dict:
    made = {"probability": p, "cross_entropy": -np.log(p), "cross_entropy_gradient": p - 1}
    for name in ("mse", "mse_gradient", "accuracy", "accuracy_gradient"):
        made[name] = np.zeros(len(p))
    return made | {"cross_entropy_cost": float(-np.log(p).mean())}


def test_every_sample_is_marked_on_every_curve() -> None:
    figure = measures_figure(CURVES, _samples(P))
    marks = [trace for trace in figure["data"] if trace["mode"] == "markers"]
    assert len(marks) == 6
    assert all(trace["x"] == P.tolist() for trace in marks)
    assert marks[0]["y"] == np.round(-np.log(P), 4).tolist()
    numbers = [trace["text"][1] for trace in figure["data"] if trace["mode"] == "lines+text"]
    assert numbers == ["1", "2", "3"] * 2


def test_the_cost_lies_at_the_mean() -> None:
    figure = measures_figure(CURVES, _samples(P))
    cost = next(trace for trace in figure["data"] if trace.get("name") == "cost: mean loss")
    assert cost["y"] == [round(float(-np.log(P).mean()), 4)] * 2


def test_scales_stand_still_and_the_figure_is_plain() -> None:
    figure = measures_figure(CURVES, _samples(P))
    moved = measures_figure(CURVES, _samples(np.array([0.01, 0.02, 0.99])))
    json.dumps(figure, allow_nan=False)
    for axis in ("xaxis", "yaxis", "xaxis2", "yaxis2"):
        assert figure["layout"][axis]["range"] == moved["layout"][axis]["range"]
        assert figure["layout"][axis]["title"]["text"]
    assert -np.log(0.01) < figure["layout"]["yaxis"]["range"][1]
