"""How the drawing becomes what the network sees, step by step; and what comes of leaving it out."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import DatasetInfo, info_of
from nnlab.drawing import Stages, frame_for
from nnlab.figures.film import Frame, film_strip
from nnlab.runs.run import Run
from nnlab.ui.draw.reading import Reading
from nnlab.ui.picture import picture
from nnlab.ui.wording import percent

_SWITCH = "draw-only-shrink"


def film(run: Run, reading: Reading) -> None:
    """The strip, with a switch to the canvas that is only shrunk; nothing without ink."""
    if reading.stages is None:
        return
    dataset = info_of(run.experiment.dataset)
    with st.container(border=True, key="draw-film"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("From your drawing to the network", anchor=False, width="stretch")
            st.toggle(
                "Only shrink it",
                key=_SWITCH,
                help="What most demonstrations do: the whole canvas shrunk to the network's size.",
            )
        if st.session_state[_SWITCH]:
            _shrunk(reading, reading.stages, dataset)
        else:
            picture(film_strip(_frames(reading.stages, dataset)), "draw-film-strip")


def _frames(stages: Stages, dataset: DatasetInfo) -> list[Frame]:
    frame = frame_for(dataset.input_shape[0])
    side = f"{frame.size} × {frame.size}"
    middle = "centre of mass in the middle" if frame.by_mass else "in the middle"
    longest = max(stages.fitted.shape) / frame.size
    return [
        Frame(_small(stages.ink), "Drawn", "the whole canvas"),
        Frame(_small(stages.cropped), "Cropped", "to the ink alone", 0.9),
        Frame(_small(stages.evened), "Pen", "width and slant as in training images", 0.9),
        Frame(stages.fitted, "Fitted", f"into {frame.box} × {frame.box} pixels", longest),
        Frame(stages.seen, "Centred", f"{middle} of {side}: what the network sees"),
    ]


def _shrunk(reading: Reading, stages: Stages, dataset: DatasetInfo) -> None:
    """The canvas and its shrunk copy, and what the network makes of either."""
    side = dataset.input_shape[0]
    frames = [
        Frame(_small(stages.ink), "Drawn", "the whole canvas"),
        Frame(stages.shrunk, "Shrunk", f"to {side} × {side} pixels, and nothing else"),
        Frame(stages.seen, "Prepared", "for comparison: cropped, fitted, centred"),
    ]
    picture(film_strip(frames), "draw-film-strip")
    if reading.probabilities is not None and reading.of_shrunk is not None:
        shrunk, prepared = (
            _guess(answer, dataset) for answer in (reading.of_shrunk, reading.probabilities)
        )
        st.markdown(f"Of the shrunk canvas the network reads {shrunk}; prepared, {prepared}.")


def _guess(probabilities: NDArray[np.float32], dataset: DatasetInfo) -> str:
    best = int(np.argmax(probabilities))
    return f"**{dataset.classes[best]}** ({percent(float(probabilities[best]))} sure)"


def _small(image: NDArray[np.float32], longest: int = 120) -> NDArray[np.float32]:
    """Every n-th pixel: the picture is no larger than that on the page."""
    step = max(1, max(image.shape) // longest)
    return image[::step, ::step]
