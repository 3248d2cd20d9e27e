"""Which settings can vary, in words."""

from nnlab.experiment import Experiment
from nnlab.sweep import ADDED_LAYER, axis_label, settable, shown
from nnlab.sweep.naming import field_label
from nnlab.ui.state import State

_FIRST = (
    "training.epochs", ADDED_LAYER, "training.optimizer.type", "training.optimizer.learning_rate",
    "training.batch_size", "training.seed",
)  # fmt: skip
_WIDTHS = ("units", "rate", "filters")
# By the last part of a setting's path: to begin with, and to be changed.
_SUGGESTED = {
    "epochs": "1, 5, 10",
    "units": "16, 64, 256",
    "filters": "8, 16, 32",
    "rate": "0, 0.2, 0.5",
    "learning_rate": "0.0001, 0.001, 0.01",
    "batch_size": "16, 32, 128",
    "seed": "0, 1, 2",
    "l1": "0, 0.0001, 0.001",
    "l2": "0, 0.0001, 0.001",
    ADDED_LAYER: "0, 32, 128",
}


def varied(experiment: Experiment) -> list[str]:
    """Paths of all settings that may vary, the usual ones first."""
    own = list(settable(experiment))
    widths = [path for path in own if path.startswith("layers.") and path.endswith(_WIDTHS)]
    return list(dict.fromkeys([*widths, *(p for p in _FIRST if p in [*own, ADDED_LAYER]), *own]))


def free(state: State, experiment: Experiment) -> list[str]:
    """Those of them that no task of the visitor's has fixed."""
    return [path for path in varied(experiment) if not fixed(state, path)]


def fixed(state: State, path: str) -> bool:
    """Whether the visitor is at a task that has fixed this setting."""
    return state.locked("layers" if path == ADDED_LAYER else path.removesuffix(".type"))


def suggested(path: str) -> str:
    """Values to try of a setting, as one types them; "" where it has none that suit everybody."""
    if path == "training.optimizer.type":
        return "SGD, RMSprop, Adam"
    return _SUGGESTED.get(path.rpartition(".")[2], "")


def words(experiment: Experiment, path: str) -> str:
    """A setting with the value that it has now, where the experiment has it."""
    own = settable(experiment)
    if path == ADDED_LAYER:
        return f"{axis_label(path)} (0: none)"
    if path not in own:
        return f"{field_label(path)} (not in this experiment)"
    return f"{axis_label(path)} (now {shown(own[path])})"
