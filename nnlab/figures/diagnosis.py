"""What a finding of the diagnosis rests on, as Plotly figures (plain dicts)."""

from typing import Any

from nnlab.analysis.diagnosis import BarChart, Case, LossChart
from nnlab.figures import palette
from nnlab.figures.curves import Columns, learning_curves
from nnlab.figures.lesson import axis, layout

HEIGHT = 270
_ROW, _AROUND = 26, 120  # pixels of a bar, and of what is around them all
_SMALLEST = 1e-12


def loss_figure(chart: LossChart, case: Case, loss: str) -> dict[str, Any]:
    """Training and validation loss, with the epoch that is pointed out and the loss of guessing.

    Args:
        chart: what is pointed out.
        case: the run.
        loss: what the page calls its loss.
    """
    points: Columns = {
        name: [getattr(point, name) for point in case.points]
        for name in ("epoch", "loss", "accuracy")
    }
    epochs: dict[str, list[float | None]] = {
        name: [getattr(record, name) for record in case.epochs]
        for name in ("epoch", "loss", "accuracy", "val_loss", "val_accuracy")
    }
    name = case.experiment.dataset.validation_name
    if chart.measured:
        name = "Test"
        epochs = {
            "epoch": [epoch for epoch, _ in chart.measured],
            "val_loss": [loss for _, loss in chart.measured],
        }
    figure = learning_curves(points, epochs, "loss", case.experiment.training.epochs, name)
    figure["layout"] |= {"height": HEIGHT, "uirevision": "diagnosis-loss"}
    figure["layout"]["yaxis"]["title"]["text"] = f"Loss ({loss})"
    if chart.marked is not None:
        figure["layout"] |= _mark(chart.marked, chart.label, case.experiment.training.epochs)
    if chart.guessing is not None:
        _draw_guessing(figure, chart.guessing, case.experiment.training.epochs)
    return figure


def _draw_guessing(figure: dict[str, Any], loss: float, total: int) -> None:
    """A line across: whoever looks at nothing has this loss."""
    figure["data"].append(
        {
            "type": "scatter", "mode": "lines", "name": "Guessing",
            "x": [0, total], "y": [loss, loss], "hovertemplate": "%{y:.4f}<extra>Guessing</extra>",
            "line": {"color": palette.VERMILLION, "width": 2, "dash": "dot"},
        }
    )  # fmt: skip
    span = figure["layout"]["yaxis"]["range"]
    span[1] = max(span[1], 1.1 * loss)


def _mark(epoch: float, label: str, total: int) -> dict[str, Any]:
    """A line up at an epoch, its label on the side where there is room."""
    left = epoch > total / 2
    return {
        "shapes": [
            {
                "type": "line", "xref": "x", "yref": "paper", "layer": "below",
                "x0": epoch, "x1": epoch, "y0": 0, "y1": 1,
                "line": {"color": palette.VERMILLION, "width": 2, "dash": "dash"},
            }
        ],
        "annotations": [
            {
                "x": epoch, "y": 1, "xref": "x", "yref": "paper", "yanchor": "top",
                "xanchor": "right" if left else "left", "text": f" {label} ",
                "showarrow": False, "font": {"size": 13, "color": palette.VERMILLION},
            }
        ],
    }  # fmt: skip


def bar_figure(chart: BarChart) -> dict[str, Any]:
    """A bar for each layer or class, and the limit from which the rule speaks.

    Sizes lie over many powers of ten, so they are dots on a logarithmic axis: a bar would need a 0.
    """
    values = [_drawn(value, chart.scale) for value in chart.values]
    made = layout(chart.title, _AROUND + _ROW * len(values)) | {
        "xaxis": _value_axis(chart, values),
        "yaxis": {"autorange": "reversed", "type": "category", "ticklabelstandoff": 6},
        "showlegend": False,
        "shapes": _limit(chart),
    }
    made["margin"] = {"l": 100, "r": 24, "t": 44, "b": 52}
    return {"data": [_trace(chart, values)], "layout": made}


def _drawn(value: float, scale: str) -> float:
    return float(f"{max(value, _SMALLEST) if scale == 'size' else value:.4g}")


def _trace(chart: BarChart, values: list[float]) -> dict[str, Any]:
    number = {"share": "%{x:.1%}", "count": "%{x:,}", "size": "%{x:.2g}"}[chart.scale]
    common = {
        "x": values,
        "y": list(chart.names),
        "hovertemplate": f"%{{y}}: {number}<extra></extra>",
    }
    if chart.scale == "size":
        marker = {"color": palette.BLUE, "size": 11, "symbol": "diamond"}
        dots = {"type": "scatter", "mode": "markers", "marker": marker, "cliponaxis": False}
        return common | dots
    return common | {
        "type": "bar",
        "orientation": "h",
        "marker": {"color": palette.BLUE},
        "width": 0.6,
    }


def _value_axis(chart: BarChart, values: list[float]) -> dict[str, Any]:
    if chart.scale == "size":
        return axis(chart.axis) | {"type": "log", "exponentformat": "power", "dtick": 1}
    if chart.scale == "share":
        return axis(chart.axis, 0, 1) | {"tickformat": ".0%"}
    return axis(chart.axis, 0, 1.05 * max(*values, 1.0))


def _limit(chart: BarChart) -> list[dict[str, Any]]:
    if chart.limit is None:
        return []
    return [
        {
            "type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1,
            "x0": chart.limit, "x1": chart.limit,
            "line": {"color": palette.VERMILLION, "width": 2, "dash": "dash"},
        }
    ]  # fmt: skip
