"""A confusion matrix and the network's claims, under a threshold and a temperature."""

from math import log10
from typing import Any

import streamlit as st

from nnlab.figures.calibration import confusion_and_reliability
from nnlab.ui.learn.desk import Desk
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider
from nnlab.ui.wording import percent

DIGITS = tuple("0123456789")
COOLEST, HOTTEST = -0.6, 0.9  # powers of ten


def show(desk: Desk) -> None:
    """The picture and its controls."""
    desk.start(threshold=0.0, temperature=0.0)
    temperature = 10 ** desk.values["temperature"]
    answer = desk.ask("look", threshold=desk.values["threshold"], temperature=temperature)
    words = _words(answer)
    live_chart(confusion_and_reliability(answer, DIGITS), "confusion", words)
    desk.sliders(
        Slider("threshold", "Least confidence to answer", 0, 0.99, 0.01),
        Slider("temperature", "Temperature", COOLEST, HOTTEST, 0.01, 3, power_of_ten=True),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        desk.button("As trained", "replay", threshold=0.0, temperature=0.0)
        best = desk.ask("best_temperature")
        desk.button("Calibrate", "balance", temperature=round(log10(best), 2))
    st.caption(words)
    desk.numbers(_table(answer))


def _words(answer: dict[str, Any]) -> str:
    answered, images = answer["answered"], answer["images"]
    right = f"{percent(answer['right'] / answered)} of them right" if answered else "none right"
    return (
        f"Answers {answered:,} of {images:,} images, {right}. Over all images it claims to be "
        f"{percent(answer['mean_confidence'])} sure and is right on "
        f"{percent(answer['mean_accuracy'])}; mean distance from the dashed line (perfectly "
        f"calibrated) {percent(answer['calibration_error'])}."
    )


def _table(answer: dict[str, Any]) -> dict[str, Any]:
    """Both charts: a row for each digit, and for each tenth of confidence."""
    columns: dict[str, Any] = {"true digit": DIGITS}
    columns |= {f"as {digit}": answer["matrix"][:, int(digit)] for digit in DIGITS}
    columns["bin of confidence"] = [f"{10 * k} to {10 * k + 10} %" for k in range(10)]
    columns["images"] = answer["counts"]
    columns["sure"] = answer["confidence"].round(3)
    columns["right"] = answer["accuracy"].round(3)
    return columns
