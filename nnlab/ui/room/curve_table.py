"""The overlaid curves in figures, for those who do not see them and for a closer look."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from nnlab.figures.curves import Metric
from nnlab.figures.wall import Line

# Epochs with a column of their own; of longer trainings as many, evenly spread.
MOST_EPOCHS = 10


def curve_table(lines: Sequence[Line], metric: Metric) -> None:
    """The value of each line at the end of epochs, empty where a run has not got so far."""
    st.dataframe(
        pd.DataFrame(at_epochs(lines)),
        hide_index=True,
        column_config={
            str(epoch): st.column_config.NumberColumn(
                f"Epoch {epoch}", format="percent" if metric == "accuracy" else "%.4f"
            )
            for epoch in _epochs(lines)
        },
    )


def at_epochs(lines: Sequence[Line]) -> dict[str, list[str | float | None]]:
    """Columns `Run`, and one for each epoch by its number, read off the lines."""
    columns: dict[str, list[str | float | None]] = {"Run": [line.name for line in lines]}
    for epoch in _epochs(lines):
        columns[str(epoch)] = [_read(line, epoch) for line in lines]
    return columns


def _epochs(lines: Sequence[Line]) -> list[int]:
    last = max((line.epochs[-1] for line in lines if line.epochs), default=0.0)
    wanted = np.linspace(1, max(int(last + 0.01), 1), MOST_EPOCHS)
    return sorted({round(epoch) for epoch in wanted.tolist()})


def _read(line: Line, epoch: int) -> float | None:
    held = [(x, y) for x, y in zip(line.epochs, line.values, strict=True) if y is not None]
    if not held or held[-1][0] < epoch - 0.01:
        return None
    return float(np.interp(epoch, [x for x, _ in held], [y for _, y in held]))
