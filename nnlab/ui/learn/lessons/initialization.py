"""The size of the starting weights, and what becomes of signals and gradients."""

from math import isfinite, log, log10, sqrt
from typing import Any

import streamlit as st

from nnlab.figures.initialization import MOST_LAYERS, stack_figure
from nnlab.ui.learn.desk import Desk
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider

# What is drawn of each activation function's values, from and to.
SPANS = {"relu": (0.0, 4.0), "tanh": (-1.0, 1.0), "sigmoid": (0.0, 1.0)}
CLASSES = 10
EDGE = {"relu": "at zero", "tanh": "saturated", "sigmoid": "saturated"}


def show(desk: Desk) -> None:
    """The picture and its controls."""
    desk.start(activation="relu", std=-1.0, depth=5, units=100, numbers=False)
    units = int(desk.values["units"])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        activation = desk.choice("Activation", "activation", list(SPANS))
        desk.button("std 1", std=0.0)
        desk.button("Glorot", std=log10(glorot(units)))
        desk.button("He", std=log10(he(units)))
    desk.sliders(
        Slider("std", "Weights' std", -3, 0.5, 0.01, 2, power_of_ten=True),
        Slider("depth", "Hidden layers", 1, MOST_LAYERS, 1, digits=0),
        Slider("units", "Units in each", 10, 200, 10, digits=0),
    )
    stack = desk.ask(
        "stack",
        depth=int(desk.values["depth"]),
        units=units,
        std=10 ** desk.values["std"],
        activation=activation,
        span=SPANS[activation],
    )
    words = _in_words(stack, activation)
    live_chart(stack_figure(stack, SPANS[activation], activation), "stack", words)
    st.caption(f"{words} For {units} units: Glorot {glorot(units):.3f}, He {he(units):.3f}.")
    desk.numbers(_table(stack, activation))


def glorot(units: int) -> float:
    """Glorot's standard deviation between two layers of `units`: √(2 / (inputs + outputs))."""
    return sqrt(2 / (units + units))


def he(units: int) -> float:
    """He's, meant for ReLU, which sets half of the values to zero: √(2 / inputs)."""
    return sqrt(2 / units)


def _in_words(stack: dict[str, Any], activation: str) -> str:
    loss = f"{stack['loss']:.4g}" if isfinite(stack["loss"]) else "too large for float32"
    return (
        f"Loss before training: {loss} (ln {CLASSES} = {log(CLASSES):.3f}).  \n"
        f"Last hidden layer: {stack['at_edge'][-1]:.0%} {EDGE[activation]}."
    )


def _table(stack: dict[str, Any], activation: str) -> dict[str, list[Any]]:
    depth = len(stack["mean"])
    return {
        "layer": [*map(str, range(1, depth + 1)), "output"],
        "mean": [*(f"{value:.3g}" for value in stack["mean"]), ""],
        "std": [*(f"{value:.3g}" for value in stack["std"]), ""],
        EDGE[activation]: [*(f"{value:.0%}" for value in stack["at_edge"]), ""],
        "gradient": [f"{value:.3g}" for value in stack["gradient"]],
    }
