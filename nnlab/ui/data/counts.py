"""How many images of each class every part has: as bars and as a table."""

import pandas as pd
import streamlit as st

from nnlab.datasets import Arrays, info
from nnlab.experiment import Dataset, InvalidExperiment
from nnlab.figures.data import class_counts
from nnlab.ui.data.parts import Counts, counts_of
from nnlab.ui.live_chart import live_chart


@st.fragment(parallel=True)
def counts_panel(arrays: Arrays, dataset: Dataset) -> None:
    """Drawn apart from the page, which need not wait for scikit-learn's import."""
    try:
        with st.skeleton(height=340):
            counts = counts_of(arrays, dataset)
    except InvalidExperiment:
        st.info("No counts yet: first mend the sizes.", icon=":material/info:")
        return
    classes = info(dataset.name).classes
    alt = "Bars: " + ", ".join(f"{part} {values.sum()}" for part, values in counts.items())
    live_chart(class_counts(counts, classes), "class-counts", alt)
    with st.expander("The same counts as a table", icon=":material/table:"):
        st.dataframe(_table(counts, classes), hide_index=True)


def _table(counts: Counts, classes: tuple[str, ...]) -> pd.DataFrame:
    columns = {part.capitalize(): values for part, values in counts.items() if values.sum()}
    return pd.DataFrame({"Class": classes, **columns, "All": sum(counts.values())})
