"""The list of the visitor's runs, in which those to compare are ticked."""

from collections.abc import Sequence
from hashlib import sha256

import pandas as pd
import streamlit as st

from nnlab.runs.run import Run
from nnlab.runs.run_labels import RunLabel
from nnlab.ui.compare.listed import Labels, listed, row
from nnlab.ui.compare.look import Look
from nnlab.ui.tied import tied

HEIGHT = 320  # pixels


def run_list(runs: Sequence[Run], labels: Labels, look: Look) -> None:
    """Search, and a table whose ticked rows are compared."""
    st.text_input(
        "Search",
        value=look.search,
        placeholder="A name, a tag, a data set or settings, such as: adam units 64",
        max_chars=200,
        **tied(look, "search", f"compare-search-{look.generation}"),
    )
    shown = listed(runs, labels, look.search)
    if not shown:
        st.info("No run has all these words.", icon=":material/search_off:")
        return
    _table(shown, labels, look)
    hidden = len(set(look.chosen) - {run.id for run in shown})
    also = f", {hidden} of them not in this list" if hidden else ""
    st.caption(
        f"{len(shown)} of {len(runs)} runs. Tick those to compare, with the mouse or with the"
        f" space bar: {len(look.chosen)} ticked{also}."
    )


def _table(shown: Sequence[Run], labels: Labels, look: Look) -> None:
    ids = [run.id for run in shown]
    # Ticks are numbers of rows: other rows are another table.
    key = f"compare-runs-{look.generation}-{sha256(''.join(ids).encode()).hexdigest()[:12]}"

    def take() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        ticked = {ids[at] for at in rows if at < len(ids)}
        stay = [each for each in look.chosen if each not in ids or each in ticked]
        look.chosen = (*stay, *(each for each in ids if each in ticked and each not in stay))

    frame = pd.DataFrame([row(run, labels.get(run.id, RunLabel())) for run in shown])
    ticked = [at for at, run_id in enumerate(ids) if run_id in set(look.chosen)]
    st.dataframe(
        frame,
        key=key,
        height=min(HEIGHT, 38 + 35 * len(ids)),
        hide_index=True,
        on_select=take,
        selection_mode="multi-row",
        selection_default={"selection": {"rows": ticked, "columns": [], "cells": []}},
        column_config={
            "Pinned": st.column_config.TextColumn("", width=30),
            "Tags": st.column_config.ListColumn(),
            "Test accuracy": st.column_config.NumberColumn(format="percent"),
            "Test loss": st.column_config.NumberColumn(format="%.4f"),
            "Started (UTC)": st.column_config.DatetimeColumn(format="D MMM, HH:mm"),
        },
    )
