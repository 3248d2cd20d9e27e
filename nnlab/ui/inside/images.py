"""The test images of a run as its network sees them."""

from dataclasses import dataclass, field

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import DatasetError, load_splits
from nnlab.experiment import Dataset, InvalidExperiment
from nnlab.runs.timeline import Snapshot
from nnlab.ui.inside.view import View


@dataclass(frozen=True)
class TestImages:
    """Images uint8 (n, height, width) on the data set's own scale, and their labels (n,)."""

    x: NDArray[np.uint8] = field(repr=False)
    y: NDArray[np.int64] = field(repr=False)
    scale: float

    def seen(self, number: int) -> NDArray[np.float32]:
        """One image (height, width) in [0, 1], divided as in training."""
        return self.x[number].astype(np.float32) / np.float32(self.scale)


def test_images(view: View) -> TestImages | None:
    """The images; None, and words on the page, where they are not on this computer (any more)."""
    try:
        found = _load(view.run.experiment.dataset)
    except (DatasetError, InvalidExperiment) as error:
        _tell(f"The test images cannot be shown. {error}")
        return None
    if not _the_same(found, view.snapshot):
        _tell("The files of this data set have changed since the run; its test images are gone.")
        return None
    return found


def _the_same(found: TestImages, snapshot: Snapshot) -> bool:
    indices = snapshot.indices
    if len(indices) and indices.max() >= len(found.y):
        return False
    return np.array_equal(found.y[indices], snapshot.y_true)


# The first call of a process imports scikit-learn (2 s), which divides the images.
@st.cache_resource(
    show_spinner="The test images are being read …",
    max_entries=8,
    hash_funcs={Dataset: Dataset.model_dump_json},
)
def _load(dataset: Dataset) -> TestImages:
    splits = load_splits(dataset.model_copy(update={"augmentation": None, "drawings": None}))
    return TestImages(splits.x_test, splits.y_test, splits.info.scale)


def _tell(text: str) -> None:
    st.warning(text, icon=":material/hide_image:")
    st.page_link("pages/1_Data.py", label="To the Data page", icon=":material/grid_view:")
