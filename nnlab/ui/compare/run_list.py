"""The list of the visitor's runs, in which those to compare are ticked: a page at a time."""

from collections.abc import Sequence
from hashlib import sha256
from math import ceil

import pandas as pd
import streamlit as st

from nnlab.runs.run import Run
from nnlab.runs.run_labels import RunLabel
from nnlab.runs.run_search import Found, RunSearch
from nnlab.ui.columns import folding_columns
from nnlab.ui.compare.by_figure import WORDS, figure_of
from nnlab.ui.compare.listed import Labels, row
from nnlab.ui.compare.look import ORDERS, Look
from nnlab.ui.tied import tied

ROWS = 10


def run_list(search: RunSearch, owner: str, look: Look) -> None:
    """Search, order, and a table whose ticked rows are compared."""
    _search_row(look)
    found = _found(search, owner, look)
    if not found.runs:
        st.info("No run has all these words.", icon=":material/search_off:")
        return
    _table(found.runs, found.labels, look)
    _foot(found, look)


def _search_row(look: Look) -> None:
    def first_page() -> None:
        look.page = 1

    left, right = folding_columns((3, 1), "compare-search-row", narrow=2)
    left.text_input(
        "Search",
        value=look.search,
        placeholder="A name, a tag, a data set or settings, such as: digits adam",
        max_chars=200,
        **tied(look, "search", "compare-search", first_page),
    )
    right.selectbox(
        "Order",
        ORDERS,
        index=ORDERS.index(look.order),
        **tied(look, "order", "compare-order", first_page),
    )


def _found(search: RunSearch, owner: str, look: Look) -> Found:
    """The page that is looked at, or the first one where it is no more."""
    found = search.page(owner, look.search, look.order, look.page - 1, ROWS)
    if not found.runs and look.page > 1:
        look.page = 1
        found = search.page(owner, look.search, look.order, 0, ROWS)
    return found


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
    figure = figure_of(run.experiment for run in shown)
    if figure is not None:  # a column in which nothing can stand is left out
        frame = frame.drop(columns=[f"Test {WORDS[each]}" for each in WORDS if each != figure])
    ticked = [at for at, run_id in enumerate(ids) if run_id in set(look.chosen)]
    st.dataframe(
        frame,
        key=key,
        height="content",
        hide_index=True,
        placeholder="–",
        on_select=take,
        selection_mode="multi-row",
        selection_default={"selection": {"rows": ticked, "columns": [], "cells": []}},
        alt="Your runs. Rows are ticked with the mouse or the space bar.",
        column_config={
            "Pinned": st.column_config.TextColumn("", width=30),
            "Tags": st.column_config.ListColumn(),
            "Test accuracy": st.column_config.NumberColumn(format="percent"),
            "Test error": st.column_config.NumberColumn(
                format="%.4f", help="Mean absolute error, where a number is learned."
            ),
            "Test loss": st.column_config.NumberColumn(format="%.4f"),
            "Started (UTC)": st.column_config.DatetimeColumn(format="D MMM, HH:mm"),
        },
    )


def _foot(found: Found, look: Look) -> None:
    """How many there are and are ticked, and the way to other pages."""
    elsewhere = len(set(look.chosen) - {run.id for run in found.runs})
    also = f", {elsewhere} of them not on this page" if elsewhere else ""
    noun = "run" if found.matching == 1 else "runs"
    text = f"{found.matching} {noun}. Tick those to compare: {len(look.chosen)} ticked{also}."
    pages = ceil(found.matching / ROWS)
    key = f"compare-page-{look.search}-{look.order}-{found.matching}-{look.generation}"
    with st.container(horizontal=True, vertical_alignment="center", key="compare-foot"):
        st.caption(text, width="stretch")
        if pages > 1:
            st.pagination(
                pages,
                default=look.page,
                **tied(look, "page", key),
            )
