"""Tensors in three views: two shapes multiplied, pixels added, a value replaced."""

import streamlit as st

from nnlab.figures.broadcasting import broadcasting_picture
from nnlab.figures.tensor_types import change_picture, pixel_picture
from nnlab.ui.learn.desk import Desk
from nnlab.ui.picture import picture
from nnlab.ui.sliders import Slider

_ALL_SHAPES = ((), (1,), (2,), (3,), (2, 1), (2, 3), (4, 2, 3))
SHAPES = {str(shape): shape for shape in _ALL_SHAPES}


def show(desk: Desk) -> None:
    """The picture and its controls."""
    desk.start(
        view="Shapes", a="(3,)", b="(1,)", first=5, left=200, right=100, position=1, new=9
    )  # fmt: skip
    views = {"Shapes": _shapes, "Data types": _data_types, "Changing values": _changing}
    view = desk.choice("View", "view", tuple(views))
    views[view](desk)


def _shapes(desk: Desk) -> None:
    with st.container(gap="xsmall"):
        a = SHAPES[desk.choice("Shape of A", "a", tuple(SHAPES))]
        b = SHAPES[desk.choice("Shape of B", "b", tuple(SHAPES))]
    desk.sliders(Slider("first", "First value of B", 1, 9, 1, digits=0), key="first")
    answer = desk.ask("broadcast", shape_a=a, shape_b=b, first=desk.values["first"])
    picture(broadcasting_picture(answer), "tensors")
    flat = {name: answer[name] for name in ("a", "b", "product") if answer[name] is not None}
    desk.numbers(
        {
            "tensor": list(flat),
            "shape": [str(values.shape) for values in flat.values()],
            "values": [str(values.tolist()) for values in flat.values()],
        }
    )


def _data_types(desk: Desk) -> None:
    desk.sliders(
        Slider("left", "First pixel", 0, 255, 1, digits=0),
        Slider("right", "Second pixel", 0, 255, 1, digits=0),
        key="pixels",
    )
    answer = desk.ask("pixels", a=desk.values["left"], b=desk.values["right"])
    picture(pixel_picture(answer), "tensors")
    kinds = ("uint8", "float32", "scaled")
    desk.numbers({"dtype": kinds, "sum": [answer[kind][2] for kind in kinds]})


def _changing(desk: Desk) -> None:
    desk.sliders(
        Slider("position", "Position, from 0", 0, 2, 1, digits=0),
        Slider("new", "New value", -9, 9, 1, digits=0),
        key="change",
    )
    position, new = int(desk.values["position"]), int(desk.values["new"])
    answer = desk.ask("change", position=position, new=new)
    picture(change_picture(answer, position, new), "tensors")
    desk.numbers({name: answer[name] for name in ("constant", "variable")})
