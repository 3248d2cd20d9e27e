"""The network's answer to a drawing."""

import logging
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import info
from nnlab.drawing import is_empty, prepare
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.draw.ink import Remark, remark
from nnlab.ui.draw.sheet import Sheet, pixels
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.engine import WorkersNotReady

logger = logging.getLogger(__name__)

SOON = "The answer then comes by itself."
_KEY = "nnlab_reading"


@dataclass(frozen=True)
class Reading:
    """What came of a drawing.

    Attributes:
        run_id: whose network was asked.
        image: the drawing, a PNG; None for a clean sheet.
        seen: what the network sees, float32 (side, side) in [0, 1].
        probabilities: float (classes,); None without ink or without an answer.
        remark: what there is to say of the ink.
        trouble: why there is no answer; `waiting` that there will be one by itself.
    """

    run_id: str
    image: bytes | None
    seen: NDArray[np.float32]
    probabilities: NDArray[np.float32] | None = None
    remark: Remark | None = None
    trouble: str | None = None
    waiting: bool = False


def reading_of(state: State, run: Run, sheet: Sheet) -> Reading:
    """The answer to what is on the sheet; nothing is asked twice.

    While the canvas has not yet shown what it was handed, the last answer stands.
    """
    last: Reading | None = st.session_state.get(_KEY)
    image = None if sheet.empty else sheet.image
    known = last is not None and last.run_id == run.id and last.trouble is None
    if last is not None and known and (last.image == image or not (sheet.empty or image)):
        return last
    reading = st.session_state[_KEY] = _read(state, run, image)
    return reading


def _read(state: State, run: Run, image: bytes | None) -> Reading:
    dataset = info(run.experiment.dataset.name)
    side = dataset.input_shape[0]
    if image is None:
        return Reading(run.id, None, np.zeros((side, side), np.float32))
    rgba = pixels(image)
    seen = prepare(rgba, side)
    if is_empty(seen):
        return Reading(run.id, image, seen)
    try:
        answer = engine().predict(run.id, seen[np.newaxis], state.owner)[0]
    except WorkersNotReady as error:
        return Reading(run.id, image, seen, trouble=f"{error} {SOON}", waiting=True)
    except RunNotFound as error:
        return Reading(run.id, image, seen, trouble=str(error))
    except Exception as error:  # whatever befell a worker, one can draw on
        logger.exception("run %s gave no answer", run.id)
        text = f"The network could not answer ({type(error).__name__}). Draw on to ask again."
        return Reading(run.id, image, seen, trouble=text)
    return Reading(run.id, image, seen, answer, remark(rgba, digit="0" in dataset.classes))
