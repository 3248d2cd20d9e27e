"""The test images of a run, in the order of its answers."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import DatasetError
from nnlab.experiment import InvalidExperiment
from nnlab.runs.run import Run
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.kinds import NO_IMAGES, has_images
from nnlab.ui.tested_images import tested_images

Images = NDArray[np.uint8]
PRIVATE_IMAGES = "The images are its owner's own and are not shown to others."


def images_of(run: Run, answers: Answers) -> Images | None:
    """The images; None, and words on the page, where they are not on this computer (any more)."""
    if not has_images(run):
        st.info(f"{NO_IMAGES} All figures below hold all the same.", icon=":material/scatter_plot:")
        return None
    found = find_images(run, answers)
    if isinstance(found, str):
        _tell(found)
        return None
    return found


def images_for_others(run: Run, answers: Answers) -> Images | None:
    """The same for who is not the run's owner: own images are never shown to them."""
    if run.experiment.dataset.own_images is None:
        return images_of(run, answers)
    st.info(f"{PRIVATE_IMAGES} All figures below hold all the same.", icon=":material/lock:")
    return None


def find_images(run: Run, answers: Answers) -> Images | str:
    """The images, or why they cannot be shown."""
    if not has_images(run):
        return NO_IMAGES
    try:
        found = tested_images(run.experiment.dataset)
    except (DatasetError, InvalidExperiment) as error:
        return f"The test images cannot be shown. {error}"
    if not _fit(found.y, answers):
        return (
            "The files of this data set have changed since the run, so its test images cannot be"
            " shown."
        )
    return found.pixels


def _fit(labels: NDArray[np.int64], answers: Answers) -> bool:
    return len(labels) == answers.n_test and np.array_equal(labels[answers.numbers], answers.y_true)


def _tell(text: str) -> None:
    st.warning(f"{text} All figures below hold all the same.", icon=":material/hide_image:")
    st.page_link("pages/1_Data.py", label="To the Data page", icon=":material/grid_view:")
