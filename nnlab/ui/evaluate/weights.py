"""What the first layer looks for, as images, at the moment that is looked at."""

import numpy as np
import streamlit as st

from nnlab.analysis.first_layer import FirstLayer, first_layer_of
from nnlab.figures.weight_images import weight_images
from nnlab.runs.run import Run
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
            "The weights that see the image are no square images here, or they were not recorded"
            " at this moment: where they take too much room, the end alone has them."
        )
        st.empty()
        return
    noun, units = _noun(found), len(found.images)
    count = f"The first {SHOWN} of {units:,}" if units > SHOWN else f"All {units}"
    st.caption(
        f"{count} {noun}s. Blue: a bright pixel here makes the {noun} stronger; red: weaker. The"
        " colours mean the same at every moment."
    )
    picture(_sheet(run, place, Timeline(run).places[-1]), "evaluate-weights")


def _found(run: Run, place: Place) -> FirstLayer | None:
    weights = snapshot_at(run, place).weights
    return None if weights is None else first_layer_of(weights)


def _noun(found: FirstLayer) -> str:
    return "filter" if found.filters else "unit"


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs={Run: lambda run: run.id})
def _sheet(run: Run, place: Place, last: Place) -> str:
    found = _found(run, place)
    assert found is not None  # asked before
    return weight_images(found.images[:SHOWN], _limit(run, last), _noun(found))


@st.cache_resource(show_spinner=False, max_entries=200, hash_funcs={Run: lambda run: run.id})
def _limit(run: Run, last: Place) -> float:
    """Of the scale of colours: set by the last moment, when weights are largest."""
    found = _found(run, last)
    sizes = np.abs(np.nan_to_num(found.images[:SHOWN])) if found is not None else np.zeros(1)
    return float(np.quantile(sizes, _QUANTILE)) or 1.0
