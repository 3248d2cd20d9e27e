"""Figures in words, the same on cards, in tables and in the README."""

from nnlab.recipes import Published
from nnlab.reproduction.comparison import Comparison


def figure_name(published: Published) -> str:
    """The metric in words, and where it was read, e.g. `training loss at step 900`."""
    kind, _, measure = published.metric.rpartition("_")
    part = {"test": "test", "val": "validation", "": "training"}[kind]
    return f"{part} {measure} {published.where}".strip()


def own_figure(comparison: Comparison) -> str:
    """Our mean, with the spread over the seeds where there are several."""
    if comparison.mean is None:
        return "–"
    mean = written(comparison.published, comparison.mean)
    if comparison.spread is None:
        return mean
    return f"{mean} ± {written(comparison.published, comparison.spread)}"


def difference_text(comparison: Comparison) -> str:
    """Signed, accuracies in percentage points; 0 inside the published range."""
    if comparison.difference is None:
        return "–"
    sign = "+" if comparison.difference > 0 else "−" if comparison.difference < 0 else ""
    size = written(comparison.published, abs(comparison.difference))
    return sign + size.replace(" %", " points")


def written(published: Published, value: float) -> str:
    """An accuracy as a percentage, a loss with four digits."""
    if published.metric.endswith("accuracy"):
        return f"{100 * value:.2f} %"
    return f"{value:.4f}"
