"""The test images of a run's data set, read once for all pages."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import load_splits
from nnlab.experiment import Dataset
from nnlab.figures.images import as_pixels

_KNOWN = "nnlab_tested_images"


@dataclass(frozen=True)
class TestedImages:
    """To be read only, as all visitors share them.

    Attributes:
        x: uint8 (n, height, width), on the data set's own scale.
        y: int64 (n,), their labels.
        scale: what a white pixel is on that scale.
    """

    x: NDArray[np.uint8] = field(repr=False)
    y: NDArray[np.int64] = field(repr=False)
    scale: float

    @cached_property
    def pixels(self) -> NDArray[np.uint8]:
        """The same from 0 to 255."""
        return as_pixels(self.x, self.scale)

    def seen(self, number: int) -> NDArray[np.float32]:
        """One image (height, width) in [0, 1], divided as in training."""
        return self.x[number].astype(np.float32) / np.float32(self.scale)


def tested_images(dataset: Dataset) -> TestedImages:
    """The images that a run on `dataset` is tested with.

    A grey place stands for them while they are read for the first time in a session.

    Raises:
        DatasetError, InvalidExperiment: they are not on this computer (any more), or cannot be
            divided so.
    """
    known, place = st.session_state.setdefault(_KNOWN, set()), st.empty()
    if dataset not in known:
        with place, st.skeleton(height=420):
            _load(dataset)
        known.add(dataset)
    return _load(dataset)


# The first call of a process imports scikit-learn (2 s), which divides the images.
@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs={Dataset: Dataset.model_dump_json})
def _load(dataset: Dataset) -> TestedImages:
    splits = load_splits(dataset.without_additions())
    return TestedImages(splits.x_test, splits.y_test, splits.info.scale)
