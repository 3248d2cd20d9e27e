"""The tutorials' published figures beside our own."""

from nnlab.reproduction.comparison import (
    Comparison,
    Verdict,
    compare,
    experiments_of,
    results_of,
    training_seconds,
)
from nnlab.reproduction.counts import CLASS_COUNTS, class_counts
from nnlab.reproduction.measured import Measured, latest, measured, write_measured
from nnlab.reproduction.readme import figures_table, with_figures

__all__ = [
    "CLASS_COUNTS",
    "Comparison",
    "Measured",
    "Verdict",
    "class_counts",
    "compare",
    "experiments_of",
    "figures_table",
    "latest",
    "measured",
    "results_of",
    "training_seconds",
    "with_figures",
    "write_measured",
]
