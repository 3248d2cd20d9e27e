"""What the first layer looks for, as images, at the moment that is looked at."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.layer_weights import layer_weights, unit_images
from nnlab.datasets import info_of
from nnlab.experiment import Conv2D, Dense
from nnlab.figures.weight_images import weight_images
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place, Timeline
from nnlab.ui.picture import picture
from nnlab.ui.time_bar import snapshot_at

# The first of them; which they are stays the same from moment to moment.
SHOWN = 24
# Single weights are far larger than the rest; they have the full colour, as have all above this.
_QUANTILE = 0.995


def first_layer(run: Run, place: Place) -> None:
    """The weights of some units or filters; words where they were not recorded."""
    st.header("The first layer's weights", anchor=False)
    found = _found(run, place)
    if found is None:
        st.caption(
            "The weights that see the image are no images here, or they were not recorded"
            " at this moment: where they take too much room, the end alone has them."
        )
        st.empty()
        return
    noun, units = _noun(run), len(found)
    count = f"The first {SHOWN} of {units:,}" if units > SHOWN else f"All {units}"
    st.caption(
        f"{count} {noun}s. Blue: ink here raises the {noun}'s sum; orange: lowers it. The colours"
        " mean the same at every moment. All of them are on Inside."
    )
    picture(_sheet(run, place, Timeline(run).places[-1]), "evaluate-weights")


def _found(run: Run, place: Place) -> NDArray[np.float32] | None:
    """What each unit or filter multiplies the image with, (units, height, width)."""
    try:
        weights = snapshot_at(run, place).weights
        first = layer_weights(run.experiment, weights)[0] if weights else None
    except (RunNotFound, ValueError):  # files that are gone, damaged or another network's
        return None
    if first is None:
        return None
    images = unit_images(first.kernel, info_of(run.experiment.dataset).input_shape)
    return None if images is None else images[..., 0]


def _noun(run: Run) -> str:
    with_weights = (x for x in run.experiment.layers if isinstance(x, Conv2D | Dense))
    return "filter" if isinstance(next(with_weights, None), Conv2D) else "unit"


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs={Run: lambda run: run.id})
def _sheet(run: Run, place: Place, last: Place) -> str:
    found = _found(run, place)
    assert found is not None  # asked before
    return weight_images(found[:SHOWN], _limit(run, last), _noun(run))


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs={Run: lambda run: run.id})
def _limit(run: Run, last: Place) -> float:
    """Of the scale of colours: set by the last moment, when weights are largest."""
    found = _found(run, last)
    sizes = np.abs(np.nan_to_num(found[:SHOWN])) if found is not None else np.zeros(1)
    return float(np.quantile(sizes, _QUANTILE)) or 1.0
