"""A neuron to turn by hand, alone or under a second layer."""

from typing import Any

import streamlit as st

from nnlab.figures.neuron import neuron_figure, stacked_figure
from nnlab.ui.learn.desk import Desk
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider

ACTIVATIONS = ("step", "linear", "sigmoid", "tanh", "ReLU", "ELU")


def show(desk: Desk) -> None:
    """The picture and its controls."""
    desk.start(
        w1=1.5, w2=-1.0, bias=0.5, x1=0.5, x2=0.5, activation="tanh", second=False
    )  # fmt: skip
    activation = desk.choice("Activation function", "activation", ACTIVATIONS)
    desk.sliders(
        Slider("w1", "Weight w₁", -2, 2, 0.05),
        Slider("w2", "Weight w₂", -2, 2, 0.05),
        Slider("x1", "Input x₁", -1, 1, 0.05),
        Slider("x2", "Input x₂", -1, 1, 0.05),
    )
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        desk.sliders(Slider("bias", "Bias b", -2, 2, 0.05), key="bias")
    with right:
        second = desk.switch("Put a second layer on top", "second")
    neuron = {name: desk.values[name] for name in ("w1", "w2", "bias", "x1", "x2")}
    answer = desk.ask("stacked" if second else "alone", activation=activation, **neuron)
    here = (neuron["x1"], neuron["x2"])
    figure = (stacked_figure if second else neuron_figure)(answer, here, activation)
    words = _stacked_words(answer) if second else _alone_words(answer, neuron, activation)
    live_chart(figure, "neuron", words)
    st.caption(words)
    desk.numbers(_table(answer, second))


def _alone_words(answer: dict[str, Any], at: dict[str, float], activation: str) -> str:
    weighted = f"{at['w1'] * at['x1']:.2f} + {_signed(at['w2'] * at['x2'])}"
    return (
        f"z = w₁x₁ + w₂x₂ + b = {weighted} + {_signed(at['bias'])} = **{answer['z']:.3f}**  \n"
        f"Output: {activation}(z) = **{answer['output']:.3f}**; slope there: {answer['slope']:.3f}"
    ).replace("-", "−")


def _stacked_words(answer: dict[str, Any]) -> str:
    w1, w2 = answer["weights"]
    merged = f"{w1:.2f} · x₁ + {_signed(w2)} · x₂ + {_signed(answer['bias'])}"
    return (
        f"Two layers (your neuron, a fixed one, one on top of both): **{answer['two']:.3f}**  \n"
        f"One layer with W₁W₂: {merged} = **{answer['one']:.3f}**"
    ).replace("-", "−")


def _signed(value: float) -> str:
    """In brackets where a minus would follow another sign."""
    return f"({value:.2f})" if value < 0 else f"{value:.2f}"


def _table(answer: dict[str, Any], second: bool) -> dict[str, Any]:
    """Every tenth point of the right-hand chart."""
    names = (
        {"inputs": "input x₁", "cut_two": "two layers", "cut_one": "one layer"}
        if second
        else {"sums": "weighted sum z", "curve": "output", "slopes": "slope"}
    )
    every = slice(None, None, 4 if second else 10)
    return {title: answer[name][every].round(3) for name, title in names.items()}
