"""A run's charts as files for slides and print: SVG, and PNG of 200 dots an inch."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnlab.analysis.evaluation import confusion_matrix
from nnlab.datasets import info_of
from nnlab.export.record import RunRecord
from nnlab.export.report import Answered, metrics_of
from nnlab.figures import palette
from nnlab.figures.confusion_cells import cells_of, too_long

FOLDER = "charts"
FORMATS = ("svg", "png")
_SIZE, _SQUARE = (6.4, 4.0), (6.4, 6.4)  # inches
_DOTS = 200  # an inch
# Text stays text, whatever a class is called, and the same run gives the same file.
_STYLE: dict[Any, Any] = {
    "text.parse_math": False,
    "svg.fonttype": "none", "svg.hashsalt": "nnlab", "font.size": 11,
    "axes.spines.top": False, "axes.spines.right": False,
}  # fmt: skip
_EMPTY = "#eef0f3"

Draw = Callable[[Axes], None]


def write_pictures(record: RunRecord, answered: Answered, folder: Path) -> list[Path]:
    """Each chart of the run in each format.

    Args:
        record: the run.
        answered: on its test images.
        folder: an existing one, in which `charts` is made.

    Returns:
        The files.
    """
    (folder / FOLDER).mkdir()
    charts: dict[str, tuple[tuple[float, float], Draw]] = {
        each: (_SIZE, _curve(record, each)) for each in metrics_of(record)
    }
    if info_of(record.run.experiment.dataset).regression:
        charts["predicted-and-true"] = (_SQUARE, _met(answered))
    else:
        charts["confusion-matrix"] = (_SQUARE, _confusion(record, answered))
    return [path for name, (size, draw) in charts.items() for path in
            _written(folder / FOLDER / name, size, draw)]  # fmt: skip


def _written(stem: Path, size: tuple[float, float], draw: Draw) -> list[Path]:
    with rc_context(_STYLE):
        figure = Figure(figsize=size, layout="constrained")
        draw(figure.subplots())
        paths = [stem.with_suffix(f".{ending}") for ending in FORMATS]
        for path in paths:
            dated = {"Date": None} if path.suffix == ".svg" else None
            figure.savefig(path, dpi=_DOTS, metadata=dated)
    return paths


def _curve(record: RunRecord, metric: str) -> Draw:
    """Against epochs: training as it went on, and what was checked after each epoch."""
    points, epochs = record.columns()
    checked = f"val_{metric}"
    title = metric.replace("_", " ").capitalize()

    def draw(axes: Axes) -> None:
        axes.plot(_numbers(points["epoch"]), _numbers(points[metric]), color=palette.TRAINING,
                  label="Training")  # fmt: skip
        if any(value is not None for value in epochs.get(checked, [])):
            name = record.run.experiment.dataset.validation_name
            axes.plot(_numbers(epochs["epoch"]), _numbers(epochs[checked]), "D--", markersize=4,
                      color=palette.VALIDATION, label=name)  # fmt: skip
        axes.set(title=title, xlabel="Epoch", ylabel=title)
        axes.grid(alpha=0.3)
        axes.legend(frameon=False)

    return draw


def _numbers(values: list[float | None]) -> list[float]:
    return [np.nan if value is None else value for value in values]


def _confusion(record: RunRecord, answered: Answered) -> Draw:
    described = info_of(record.run.experiment.dataset)
    names, things = described.classes, described.kind
    counts = confusion_matrix(answered.probabilities, answered.y_true)
    cells = cells_of(counts, names, normalised=False, things=things)

    def draw(axes: Axes) -> None:
        for (row, column), _ in np.ndenumerate(counts):
            colour = cells.colours[row][column] or _EMPTY
            axes.fill_between([column - 0.48, column + 0.48], row - 0.48, row + 0.48, color=colour)
            axes.text(column, row, cells.texts[row][column], color=palette.ON_CELL,
                      ha="center", va="center")  # fmt: skip
        places = range(len(names))
        turned = 45 if too_long(names) else 0
        axes.set_xticks(places, names, rotation=turned, ha="right" if turned else "center")
        axes.set_yticks(places, names)
        axes.set(title=f"Confusion matrix: number of {things}", xlabel="Predicted class",
                 ylabel="True class", aspect="equal", xlim=(-0.5, len(names) - 0.5),
                 ylim=(len(names) - 0.5, -0.5))  # fmt: skip
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)

    return draw


def _met(answered: Answered) -> Draw:
    predicted, targets = answered.probabilities[:, 0], answered.y_true

    def draw(axes: Axes) -> None:
        ends = [min(targets.min(), predicted.min()), max(targets.max(), predicted.max())]
        axes.plot(ends, ends, color=palette.NEUTRAL, linewidth=1, label="predicted = true")
        axes.scatter(targets, predicted, s=12, color=palette.RIGHT, alpha=0.7)
        axes.set(title="Predicted against true", xlabel="True value", ylabel="Predicted value")
        axes.grid(alpha=0.3)
        axes.legend(frameon=False)

    return draw
