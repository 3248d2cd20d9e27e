"""What the network makes of the drawing: in words, as bars, and what it saw."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import DatasetInfo, info
from nnlab.drawing import frame_for
from nnlab.figures.evaluation import probability_bars
from nnlab.figures.images import as_pixels, data_uri
from nnlab.runs.run import Run
from nnlab.ui.draw.card import Card, show_card
from nnlab.ui.draw.ink import Remark
from nnlab.ui.draw.reading import Reading
from nnlab.ui.live_chart import live_chart
from nnlab.ui.resources import engine
from nnlab.ui.wording import percent

# Below this the second guess is named too.
SURE = 0.6


def answer_card(run: Run, reading: Reading) -> None:
    """The predicted class, how sure the network is, and the image it was given."""
    dataset = info(run.experiment.dataset.name)
    label, tone, sure, remark = _words(reading, dataset)
    show_card(
        Card(
            label=label,
            tone=tone,
            sure=sure,
            remark=remark,
            image=data_uri(as_pixels(reading.seen, 1.0)),
            alt=f"The drawing as the network sees it, {_size(dataset)} pixels",
            caption=_caption(dataset),
            rows=_rows(reading, dataset),
        )
    )
    if reading.waiting:
        st.fragment(_look_again, run_every=1.0)()


def answer_bars(run: Run, reading: Reading) -> None:
    """A bar for each class. They stay where they are and move."""
    names = info(run.experiment.dataset.name).classes
    if reading.probabilities is None:
        figure = probability_bars(np.zeros(len(names)), names, None)
        figure["data"][0]["text"] = [""] * len(names)
    else:
        best = int(np.argmax(reading.probabilities))
        hopeless = reading.remark is not None and reading.remark.hopeless
        figure = probability_bars(reading.probabilities, names, None if hopeless else best)
    live_chart(figure, "draw", "Bars: the probability of each class, as in the table")


def _look_again() -> None:
    if engine().status.phase == "ready":
        st.rerun()


def _words(reading: Reading, dataset: DatasetInfo) -> tuple[str, str, str, str]:
    """Label, tone, confidence and remark."""
    if reading.trouble:
        return ("One moment" if reading.waiting else "No answer"), "none", "", reading.trouble
    if reading.probabilities is None:
        thing = "a digit" if "0" in dataset.classes else "something to wear"
        return f"Draw {thing}", "none", "", "The network answers after each stroke."
    order = np.argsort(reading.probabilities)[::-1]
    best, second = (dataset.classes[i] for i in order[:2])
    share = float(reading.probabilities[order[0]])
    return _verdict(best, second, share, reading.remark)


def _verdict(
    best: str, second: str, share: float, remark: Remark | None
) -> tuple[str, str, str, str]:
    sure = f"{confidence(share)} sure"
    if remark and remark.hopeless:
        named = f"A network names a class all the same: here {best}, {sure}."
        return "?", "none", remark.text, named
    if share < SURE:
        return best, "unsure", sure, f"Not sure: it may also be {second}."
    return best, "certain", sure, remark.text if remark else ""


def confidence(share: float) -> str:
    """A share in per cent that never claims to be certain."""
    return "over 99.9 %" if share > 0.999 else percent(share)


def _rows(reading: Reading, dataset: DatasetInfo) -> list[tuple[str, str]]:
    values: NDArray[np.float32] | None = reading.probabilities
    if values is None:
        return []
    return [
        (name, percent(float(value))) for name, value in zip(dataset.classes, values, strict=True)
    ]


def _size(dataset: DatasetInfo) -> str:
    height, width, _ = dataset.input_shape
    return f"{height} × {width}"


def _caption(dataset: DatasetInfo) -> str:
    """How the drawing became the image beside it, and why in this way."""
    frame = frame_for(dataset.input_shape[0])
    seen = (
        f"On the right what the network sees, {_size(dataset)} pixels: your ink cropped, fitted "
        f"into {frame.box} × {frame.box} and "
    )
    if not frame.by_mass:
        return f"{seen}centred, because every digit that it learned from fills its image."
    if "0" not in dataset.classes:
        return f"{seen}centred, because the clothes that it learned from are in the middle."
    return (
        f"{seen}shifted until its centre of mass is in the middle, because so were all the digits "
        "that it learned from."
    )
