"""The test images of a run, in the order of its answers."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import DatasetError, load_splits
from nnlab.experiment import Dataset, InvalidExperiment
from nnlab.figures.images import as_pixels
from nnlab.runs.run import Run
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.kinds import NO_IMAGES, has_images

Images = NDArray[np.uint8]

_KNOWN = "nnlab_evaluate_images"


@dataclass(frozen=True)
class _TestImages:
    """Images uint8 (n, height, width) from 0 to 255, and their labels (n,)."""

    x: Images
    y: NDArray[np.int64]


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


def find_images(run: Run, answers: Answers) -> Images | str:
    """The images, or why they cannot be shown."""
    if not has_images(run):
        return NO_IMAGES
    try:
        found = _found(run.experiment.dataset)
    except (DatasetError, InvalidExperiment) as error:
        return f"The test images cannot be shown. {error}"
    if not _fit(found.y, answers):
        return (
            "The files of this data set have changed since the run, so its test images cannot be"
            " shown."
        )
    return found.x


def _found(dataset: Dataset) -> _TestImages:
    """A grey place stands for the images while they are read for the first time in a session."""
    known, place = st.session_state.setdefault(_KNOWN, set()), st.empty()
    if dataset not in known:
        with place, st.skeleton(height=420):
            _load(dataset)
        known.add(dataset)
    return _load(dataset)


def _fit(labels: NDArray[np.int64], answers: Answers) -> bool:
    return len(labels) == answers.n_test and np.array_equal(labels[answers.numbers], answers.y_true)


# The first call of a process imports scikit-learn (2 s), which divides the images.
@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={Dataset: Dataset.model_dump_json})
def _load(dataset: Dataset) -> _TestImages:
    splits = load_splits(dataset.model_copy(update={"augmentation": None}))  # quicker
    return _TestImages(as_pixels(splits.x_test, splits.info.scale), splits.y_test)


def _tell(text: str) -> None:
    st.warning(f"{text} All figures below hold all the same.", icon=":material/hide_image:")
    st.page_link("pages/1_Data.py", label="To the Data page", icon=":material/grid_view:")
