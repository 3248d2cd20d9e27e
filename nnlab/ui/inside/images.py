"""The test images of a run as its network sees them."""

import numpy as np
import streamlit as st

from nnlab.datasets import DatasetError
from nnlab.experiment import InvalidExperiment
from nnlab.runs.timeline import Snapshot
from nnlab.ui.inside.view import View
from nnlab.ui.tested_images import TestedImages, tested_images


def images_seen(view: View) -> TestedImages | None:
    """The images; None, and words on the page, where they are not on this computer (any more)."""
    try:
        found = tested_images(view.run.experiment.dataset)
    except (DatasetError, InvalidExperiment) as error:
        _tell(f"The test images cannot be shown. {error}")
        return None
    if not _the_same(found, view.snapshot):
        _tell("The files of this data set have changed since the run; its test images are gone.")
        return None
    return found


def _the_same(found: TestedImages, snapshot: Snapshot) -> bool:
    indices = snapshot.indices
    if len(indices) and indices.max() >= len(found.y):
        return False
    return np.array_equal(found.y[indices], snapshot.y_true)


def _tell(text: str) -> None:
    st.warning(text, icon=":material/hide_image:")
    st.page_link("pages/1_Data.py", label="To the Data page", icon=":material/grid_view:")
