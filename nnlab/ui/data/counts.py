"""How many images of each class every part has: as bars and as a table."""

from typing import TYPE_CHECKING

import streamlit as st

from nnlab.datasets import Arrays, info_of
from nnlab.experiment import Dataset, InvalidExperiment
from nnlab.figures.data import class_counts
from nnlab.ui.data.parts import Parts, counts_of
from nnlab.ui.live_chart import live_chart

if TYPE_CHECKING:
    import pandas as pd


@st.fragment(parallel=True)
def counts_panel(arrays: Arrays, dataset: Dataset) -> None:
    """Drawn apart from the page, which need not wait for scikit-learn's import."""
    try:
        with st.skeleton(height=340):
            counts = counts_of(arrays, dataset)
    except InvalidExperiment:
        st.info("No counts yet: first mend the sizes.", icon=":material/info:")
        return
    described = info_of(dataset)
    classes = described.classes
    alt = "Bars: " + ", ".join(f"{part} {values.sum()}" for part, values in counts.items())
    figure = class_counts(counts, classes, described.kind)
    live_chart(figure, f"class-counts-{dataset.name}", alt)
    with st.expander("The same counts as a table", icon=":material/table:"):
        st.dataframe(_table(counts, classes), hide_index=True)


def _table(counts: Parts, classes: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd  # half a second that the first sight of the page need not wait for

    columns = {part.capitalize(): values for part, values in counts.items() if values.sum()}
    return pd.DataFrame({"Class": classes, **columns})
