"""Four optimizers race; surface, start and learning rate are free."""

from math import isfinite
from typing import Any

import streamlit as st

from nnlab.figures.race import XS, YS, race_figure
from nnlab.ui.learn.desk import Desk
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider

STEPS = 100
# Where each surface is most telling to start from; each keeps a start of its own.
STARTS = {"valley": (-4.5, 1.5), "saddle": (-4.5, 0.05), "two minima": (4.5, 1.5)}
ABOUT = {
    "valley": "A narrow valley, 50 times as steep across as along.",
    "saddle": "A saddle point at (0, 0): lowest along x, highest along y. The way down is along y.",
    "two minima": "A shallow hollow at the right, the deepest at the left.",
}


def show(desk: Desk) -> None:
    """The picture and its controls."""
    for surface, (x, y) in STARTS.items():
        desk.start(**{f"x {surface}": x, f"y {surface}": y})
    desk.start(surface="valley", learning_rate=-1.0, step=20, numbers=False)
    surface = desk.choice("Surface", "surface", list(STARTS))
    desk.sliders(
        Slider("learning_rate", "Learning rate", -3, 0, 0.02, power_of_ten=True),
        Slider("step", "Steps", 0, STEPS, 1, digits=0, play=True, play_seconds=8),
        Slider(f"x {surface}", "Start at x", -5, 5, 0.05),
        Slider(f"y {surface}", "Start at y", -2.5, 2.5, 0.05),
        key=surface,
    )
    step = int(desk.values["step"])
    landscape = desk.ask("landscape", surface=surface, xs=XS, ys=YS)
    race = desk.ask(
        "race",
        surface=surface,
        x=desk.values[f"x {surface}"],
        y=desk.values[f"y {surface}"],
        learning_rate=10 ** desk.values["learning_rate"],
    )
    words = _standing(race, step, landscape["lowest"])
    live_chart(race_figure(landscape, race, step), "race", f"{ABOUT[surface]} {words}")
    st.caption(f"{ABOUT[surface]}  \n{words}")
    desk.numbers(_table(race))


def _standing(race: dict[str, Any], step: int, lowest: float) -> str:
    heights = {name: walk["loss"][step] - lowest for name, walk in race.items()}
    return "Loss above lowest: " + " · ".join(
        f"{name} {_number(height)}" for name, height in heights.items()
    )


def _number(height: float) -> str:
    """To the fourth decimal: the lowest is known to a few millionths."""
    return f"{round(height, 4):.3g}" if isfinite(height) else "overflow"


def _table(race: dict[str, Any]) -> dict[str, list[Any]]:
    steps = range(0, STEPS + 1, 10)
    columns: dict[str, list[Any]] = {"step": list(steps)}
    for name, walk in race.items():
        columns[f"{name}: x, y"] = [f"{walk['x'][n]:.3g}, {walk['y'][n]:.3g}" for n in steps]
        columns[f"{name}: loss"] = [f"{walk['loss'][n]:.3g}" for n in steps]
    return columns
