"""Learning curves of one run, with what overfitting is read from, as a Plotly figure (dict)."""

from dataclasses import dataclass
from typing import Any

from nnlab.figures import palette
from nnlab.figures.curves import Columns, learning_curves
from nnlab.figures.lesson import axis, layout

HIGHEST_LOSS = 1.0  # of the axis; the first epochs with few images start beyond it
_HEIGHT = 270


@dataclass(frozen=True)
class Marks:
    """Epochs that are pointed out; 1 is the first, None where there is none.

    Attributes:
        at: where the visitor looks.
        lowest: of the lowest validation loss.
        stop: where early stopping ends the training, or would have.
    """

    at: int | None = None
    lowest: int | None = None
    stop: int | None = None


def overfitting_curves(
    points: Columns, epochs: Columns, total_epochs: int, marks: Marks, before: Columns
) -> dict[str, Any]:
    """Training and validation loss, the gap at one epoch, and another run's validation loss.

    Args:
        points: of the run, as for `learning_curves`.
        epochs: of the run, the same.
        total_epochs: length of the horizontal axis.
        marks: what to point out.
        before: `epoch` and `val_loss` of the run before this one; may be empty.
    """
    curves = learning_curves(points, epochs, "loss", total_epochs)["data"]
    traces = [curve | {"cliponaxis": True} for curve in curves]
    if before.get("epoch"):
        traces.append(_before(before))
    if marks.lowest:
        traces.append(_lowest(epochs, marks.lowest))
    if marks.at:
        traces.append(_gap(epochs, marks.at))
    made = layout("Loss by epoch", _HEIGHT) | {
        "xaxis": axis("Epoch", 0, total_epochs) | {"ticklabeloverflow": "allow"},
        "yaxis": axis("Loss", 0, HIGHEST_LOSS) | {"dtick": 0.2, "tickformat": ".1f"},
        "shapes": _stop_line(marks.stop),
        "annotations": _stop_words(marks.stop),
    }
    made["legend"] |= {"x": 1, "xanchor": "right"}
    made["margin"] = {"l": 60, "r": 20, "t": 44, "b": 44}
    return {"data": traces, "layout": made}


def _before(columns: Columns) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "run before",
        "x": list(columns["epoch"]),
        "y": list(columns["val_loss"]),
        "line": {"color": palette.GREY, "width": 2, "dash": "dot"},
        "hovertemplate": "epoch %{x}: %{y:.4f}<extra>validation of the run before</extra>",
    }


def _lowest(epochs: Columns, epoch: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "lowest",
        "showlegend": False,
        "x": [epoch],
        "y": [epochs["val_loss"][epoch - 1]],
        "marker": {
            "symbol": "star", "size": 13, "color": palette.VALIDATION,
            "line": {"color": palette.VERMILLION, "width": 1.5},
        },
        "hovertemplate": "epoch %{x}: %{y:.4f}<extra>lowest validation loss</extra>",
    }  # fmt: skip


def _gap(epochs: Columns, epoch: int) -> dict[str, Any]:
    """From the training loss up to the validation loss of one epoch."""
    ends = [epochs[name][epoch - 1] for name in ("loss", "val_loss")]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "gap",
        "showlegend": False,
        "cliponaxis": False,
        "x": [epoch, epoch],
        "y": ends,
        "line": {"color": palette.VERMILLION, "width": 3},
        "marker": {"color": palette.VERMILLION, "size": 8},
        "hovertemplate": "epoch %{x}: %{y:.4f}<extra>gap</extra>",
    }


def _stop_line(epoch: int | None) -> list[dict[str, Any]]:
    if epoch is None:
        return []
    return [
        {
            "type": "line", "xref": "x", "yref": "paper", "layer": "below",
            "x0": epoch, "x1": epoch, "y0": 0, "y1": 1,
            "line": {"color": palette.GREEN, "width": 2, "dash": "dash"},
        }
    ]  # fmt: skip


def _stop_words(epoch: int | None) -> list[dict[str, Any]]:
    if epoch is None:
        return []
    return [
        {
            "x": epoch, "y": 1, "xref": "x", "yref": "paper", "yanchor": "top", "xanchor": "left",
            "text": f" early stopping: {epoch}", "showarrow": False, "font": {"size": 13},
        }
    ]  # fmt: skip
