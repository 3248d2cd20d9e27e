"""Which data set is trained on, in a line; the Data page has the rest."""

from contextlib import suppress

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import CATALOG, DatasetError, arrays_of, info, info_of, sizes, status
from nnlab.experiment import OWN_IMAGES, OWN_POINTS, Dataset, InvalidExperiment
from nnlab.ui.controls import choice
from nnlab.ui.kinds import use_set
from nnlab.ui.own.problem import own_data_problem
from nnlab.ui.state import State


def dataset_choice(state: State) -> None:
    """A select box of the data sets."""
    choice(
        state,
        "Data set",
        "dataset.name",
        state.experiment.dataset.name,
        (*CATALOG, OWN_POINTS, OWN_IMAGES),
        format_func=lambda name: info(name).title,
        take=lambda name: use_set(state, name),
    )


def dataset_is_ready(state: State) -> bool:
    """Whether the chosen set is on this computer, and the visitor may learn from it."""
    ready = status(state.experiment.dataset.name).state == "ready"
    return ready and own_data_problem(state) is None


def split_caption(state: State) -> None:
    """How the images are divided, or what to do to get them."""
    dataset = state.experiment.dataset
    found = status(dataset.name)
    problem = own_data_problem(state)
    if problem is not None or found.state != "ready":
        st.warning(problem or found.message, icon=":material/download:")
        st.page_link("pages/1_Data.py", label="To the Data page", icon=":material/grid_view:")
        return
    with suppress(InvalidExperiment):  # told with the other problems
        train, validation, test = sizes(dataset)
        things = info(dataset.name).kind
        watched = (
            f"the test {things}" if dataset.validation == "test" else f"{validation:,} {things}"
        )
        text = f"{train:,} {things} to train on{copies_words(dataset)}, {test:,} to test; "
        watch = f"checked on {watched} after each epoch" if validation else "no validation"
        st.caption(f"{text}{watch}. The split is set on the Data page.")


def copies_words(dataset: Dataset) -> str:
    """E.g. ` (55,000 and 2 changed copies of each)`; nothing without augmentation.

    Raises:
        InvalidExperiment: the set cannot be divided so.
    """
    if dataset.augmentation is None:
        return ""
    copies = dataset.augmentation.copies
    originals = sizes(dataset)[0] // (1 + copies)
    noun = "a changed copy" if copies == 1 else f"{copies} changed copies"
    return f" ({originals:,} and {noun} of each)"


def sample_image(state: State) -> NDArray[np.float64] | None:
    """One image (H, W) in [0, 1] for the picture of the network, None where there is none."""
    dataset = state.experiment.dataset
    if not info_of(dataset).has_images or own_data_problem(state) is not None:
        return None
    return _sample(Dataset(name=dataset.name, own_images=dataset.own_images))


@st.cache_data(show_spinner=False, max_entries=8, hash_funcs={Dataset: Dataset.model_dump_json})
def _sample(dataset: Dataset) -> NDArray[np.float64] | None:
    try:
        arrays = arrays_of(dataset)
    except (DatasetError, InvalidExperiment):
        return None
    return arrays.x_train[0] / info_of(dataset).scale
