"""The network's answer to a drawing."""

import logging
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import DatasetInfo, info_of
from nnlab.drawing import Stages, prepare_in_stages
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.draw.ink import Remark, remark
from nnlab.ui.draw.sheet import Sheet, pixels
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.reading import Nearest, Readings
from nnlab.work.short_tasks import WorkersNotReady

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
        stages: how it came to be; None without ink.
        probabilities: float (classes,); None without ink or without an answer.
        of_shrunk: the same for the canvas that is only shrunk.
        strangeness, limit: how much of the drawing no training image explains, and how much is
            still a digit to this network; None while that is not known.
        nearest: the training images nearest to it; None while they are not known.
        remark: what there is to say of the drawing.
        trouble: why there is no answer; `waiting` that there will be one by itself.
    """

    run_id: str
    image: bytes | None
    seen: NDArray[np.float32]
    stages: Stages | None = None
    probabilities: NDArray[np.float32] | None = None
    of_shrunk: NDArray[np.float32] | None = None
    strangeness: float | None = None
    limit: float | None = None
    nearest: Nearest | None = None
    remark: Remark | None = None
    trouble: str | None = None
    waiting: bool = False

    @property
    def unchecked(self) -> bool:
        """Whether there is an answer, and nothing yet that tells if it means anything."""
        return self.probabilities is not None and self.strangeness is None


def forget() -> None:
    """Have the network asked anew about what is on the sheet."""
    st.session_state.pop(_KEY, None)


def reading_of(state: State, run: Run, sheet: Sheet) -> Reading:
    """The answer to what is on the sheet; nothing is asked twice.

    While the canvas has not yet shown what it was handed, the last answer stands.
    """
    last: Reading | None = st.session_state.get(_KEY)
    known = last is not None and last.run_id == run.id and last.trouble is None
    if last is not None and known and sheet.still_is(last.image):
        return last
    reading = st.session_state[_KEY] = _read(state, run, sheet.shown)
    return reading


def _read(state: State, run: Run, image: bytes | None) -> Reading:
    dataset = info_of(run.experiment.dataset)
    side = dataset.input_shape[0]
    if image is None:
        return Reading(run.id, None, np.zeros((side, side), np.float32))
    rgba = pixels(image)
    stages = prepare_in_stages(rgba, side)
    if stages is None:
        return Reading(run.id, image, np.zeros((side, side), np.float32))
    drawn = Reading(run.id, image, stages.seen, stages)
    try:
        answers = engine().read(run.id, np.stack([stages.seen, stages.shrunk]), state.owner)
    except WorkersNotReady as error:
        return replace(drawn, trouble=f"{error} {SOON}", waiting=True)
    except RunNotFound as error:
        return replace(drawn, trouble=str(error))
    except Exception as error:  # whatever befell a worker, one can draw on
        logger.exception("run %s gave no answer", run.id)
        text = f"The network could not answer ({type(error).__name__}). Draw on to ask again."
        return replace(drawn, trouble=text)
    return replace(drawn, **_taken(answers), remark=_remark(rgba, answers, dataset))


def _taken(answers: Readings) -> dict[str, Any]:
    """What is kept of the answers to the drawing and to the canvas that is only shrunk."""
    strangeness = None if answers.strangeness is None else float(answers.strangeness[0])
    return {
        "probabilities": answers.probabilities[0],
        "of_shrunk": answers.probabilities[1],
        "strangeness": strangeness,
        "limit": answers.limit,
        "nearest": answers.nearest,
    }


def _remark(rgba: NDArray[np.uint8], answers: Readings, dataset: DatasetInfo) -> Remark | None:
    """A word on the ink, or else on what it is to the network."""
    digits = dataset.shows_digits
    said = remark(rgba, digit=digits)
    if (said is None or not said.hopeless) and digits and _strange(answers):
        return Remark("This is no digit to me: I have learned nothing like it.")
    return said


def _strange(answers: Readings) -> bool:
    return answers.strange is not None and bool(answers.strange[0])
