"""Which settings can vary, in words."""

from nnlab.experiment import Experiment
from nnlab.sweep import ADDED_LAYER, axis_label, settable, shown
from nnlab.sweep.naming import field_label

_FIRST = (
    "training.epochs", ADDED_LAYER, "training.optimizer.type", "training.optimizer.learning_rate",
    "training.batch_size", "training.seed",
)  # fmt: skip
_WIDTHS = ("units", "rate", "filters")


def varied(experiment: Experiment) -> list[str]:
    """Paths of all settings that may vary, the usual ones first."""
    own = list(settable(experiment))
    widths = [path for path in own if path.startswith("layers.") and path.endswith(_WIDTHS)]
    return list(dict.fromkeys([*widths, *(p for p in _FIRST if p in [*own, ADDED_LAYER]), *own]))


def words(experiment: Experiment, path: str) -> str:
    """A setting with the value that it has now, where the experiment has it."""
    own = settable(experiment)
    if path == ADDED_LAYER:
        return f"{axis_label(path)} (0: none)"
    if path not in own:
        return f"{field_label(path)} (not in this experiment)"
    return f"{axis_label(path)} (now {shown(own[path])})"
