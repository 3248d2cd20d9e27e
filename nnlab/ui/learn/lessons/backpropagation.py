"""A small network to walk through, forward with values and back with gradients."""

from typing import Any

import numpy as np
import streamlit as st

from nnlab.figures.backpropagation import STAGES, backpropagation_svg, number
from nnlab.ui.learn.desk import Desk
from nnlab.ui.picture import picture
from nnlab.ui.sliders import Slider

START = (0.8, -0.5, 0.3, 0.4, 0.9, -0.7, 0.1, -0.2, 0.0, 1.2, -0.8, 0.6, 0.1)
NAMES = (
    *(f"weight x{i} to h{j}" for i in "12" for j in "123"),
    *(f"bias of h{j}" for j in "123"),
    *(f"weight h{j} to y" for j in "123"),
    "bias of y",
)
_LAST = len(STAGES) - 1


def show(desk: Desk) -> None:
    """The picture and its controls."""
    desk.start(stage=0, x1=1.0, x2=0.5, target=0.0, rate=0.2, parameters=START, taken=0)
    inputs = (desk.values["x1"], desk.values["x2"])
    target, stage = desk.values["target"], int(desk.values["stage"])
    parameters = tuple(desk.values["parameters"])
    answer = desk.ask("passes", parameters=parameters, x1=inputs[0], x2=inputs[1], target=target)
    picture(backpropagation_svg(inputs, target, parameters, answer, stage), "backpropagation")
    with st.container(key="backpropagation-words"):
        st.html("<style>.st-key-backpropagation-words {min-height: 2.8rem;}</style>")
        st.caption(_words(stage, inputs, target, parameters, answer))
    desk.sliders(
        Slider("stage", "Step of the walk", 0, _LAST, 1, digits=0, play=True, play_seconds=9),
        Slider("x1", "Input x₁", -2, 2, 0.1, digits=1),
        Slider("x2", "Input x₂", -2, 2, 0.1, digits=1),
        Slider("target", "Target", -2, 2, 0.1, digits=1),
    )
    _descent(desk, parameters, answer)
    desk.numbers(_table(parameters, answer))


def _descent(desk: Desk, parameters: tuple[float, ...], answer: dict[str, Any]) -> None:
    """All 13 parameters go one step against their gradients."""
    rate = desk.values["rate"]
    moved = np.asarray(parameters) - rate * answer["by_hand"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        desk.sliders(Slider("rate", "Learning rate", 0.01, 1, 0.01), key="rate")
        taken = int(desk.values["taken"])
        desk.button("Take a step", "south_east", parameters=moved.tolist(), taken=taken + 1)
        desk.button("Start again", "replay", parameters=list(START), taken=0)
    st.caption(f"Loss {number(answer['loss'])} after {taken} steps down. {_agreement(answer)}")


def _agreement(answer: dict[str, Any]) -> str:
    apart = float(np.abs(answer["by_hand"] - answer["by_tape"]).max())
    how = f"are at most {apart:.0e} apart" if apart else "agree to the last digit"
    return f"The 13 gradients by hand and by GradientTape {how}."


def _words(
    stage: int,
    inputs: tuple[float, float],
    target: float,
    parameters: tuple[float, ...],
    answer: dict[str, Any],
) -> str:
    """What has just happened, with the numbers of the first hidden unit."""
    p, h, z = [number(value) for value in parameters], answer["h"], answer["z"]
    x1, x2 = (number(value) for value in inputs)
    dy, dz = number(answer["dy"]), answer["dz"]
    texts = (
        "The two inputs. Nothing has been computed yet.",
        f"Each hidden unit sums weight × input, plus its bias: z₁ = {p[0]} · {x1} + {p[3]} · {x2} "
        f"+ {p[6]} = **{number(z[0])}**.",
        f"The activation function (sigmoid) squeezes each sum between 0 and 1: h₁ = sigmoid(z₁) "
        f"= **{number(h[0])}**.",
        f"The output is a weighted sum too: y = {p[9]} · {number(h[0])} + {p[10]} · "
        f"{number(h[1])} + {p[11]} · {number(h[2])} + {p[12]} = **{number(answer['y'])}**.",
        f"The loss is the squared error: ({number(answer['y'])} − {number(target)})² = "
        f"**{number(answer['loss'])}**.",
        f"Back: how fast does the loss change with y? This derivative, here ∂y for short, is "
        f"2 · (y − target) = "
        f"**{dy}**.",
        f"An upper weight's gradient is ∂y times what went through it: ∂y · h₁ = {dy} · "
        f"{number(h[0])} = **{number(answer['by_hand'][9])}**.",
        f"Through the weight and the sigmoid, whose slope is h · (1 − h): ∂z₁ = {dy} · {p[9]} · "
        f"{number(h[0])} · {number(1 - h[0])} = **{number(dz[0])}**.",
        f"A lower weight's gradient is again ∂z times what went through it: ∂z₁ · x₁ = "
        f"{number(dz[0])} · {x1} = **{number(answer['by_hand'][0])}**.",
    )
    return texts[stage]


def _table(parameters: tuple[float, ...], answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "parameter": NAMES,
        "value": np.round(parameters, 4),
        "gradient by hand": answer["by_hand"].round(5),
        "gradient by GradientTape": answer["by_tape"].round(5),
    }
