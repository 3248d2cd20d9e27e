"""A report on a run as one HTML file that works without a network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import confidence, confusion_matrix, per_class, predicted, select
from nnlab.analysis.numbers import scores
from nnlab.datasets import info_of
from nnlab.datasets.told_settings import told_settings
from nnlab.experiment import setting_label
from nnlab.export.met import met_parts
from nnlab.export.page import chart, facts, page, table
from nnlab.export.record import RunRecord
from nnlab.figures.changes_marked import in_words, marks_of, with_changes_marked
from nnlab.figures.curves import Metric, learning_curves
from nnlab.figures.evaluation import confusion
from nnlab.figures.images import image_sheet
from nnlab.figures.plotly_file import plotly_file
from nnlab.runs.run import Run

WORST = 24


@dataclass(frozen=True)
class Answered:
    """What the network answers to its test images.

    Attributes:
        probabilities: (n, classes), or numbers (n, 1).
        y_true: (n,), classes or targets.
        images: uint8 (n, height, width) from 0 to 255, None where there are none to be shown.
    """

    probabilities: NDArray[np.float32] = field(repr=False)
    y_true: NDArray[Any] = field(repr=False)
    images: NDArray[np.uint8] | None = field(repr=False, default=None)


def report(record: RunRecord, answered: Answered, versions: Mapping[str, str]) -> str:
    """HTML, with plotly.js in it once and nothing that is loaded from elsewhere.

    Args:
        record: the run.
        answered: on its test images.
        versions: of each program, by its name.
    """
    run = record.run
    parts = [
        facts(_figures(record, answered)),
        "<h2>How it learned</h2>",
        '<div class="two">', *_curves(record), "</div>",
        _epochs(record),
        *_answers(record, answered),
        "<h2>Settings</h2>",
        facts({setting_label(path): _said(value) for path, value in _settings(record).items()}),
        f"<footer>{escape(_made(run.id, versions))}</footer>",
    ]  # fmt: skip
    return page(run.experiment.name, "".join(parts), plotly_source())


def _answers(record: RunRecord, answered: Answered) -> list[str]:
    info = info_of(record.run.experiment.dataset)
    if info.regression:
        return met_parts(answered.probabilities, answered.y_true)
    return [
        "<h2>What is taken for what</h2>",
        _confusion(answered, info.classes),
        "<h2>Class by class</h2>",
        _classes(answered, info.classes),
        *_worst(answered, info.classes),
    ]


def plotly_source() -> str:
    """plotly.js as the plotly package brings it, about 4.5 MB."""
    return plotly_file().read_text(encoding="utf-8")


def _figures(record: RunRecord, answered: Answered) -> dict[str, str]:
    run = record.run
    info = info_of(run.experiment.dataset)
    noun = "images" if info.has_images else "points"
    return {
        "Data set": info.title,
        **_tested(run, answered),
        "Test loss": "–" if run.test_loss is None else f"{run.test_loss:.4f}",
        "Tested on": f"{len(answered.y_true):,} {noun}",
        "Epochs": f"{run.epoch} of {run.experiment.training.epochs}",
        "Began": f"{run.created_at:%d %B %Y, %H:%M} UTC",
    }


def _tested(run: Run, answered: Answered) -> dict[str, str]:
    if not info_of(run.experiment.dataset).regression:
        return {"Test accuracy": _percent(run.test_accuracy)}
    found = scores(answered.probabilities[:, 0], answered.y_true)
    return {"Test mean absolute error": f"{found.mae:.4f}", "R² on the test": f"{found.r2:.4f}"}


def metrics_of(record: RunRecord) -> tuple[Metric, ...]:
    """What the curves show: the loss, and accuracy or what numbers have instead."""
    return ("loss", info_of(record.run.experiment.dataset).figure)


def _curves(record: RunRecord) -> list[str]:
    points, epochs = record.columns()
    experiment = record.run.experiment
    name, total = experiment.dataset.validation_name, experiment.training.epochs
    figures = {
        each: learning_curves(points, epochs, each, total, name) for each in metrics_of(record)
    }
    changes, per_epoch, marks = experiment.training.changes, record.run.steps_per_epoch, ""
    if changes and per_epoch is not None:
        marks = f" {in_words(marks_of(changes, per_epoch, total))}"
        figures = {
            each: with_changes_marked(figure, changes, per_epoch, low=each == "accuracy")
            for each, figure in figures.items()
        }
    return [
        chart(each, figure, _in_words(record, each) + marks) for each, figure in figures.items()
    ]


def _in_words(record: RunRecord, metric: Metric) -> str:
    name = metric.replace("_", " ")
    if not record.epochs:
        return f"{name.capitalize()}: no epoch was finished."
    first, last = record.epochs[0], record.epochs[-1]
    text = (
        f"Training {name}: {getattr(first, metric):.4f} after epoch {first.epoch},"
        f" {getattr(last, metric):.4f} after epoch {last.epoch}."
    )
    checked = getattr(last, f"val_{metric}")
    return text if checked is None else f"{text} Validation {name} at the end: {checked:.4f}."


def _epochs(record: RunRecord) -> str:
    columns = {"Epoch": "epoch"}
    for part, before in (("Training", ""), ("Validation", "val_")):
        columns |= {
            f"{part} {each.replace('_', ' ')}": f"{before}{each}" for each in metrics_of(record)
        }
    rows = [
        ["–" if value is None else value if name == "epoch" else f"{value:.4f}"
         for name in columns.values() for value in [getattr(epoch, name)]]
        for epoch in record.epochs
    ]  # fmt: skip
    heads = list(columns)
    return f"<details><summary>Each epoch as a table</summary>{table(heads, rows)}</details>"


def _confusion(answered: Answered, names: tuple[str, ...]) -> str:
    counts = confusion_matrix(answered.probabilities, answered.y_true)
    rows = [[name, *row] for name, row in zip(names, counts.tolist(), strict=True)]
    words = f"{counts.diagonal().sum():,} of {counts.sum():,} are right."
    heads = ["", *(f"taken for {name}" for name in names)]
    return chart("confusion", confusion(counts, names, normalised=False), words) + (
        f"<details><summary>The same as a table</summary>{table(heads, rows)}</details>"
    )


def _classes(answered: Answered, names: tuple[str, ...]) -> str:
    found = per_class(answered.probabilities, answered.y_true)
    columns = (found.precision, found.recall, found.f1)
    rows = [
        [name, *(_percent(float(column[number])) for column in columns), int(found.support[number])]
        for number, name in enumerate(names)
    ]
    return table(["Class", "Precision", "Recall", "F1", "Tested on"], rows)


def _worst(answered: Answered, names: tuple[str, ...]) -> list[str]:
    """The most confident mistakes as images; nothing where there are none."""
    if answered.images is None:
        return []
    chosen = select(answered.probabilities, answered.y_true, "confident_errors")[:WORST]
    if not len(chosen):
        return []
    said, sure = predicted(answered.probabilities), confidence(answered.probabilities)
    captions = [
        f"{names[answered.y_true[i]]} taken for {names[said[i]]}, {sure[i]:.0%} sure"
        for i in chosen
    ]
    return [
        "<h2>Most confident mistakes</h2>",
        image_sheet(list(answered.images[chosen]), captions),
    ]


def _settings(record: RunRecord) -> dict[str, Any]:
    return told_settings(record.run.experiment)


def _said(value: Any) -> str:
    """As a person says it."""
    if value is None:
        return "none"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.2%}"


def _made(run_id: str, versions: Mapping[str, str]) -> str:
    made = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"Run {run_id}. Written on {datetime.now(UTC):%d %B %Y} with {made}."
