"""The table: a row for each published figure."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from nnlab.reproduction import Comparison, Verdict, measured
from nnlab.reproduction.wording import difference_text, figure_name, own_figure
from nnlab.ui.standing import Standing

KEY = "reproduce-table"
_NOTHING = "–"
_MARKS = {Verdict.AGREES: "✓ agrees", Verdict.DIFFERS: "✗ differs", Verdict.MISSING: "not run yet"}


@dataclass(frozen=True)
class _Figure:
    """A row: what was published, what came of it here, and what our reference run gave."""

    standing: Standing
    here: Comparison
    reference: Comparison

    @property
    def latest(self) -> Comparison:
        """What was run here, until then the reference run."""
        return self.here if self.here.ours else self.reference


def figures_table(found: list[Standing]) -> list[Standing]:
    """Show the table; returns the recipes of the selected rows."""
    import pandas as pd

    rows = [
        _Figure(standing, *pair)
        for standing in found
        for pair in zip(standing.comparisons, measured(standing.recipe.name), strict=True)
    ]
    frame = pd.DataFrame([_row(row) for row in rows])
    if (frame["Run here"] == _NOTHING).all():
        frame = frame.drop(columns="Run here")  # the names have its room
    picked = st.dataframe(
        frame,
        key=KEY,
        hide_index=True,
        height="content",
        on_select="rerun",
        selection_mode="multi-row",
        # What tells most is seen on a narrow page too; the rest scrolls.
        column_config={
            "Recipe": st.column_config.TextColumn(width=214),
            "Figure": st.column_config.TextColumn(width=178),
            "Verdict": st.column_config.TextColumn(width=72),
            "Published": st.column_config.TextColumn(width=78),
            "Reference run": st.column_config.TextColumn(width=110),
            "Difference": st.column_config.TextColumn(width=88),
        },
    )
    chosen = [rows[index].standing for index in picked["selection"]["rows"] if index < len(rows)]
    return [standing for standing in found if standing in chosen]


def _row(row: _Figure) -> dict[str, Any]:
    recipe, published = row.standing.recipe, row.here.published
    source = ", plain Keras" if published.source == "plain Keras" else ""
    return {
        "Recipe": f"{recipe.course} · {recipe.title}",
        "Figure": figure_name(published) + source,
        "Verdict": _verdict(row),
        "Published": str(published),
        "Reference run": own_figure(row.reference),
        "Run here": _run_here(row),
        "Difference": difference_text(row.latest),
    }


def _run_here(row: _Figure) -> str:
    if row.standing.active:
        return f"training, {row.standing.progress:.0%}"
    done, wanted = len(row.here.ours), row.standing.recipe.seeds
    if not done:
        if not row.standing.data_ready:
            return "needs its data set"
        return "did not finish" if row.standing.trouble else _NOTHING
    return own_figure(row.here) + (f" ({done} of {wanted} runs)" if done < wanted else "")


def _verdict(row: _Figure) -> str:
    return _MARKS[row.latest.verdict]


def notes(found: list[Standing]) -> None:
    """Why a figure differs, or what was done in another way."""
    with st.expander("Where and why ours differ", icon=":material/balance:"):
        for recipe in (standing.recipe for standing in found if standing.recipe.note):
            st.markdown(f"**{recipe.course} · {recipe.title}**: {recipe.note}")
