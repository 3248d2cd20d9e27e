"""What runs are compared by beside their loss: accuracy, or how far off their numbers are."""

from collections.abc import Iterable

from nnlab.analysis.comparing.statement import ACCURACY, ERROR, LOSS
from nnlab.analysis.comparing.statement import Figure as Compared
from nnlab.datasets import info_of
from nnlab.datasets.catalog import Figure
from nnlab.experiment import Experiment
from nnlab.ui.compare.look import JUDGED, METRICS, Judged, Metric

WORDS: dict[Figure, str] = {"accuracy": "accuracy", "mean_absolute_error": "error"}
COMPARED: dict[Figure, Compared] = {"accuracy": ACCURACY, "mean_absolute_error": ERROR}
JUDGED_BY: dict[Judged, Compared] = {
    "Test accuracy": ACCURACY, "Test error": ERROR, "Test loss": LOSS,
}  # fmt: skip
EXPLAINED = "Error: the mean absolute error, how far off the numbers are on average."
MIXED = (
    "Some of these runs learn classes and some learn numbers. Accuracy and error are not compared; "
    "the loss is, but a loss of classes and one of numbers are not measured alike."
)


def figure_of(experiments: Iterable[Experiment]) -> Figure | None:
    """The figure that all of them have; None where some learn classes and some numbers."""
    found = {info_of(experiment.dataset).figure for experiment in experiments}
    return found.pop() if len(found) == 1 else None


def metrics_of(figure: Figure | None) -> tuple[Metric, ...]:
    """What curves can show of runs that have this figure in common."""
    return tuple(metric for metric in METRICS if metric.split()[1] in _words(figure))


def judged_of(figure: Figure | None) -> tuple[Judged, ...]:
    """What such runs can be tested by."""
    return tuple(judged for judged in JUDGED if judged.split()[1] in _words(figure))


def _words(figure: Figure | None) -> tuple[str, ...]:
    return ("loss",) if figure is None else ("loss", WORDS[figure])
