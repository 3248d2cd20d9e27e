"""The curves of the ticked runs over each other."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from nnlab.analysis.comparing.places import PLACES
from nnlab.figures.compared import Axes, Curve, curves
from nnlab.runs.store import RunStore
from nnlab.ui.columns import folding_columns
from nnlab.ui.compare.by_figure import metrics_of
from nnlab.ui.compare.drawn import drawn_curves
from nnlab.ui.compare.look import Look, Metric
from nnlab.ui.compare.subject import Subject
from nnlab.ui.live_chart import live_chart
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.tied import tied

_FORMULA = (
    "An exponential moving average: with weight w, mₙ = w·mₙ₋₁ + (1 − w)·yₙ from m₀ = 0, and the "
    "n-th value drawn is mₙ / (1 − wⁿ), as in TensorBoard. 0 leaves the curve as it is."
)
_BAND = (
    "Lines are means over the seeds; bands reach one standard deviation (of a sample, k − 1 for k "
    "seeds) to both sides, over the stretch that all of them have trained."
)
_TABLE_PLACES = 10


def curves_panel(store: RunStore, look: Look, subject: Subject) -> None:
    """What is drawn, by what, how smooth; the chart, and the same as a table."""
    st.subheader("Curves", anchor=False)
    _choices(look, subject)
    drawn = drawn_curves(store, look, subject)
    if not drawn:
        st.info(_missing(look, subject), icon=":material/show_chart:")
        return
    axes = Axes(look.place, look.metric, look.metric.endswith("accuracy"))
    words = f"{look.metric} by {look.place.lower()} of {len(drawn)} curves; a table follows."
    live_chart(curves(drawn, axes), "compare-curves", words)
    if any(curve.low is not None for curve in drawn):
        st.caption(_BAND)
    with rarely_open("The curves as a table", "compare-curve-table") as is_open:
        if is_open:
            _table(drawn, axes)


def _choices(look: Look, subject: Subject) -> None:
    what, by, smooth = folding_columns((2, 2, 2), "compare-choices", narrow=2)
    metrics = metrics_of(subject.figure)
    if look.metric not in metrics:
        look.metric = _alike(look.metric, metrics)
    what.selectbox("Figure", metrics, metrics.index(look.metric),
                   **tied(look, "metric", f"compare-metric-{subject.figure}"))  # fmt: skip
    by.selectbox("By", PLACES, PLACES.index(look.place), **tied(look, "place", "compare-place"))
    smooth.slider("Smoothing", 0.0, 0.99, look.smoothing, 0.01, help=_FORMULA,
                  **tied(look, "smoothing", "compare-smoothing"))  # fmt: skip
    st.toggle(
        "Runs that differ in the seed only as one curve with a band",
        look.seeds_together,
        **tied(look, "seeds_together", "compare-together"),
    )


def _alike(metric: Metric, metrics: Sequence[Metric]) -> Metric:
    """For the accuracy the error and the other way round, of the same part; else its loss."""
    part = metric.split()[0]
    return [each for each in metrics if each.startswith(part)][-1]


def _missing(look: Look, subject: Subject) -> str:
    if subject.busy:
        return "These runs have no such points yet."
    if look.metric.startswith("Validation"):
        return "None of these runs has a validation part."
    return "None of these runs has trained far enough."


def _table(drawn: Sequence[Curve], axes: Axes) -> None:
    last = max(curve.x[-1] for curve in drawn)
    first = min(curve.x[0] for curve in drawn)
    wanted = np.linspace(first, last, _TABLE_PLACES).tolist()
    columns: dict[str, list[str | float | None]] = {"Curve": [curve.name for curve in drawn]}
    for at in wanted:
        columns[f"{at:.3g}"] = [_read(curve, at) for curve in drawn]
    number = st.column_config.NumberColumn(format="percent" if axes.share else "%.4f")
    st.caption(f"{axes.y}, by {axes.x.lower()}; empty where a curve has no points.")
    st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        column_config={name: number for name in columns if name != "Curve"},
    )


def _read(curve: Curve, at: float) -> float | None:
    if not curve.x[0] <= at <= curve.x[-1]:
        return None
    return float(np.interp(at, curve.x, [y if y is not None else np.nan for y in curve.y]))
