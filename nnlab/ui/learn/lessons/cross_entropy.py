"""Three predictions to move, under three measures."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from nnlab.figures.measures import measures_figure
from nnlab.ui.learn.desk import Desk
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider

TITLES = {"cross_entropy": "Cross-entropy", "mse": "MSE", "accuracy": "Accuracy"}
SAMPLES = ("p1", "p2", "p3")


def show(desk: Desk) -> None:
    """The picture and its controls."""
    desk.start(p1=0.05, p2=0.4, p3=0.9)
    st.caption(
        "Three images, three classes. How probable is the **true class** of each to the network? "
        "The other two classes share the rest. The mean of the three losses is called the **cost**."
    )
    desk.sliders(
        *(
            Slider(name, f"Image {number}", 0.01, 0.99, 0.01)
            for number, name in enumerate(SAMPLES, start=1)
        )
    )
    answer = desk.ask("samples", probabilities=tuple(desk.values[name] for name in SAMPLES))
    live_chart(measures_figure(desk.ask("curves"), answer), "cross-entropy", _in_words(answer))
    st.caption(_in_words(answer))
    desk.numbers(
        {"image": [1, 2, 3], "probability": answer["probability"]}
        | {
            title: answer[f"{name}{which}"].round(3)
            for name, label in TITLES.items()
            for which, title in (("", label), ("_gradient", f"gradient of {label}"))
        }
    )


def _in_words(answer: dict[str, Any]) -> str:
    """The cost by each measure: the mean of the losses, as it is computed."""
    return "  \n".join(
        f"{title}: mean of {_and(answer[name])} = **{answer[f'{name}_cost']:.3f}**"
        for name, title in TITLES.items()
    )


def _and(losses: Sequence[float]) -> str:
    *others, last = (f"{loss:.3f}" for loss in losses)
    return f"{', '.join(others)} and {last}"
