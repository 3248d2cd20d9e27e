"""A line to fit by hand, and gradient descent from there."""

from math import isfinite
from typing import Any

import streamlit as st

from nnlab.figures.regression import INTERCEPTS, SLOPES, Line, regression_figure
from nnlab.ui.learn.desk import Desk
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider

STEPS = 100
START: dict[str, Any] = {"slope": 1.0, "intercept": 0.0}


def show(desk: Desk) -> None:
    """The picture and its controls."""
    desk.start(**START, learning_rate=0.05, step=10, numbers=False)
    surface = desk.ask("surface", slopes=SLOPES, intercepts=INTERCEPTS)
    desk.sliders(
        Slider("slope", "Slope of your line", -1, 6, 0.01),
        Slider("intercept", "Intercept of your line", -6, 4, 0.01),
        Slider("learning_rate", "Learning rate", 0.001, 0.12, 0.001, digits=3),
        Slider("step", "Steps of descent", 0, STEPS, 1, digits=0, play=True, play_seconds=8),
    )
    slope, intercept = surface["best"]
    with st.container(horizontal=True):
        desk.button("Start at (1, 0)", "replay", **START)
        desk.button("Best line (closed form)", "star", slope=slope, intercept=intercept)
    yours = Line(desk.values["slope"], desk.values["intercept"])
    rate, step = desk.values["learning_rate"], int(desk.values["step"])
    begin = {"slope": yours.slope, "intercept": yours.intercept, "learning_rate": rate}
    walk = desk.ask("descent", **begin)
    words = _losses(surface, walk, step)
    live_chart(regression_figure(surface, walk, step, yours), "regression", words)
    st.caption(words + "  \n" + _verdict(rate, 2 / surface["largest_curvature"]))
    # What the two classes do is computed only for those who look.
    desk.numbers(_table(walk, desk.ask("by_classes", **begin)) if desk.values["numbers"] else {})


def _losses(surface: dict[str, Any], walk: dict[str, Any], step: int) -> str:
    yours, now = walk["loss"][0], walk["loss"][step]
    after = f"{now:.4g}" if isfinite(now) else "too large for float32"
    return (
        f"Loss: your line {yours:.4g} · after {step} steps {after} · "
        f"least possible {surface['best_loss']:.4f}"
    )


def _verdict(rate: float, limit: float) -> str:
    """What this rate leads to; at the limit a step lands as high as it began."""
    bound = f"2 / largest curvature = {limit:.4f}"
    if rate > limit:
        return f":orange[:material/warning: It diverges]: the rate is above {bound}."
    return f"It converges: the rate is below {bound}."


def _table(walk: dict[str, Any], by_classes: dict[str, Any]) -> dict[str, list[Any]]:
    """Every tenth step, by three means that must agree."""
    columns = {
        "slope": walk["slope"],
        "intercept": walk["intercept"],
        "loss by hand": walk["loss"],
        "loss by a class of our own": by_classes["own"],
        "loss by keras.optimizers.SGD": by_classes["keras"],
    }
    steps = range(0, STEPS + 1, 10)
    shown = {title: [f"{values[n]:.4g}" for n in steps] for title, values in columns.items()}
    return {"step": list(steps), **shown}
