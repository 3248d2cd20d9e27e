"""What the list says of a run."""

from collections.abc import Mapping
from typing import Any

from nnlab.datasets import title_of
from nnlab.runs.run import Run
from nnlab.runs.run_labels import RunLabel

Labels = Mapping[str, RunLabel]


def row(run: Run, label: RunLabel) -> dict[str, Any]:
    """A run in the list."""
    training = run.experiment.training
    return {
        "Pinned": "📌" if label.pinned else "",
        "Name": run.experiment.name,
        "Tags": list(label.tags),
        "Data set": title_of(run.experiment.dataset.name),
        "State": str(run.state),
        "Test accuracy": run.test_accuracy,
        "Test error": run.test_mean_absolute_error,
        "Test loss": run.test_loss,
        "Optimizer": str(training.optimizer.type),
        "Epochs": training.epochs,
        "Seed": training.seed,
        "Started (UTC)": run.created_at,
    }
