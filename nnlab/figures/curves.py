"""How a run's loss and accuracy went, as Plotly figures (plain dicts)."""

from collections.abc import Mapping, Sequence
from math import floor, isfinite, log10
from typing import Any, Literal

import numpy as np

from nnlab.analysis.thinning import thin
from nnlab.figures import palette

Metric = Literal["loss", "accuracy", "mean_absolute_error"]
Columns = Mapping[str, Sequence[float | None]]

AT_MOST = 600
MANY_EPOCHS = 30
HEIGHT = 300
_TITLES = {"loss": "Loss", "accuracy": "Accuracy", "mean_absolute_error": "Error"}
_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def learning_curves(
    points: Columns,
    epochs: Columns,
    metric: Metric,
    total_epochs: int,
    validation_name: str = "Validation",
) -> dict[str, Any]:
    """Training as a line, validation as a dashed line with a mark at each epoch's end.

    Axes do not jump while a run goes on: the epochs are there from the start, and the other
    axis only ever widens. Values that are not numbers (a diverged run) are gaps.

    Args:
        points: equally long lists `epoch` (0 to `total_epochs`, in fractions), `loss` and
            `accuracy` (as a fraction) or `mean_absolute_error`; several an epoch, each the mean
            since the one before.
        epochs: the same at each epoch's end, `val_loss` and `val_accuracy` among them if the
            run has a validation.
        metric: which of them.
        total_epochs: length of the horizontal axis.
        validation_name: what the run is checked on, for the legend.
    """
    training = _line(points, metric)
    validation = _line(epochs, f"val_{metric}")
    values = [value for value in (*training[1], *validation[1]) if value is not None]
    traces = [_training_trace(training, metric)]
    if validation[0]:
        # Many epochs get small marks, or these would hide the line.
        size = 8 if total_epochs <= MANY_EPOCHS else 3
        traces.append(_validation_trace(validation, metric, validation_name, size))
    return {"data": traces, "layout": _layout(metric, values, total_epochs)}


def _line(columns: Columns, name: str) -> tuple[list[float], list[float | None]]:
    """Epochs and values, thinned, everything that is not a finite number made None."""
    values = np.array(columns.get(name) or [], dtype=float)
    if not np.isfinite(values).any():
        return [], []
    x, y = thin(np.asarray(columns["epoch"], dtype=float), values, AT_MOST)
    return x.round(4).tolist(), [_short(value) for value in y.tolist()]


def _short(value: float) -> float | None:
    """With as many digits as a chart can show: the figures travel to the browser."""
    return float(f"{value:.5g}") if isfinite(value) else None


def _training_trace(line: tuple[Any, Any], metric: Metric) -> dict[str, Any]:
    look = {"mode": "lines", "line": {"color": palette.TRAINING, "width": 1.75}}
    return _trace(line, metric, "Training") | look


def _validation_trace(
    line: tuple[Any, Any], metric: Metric, name: str, size: int
) -> dict[str, Any]:
    return _trace(line, metric, name) | {
        "mode": "lines+markers",
        "line": {"color": palette.VALIDATION, "width": 2, "dash": "dash"},
        "marker": {"color": palette.VALIDATION, "size": size, "symbol": "diamond"},
    }


def _trace(line: tuple[Any, Any], metric: Metric, name: str) -> dict[str, Any]:
    number = "%{y:.2%}" if metric == "accuracy" else "%{y:.4f}"
    return {
        "type": "scatter",
        "name": name,
        "x": line[0],
        "y": line[1],
        "connectgaps": False,
        "cliponaxis": False,
        "hovertemplate": f"epoch %{{x:.2f}}: {number}<extra>{name}</extra>",
    }


def _layout(metric: Metric, values: Sequence[float], total_epochs: int) -> dict[str, Any]:
    span = _accuracy_range(values) if metric == "accuracy" else _loss_range(values)
    grid = {"gridcolor": "rgba(138, 143, 152, 0.25)", "zeroline": False, "ticklabelstandoff": 6}
    return {
        "title": {"text": _TITLES[metric], "font": {"size": 16}, "x": 0.01, "y": 0.93},
        "height": HEIGHT,
        "margin": {"l": 60, "r": 16, "t": 44, "b": 44},
        "font": {"size": 13},
        "xaxis": grid | _epoch_axis(total_epochs),
        "yaxis": grid
        | {
            "title": _axis_title(metric.replace("_", " ").capitalize()),
            "range": span,
            "tickformat": ".0%" if metric == "accuracy" else "",
        },
        "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"},
        "showlegend": True,
        "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "uirevision": f"curves-{metric}",
    }


def _axis_title(words: str) -> dict[str, Any]:
    return {"text": words, "font": {"size": 13}, "standoff": 8}


def _epoch_axis(total_epochs: int) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": _axis_title("Epoch"), "range": [0, total_epochs]}
    if total_epochs <= 10:
        axis["dtick"] = 1
    return axis


def _loss_range(values: Sequence[float]) -> list[float]:
    """From 0 to a round number above the largest value, which can only grow during a run."""
    top = max(*values, 1e-6) if values else 1.0
    power = 10.0 ** floor(log10(top))
    return [0.0, next(step * power for step in _STEPS if step * power >= top * 0.999)]


def _accuracy_range(values: Sequence[float]) -> list[float]:
    """Up to 1, from the tenth below the smallest value, which can only shrink during a run."""
    lowest = min(values, default=0.0)
    return [min(floor(lowest * 10) / 10, 0.9), 1.0]
