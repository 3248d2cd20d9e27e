"""What workers tell of a network at a moment; nothing is asked twice."""

import logging
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.weighted_sum import NeuronPass
from nnlab.runs.run import RunNotFound
from nnlab.ui.inside.image_choice import Chosen
from nnlab.ui.inside.view import View
from nnlab.ui.inside.weights import tell_of_no_weights
from nnlab.ui.resources import engine
from nnlab.work.short_tasks import WorkersNotReady

logger = logging.getLogger(__name__)

Outputs = list[NDArray[np.float32]]
Place = tuple[int, int] | None
_T = TypeVar("_T")


def outputs_of(view: View, image: Chosen) -> Outputs | None:
    """What each layer makes of the image; None, and words on the page, where nobody can tell."""
    pixels = image.seen
    return _answer(
        view,
        lambda: _outputs(view.run.id, view.step, view.state.owner, pixels.tobytes(), pixels.shape),
    )


def neuron_of(view: View, image: Chosen, layer: int, unit: int, place: Place) -> NeuronPass | None:
    """One unit at work on the image; None, and words on the page, where nobody can tell."""
    pixels = image.seen
    asked = (layer, unit, place)
    return _answer(
        view,
        lambda: _neuron(
            view.run.id, view.step, view.state.owner, pixels.tobytes(), pixels.shape, asked
        ),
    )


def _answer(view: View, question: Callable[[], _T]) -> _T | None:
    try:
        return question()
    except WorkersNotReady as error:
        st.info(f"{error} The picture then comes by itself.", icon=":material/hourglass_top:")
    except RunNotFound:
        tell_of_no_weights()
    except Exception as error:  # whatever befell a worker, the page stays
        logger.exception("run %s could not be looked into", view.run.id)
        st.error(
            f"The workers could not answer ({type(error).__name__}). Move the slider to ask again.",
            icon=":material/error:",
        )
    return None


# Of a convolutional network some hundred kilobytes each.
@st.cache_resource(show_spinner=False, max_entries=60)
def _outputs(
    run_id: str, step: int | None, owner: str, pixels: bytes, shape: tuple[int, ...]
) -> Outputs:
    return engine().layer_outputs(run_id, step, _image(pixels, shape), owner)


@st.cache_resource(show_spinner=False, max_entries=200)
def _neuron(
    run_id: str,
    step: int | None,
    owner: str,
    pixels: bytes,
    shape: tuple[int, ...],
    asked: tuple[int, int, Place],
) -> NeuronPass:
    return engine().neuron_pass(run_id, step, _image(pixels, shape), *asked, owner)


def _image(pixels: bytes, shape: tuple[int, ...]) -> NDArray[np.float32]:
    return np.frombuffer(pixels, np.float32).reshape(shape)
