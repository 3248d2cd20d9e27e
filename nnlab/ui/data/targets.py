"""How the targets of each part lie, where a set has a number for each point."""

from itertools import pairwise

import streamlit as st

from nnlab.datasets import Arrays
from nnlab.experiment import Dataset, InvalidExperiment
from nnlab.figures.met import LOW_HEIGHT, counted_targets, targets_figure
from nnlab.ui.data.parts import parts_of
from nnlab.ui.live_chart import live_chart


@st.fragment(parallel=True)
def targets_panel(arrays: Arrays, dataset: Dataset) -> None:
    """Bars and a table, drawn apart from the page as the counts of classes are."""
    try:
        with st.skeleton(height=LOW_HEIGHT):
            parts = parts_of(arrays, dataset)
    except InvalidExperiment:
        st.info("No counts yet: first mend the sizes.", icon=":material/info:")
        return
    values = {part: arrays.y_train[positions] for part, positions in parts.items()}
    told = [f"{part} {len(v)} of mean {v.mean():.2f}" for part, v in values.items() if len(v)]
    live_chart(targets_figure(values), f"targets-{dataset.name}", f"Targets: {', '.join(told)}")
    with st.expander("The same counts as a table", icon=":material/table:"):
        import pandas as pd  # half a second that the first sight of the page need not wait for

        edges, counted = counted_targets(values)
        ends = [f"{a:.1f} to {b:.1f}" for a, b in pairwise(edges.tolist())]
        columns = {part.capitalize(): counts for part, counts in counted.items()}
        st.dataframe(pd.DataFrame({"Target": ends, **columns}), hide_index=True)
