"""What the charts over time show, as tables with a row for each moment."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from nnlab.analysis.layers_over_time import Layer, LayersOverTime
from nnlab.figures.unit_words import listed
from nnlab.runs.moments import Distribution
from nnlab.runs.timeline import Place

_MOMENT = "Moment"


def distribution_table(layers: LayersOverTime, parts: Sequence[Distribution]) -> None:
    """Mean, spread, zeros and range."""
    columns = {
        "Mean": [part.mean for part in parts],
        "Standard deviation": [part.std for part in parts],
        "Smallest": [part.low for part in parts],
        "Largest": [part.high for part in parts],
    }
    _show(layers, columns | {"Exactly 0": [part.zeros for part in parts]})


def gradient_table(layers: LayersOverTime, stds: Mapping[str, Sequence[float]]) -> None:
    """The gradients' standard deviation, a column a layer."""
    _show(layers, stds)


def units_table(layers: LayersOverTime, shown: Mapping[str, Layer]) -> None:
    """The numbers of all dead or saturated units, a column a layer."""
    columns = {
        f"{name}: {'dead' if layer.may_die else 'saturated'}": [
            listed(moment.dead if layer.may_die else moment.saturated) or "none"
            for moment in layer.moments
        ]
        for name, layer in shown.items()
    }
    _show(layers, columns)


def _show(layers: LayersOverTime, columns: Mapping[str, Sequence[float] | Sequence[str]]) -> None:
    moments = zip(layers.steps, layers.epochs, strict=True)
    frame = pd.DataFrame({_MOMENT: [Place(*moment).label for moment in moments], **columns})
    formats = {
        name: st.column_config.NumberColumn(format="percent" if name == "Exactly 0" else "%.3g")
        for name in frame.select_dtypes("number").columns
    }
    st.dataframe(frame, hide_index=True, column_config=formats)
