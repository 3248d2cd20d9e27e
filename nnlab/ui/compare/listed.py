"""Which runs the list shows, and what it says of each."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from nnlab.experiment import Experiment, setting_label, settings_of
from nnlab.runs.run import Run
from nnlab.runs.run_labels import RunLabel

Labels = Mapping[str, RunLabel]


def listed(runs: Sequence[Run], labels: Labels, search: str) -> list[Run]:
    """The runs that have all words searched for, pinned ones first, else in the order given.

    A word is looked for in the name, tags, data set, state and settings; `units 64` and
    `optimizer adam` find what they say.
    """
    words = search.casefold().split()
    found = [
        run
        for run in runs
        if not words or all(word in _text(run, labels.get(run.id, RunLabel())) for word in words)
    ]
    return sorted(found, key=lambda run: not labels.get(run.id, RunLabel()).pinned)


def row(run: Run, label: RunLabel) -> dict[str, Any]:
    """A run in the list."""
    training = run.experiment.training
    return {
        "Pinned": "📌" if label.pinned else "",
        "Name": run.experiment.name,
        "Tags": list(label.tags),
        "Data set": run.experiment.dataset.name,
        "State": str(run.state),
        "Test accuracy": run.test_accuracy,
        "Test loss": run.test_loss,
        "Optimizer": str(training.optimizer.type),
        "Epochs": training.epochs,
        "Seed": training.seed,
        "Started (UTC)": run.created_at,
    }


def _text(run: Run, label: RunLabel) -> str:
    parts = (run.experiment.name, *label.tags, str(run.state), run.id)
    return f"{' '.join(parts)} {_settings_text(run.experiment)}".casefold()


@lru_cache(maxsize=2000)
def _settings_text(experiment: Experiment) -> str:
    settings = settings_of(experiment)
    return " ".join(
        f"{setting_label(path)} {value}" for path, value in settings.items() if value is not None
    )
