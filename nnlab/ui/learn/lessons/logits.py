"""Ten logits to drag, both softmax formulas side by side."""

import numpy as np
import streamlit as st

from nnlab.figures.softmax import softmax_bars
from nnlab.ui.learn.desk import Desk
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider

CLASSES = tuple("0123456789")
START = (0.5, -1.0, 0.0, 1.5, -0.5, 0.0, -2.0, 4.0, 1.0, 2.5)


def show(desk: Desk) -> None:
    """The picture and its controls."""
    desk.start(shift=0.0, **{f"z{name}": z for name, z in zip(CLASSES, START, strict=True)})
    desk.sliders(
        *(Slider(f"z{name}", f"logit {name}", -10, 10, 0.1, digits=1) for name in CLASSES),
        key="logits",
        upright=True,
    )
    desk.sliders(Slider("shift", "Added to all ten", -100, 100, 1, digits=0), key="shift")
    logits = tuple(desk.values[f"z{name}"] for name in CLASSES)
    answer = desk.ask("both", logits=logits, shift=desk.values["shift"])
    live_chart(
        softmax_bars(answer["naive"], answer["stable"], CLASSES), "softmax", _in_words(answer)
    )
    _verdict(answer)
    desk.numbers({"class": CLASSES, **answer})


def _in_words(answer: dict[str, np.ndarray]) -> str:
    best = int(np.argmax(answer["stable"]))
    return f"softmax: class {best} gets {answer['stable'][best]:.1%}"


def _verdict(answer: dict[str, np.ndarray]) -> None:
    if np.isfinite(answer["naive"]).all():
        st.caption(
            f"Both sum to {answer['stable'].sum():.4f}. The largest exponential is "
            f"{answer['exponentials'].max():.3g}; float32 ends at 3.4e+38."
        )
    else:
        st.caption(
            ":orange[:material/warning: The naive formula gave NaN:] an exponential overflowed to "
            "infinity, or all of them shrank to 0."
        )
