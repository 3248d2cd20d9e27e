"""The curve of a panel: its chart, its figures as a table, and what is still to be worked out."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from nnlab.ui.live_chart import live_chart
from nnlab.ui.what_if.work import Work
from nnlab.ui.wording import percent


def show_curve(
    figure: dict[str, Any],
    work: Work,
    table: Mapping[str, Sequence[Any]],
    name: str,
    alt: str,
) -> None:
    """The chart, how far it is, and the same figures as a table.

    Args:
        figure: of the curves.
        work: what they still need.
        table: columns; one named "Accuracy" or "Spread" is written in per cent.
        name: of the panel.
        alt: the chart in words.
    """
    live_chart(figure, f"what-if-{name}", alt)
    work.show()
    with st.expander("The curve as a table", icon=":material/table:"):
        frame = pd.DataFrame(table)
        style = st.column_config.NumberColumn(format="percent")
        columns = dict.fromkeys(("Accuracy", "Spread"), style)
        st.dataframe(frame, hide_index=True, column_config=columns, height=320)


def from_to(name: str, y: Sequence[float]) -> str:
    """A curve in words."""
    if not y:
        return f"{name}: not worked out yet."
    return f"{name}: from {percent(y[0])} to {percent(y[-1])}, lowest {percent(min(y))}."
