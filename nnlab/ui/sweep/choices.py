"""Which settings can vary, in words."""

from nnlab.experiment import Experiment, settings_of
from nnlab.sweep import ADDED_LAYER, axis_label, shown

_FIRST = (
    "training.epochs", ADDED_LAYER, "training.optimizer.type", "training.optimizer.learning_rate",
    "training.batch_size", "training.seed",
)  # fmt: skip
# What stands for data of one's own, and what a run is begun from, are no numbers to vary.
_NOT = ("dataset.own", "dataset.drawings", "training.start_from", "training.changes")
_WIDTHS = ("units", "rate", "filters")


def varied(experiment: Experiment) -> list[str]:
    """Paths of all settings that may vary, the usual ones first."""
    own = [path for path in settings_of(experiment) if not path.startswith(_NOT)]
    own = [path for path in own if not (path.startswith("layers.") and path.endswith(".type"))]
    widths = [path for path in own if path.startswith("layers.") and path.endswith(_WIDTHS)]
    return list(dict.fromkeys([*widths, *(p for p in _FIRST if p in [*own, ADDED_LAYER]), *own]))


def words(experiment: Experiment, path: str) -> str:
    """A setting with the value that it has now."""
    own = settings_of(experiment)
    if path == ADDED_LAYER:
        return f"{axis_label(path)} (0 adds none)"
    return f"{axis_label(path)} (now {shown(own.get(path))})"
