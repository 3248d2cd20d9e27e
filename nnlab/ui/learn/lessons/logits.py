"""Ten logits to drag, both softmax formulas side by side."""

import numpy as np
import streamlit as st

from nnlab.figures.softmax import softmax_figure
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
    live_chart(softmax_figure(answer, CLASSES), "softmax", _in_words(answer))
    _verdict(answer)
    desk.numbers({"class": CLASSES, **answer})


def _in_words(answer: dict[str, np.ndarray]) -> str:
    best, lost = int(np.argmax(answer["stable"])), int(np.isnan(answer["naive"]).sum())
    naive = f"the naive formula gives {lost} NaN" if lost else "the naive formula agrees"
    return f"softmax: class {best} gets {answer['stable'][best]:.1%}; {naive}"


def _verdict(answer: dict[str, np.ndarray]) -> None:
    largest = answer["exponentials"].max()
    if np.isfinite(answer["naive"]).all():
        st.caption(
            f"Largest exponential of the naive formula: {largest:.3g}; of the stable one: always "
            f"1. The probabilities of both sum to {answer['stable'].sum():.4f}."
        )
    elif largest == 0:
        st.caption(
            ":orange[:material/warning: NaN, not a number:] all exponentials shrank to 0, and "
            "0 / 0 has no value. The stable formula's largest exponential is always 1."
        )
    else:
        st.caption(
            ":orange[:material/warning: NaN, not a number:] an exponential overflowed to ∞, and "
            "∞ / ∞ has no value. The stable formula's largest exponential is always 1."
        )
