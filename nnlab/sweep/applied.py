"""A trial's experiment: the sweep's with some settings changed."""

from collections.abc import Mapping
from typing import Any

from nnlab.experiment import NAME_LENGTH, Dense, Experiment, with_settings
from nnlab.sweep.axis import ADDED_LAYER, axis_label, shown
from nnlab.sweep.varying import POINTS, spelled_out

Chosen = Mapping[str, Any]
_SHORTEST = 20  # characters of its experiment's name that a trial keeps


def experiment_of(base: Experiment, chosen: Chosen) -> Experiment:
    """`base` with the settings of a trial.

    A type (`training.optimizer.type`) takes its whole group along: another optimizer comes with
    its own default settings. Types go first, so that a learning rate that varies too still holds.

    Args:
        base: what all trials have in common.
        chosen: values by path; `ADDED_LAYER` adds a Dense ReLU layer before the output.

    Raises:
        InvalidExperiment: an unknown setting, or a value that is not allowed there.
    """
    # The grouped settings come first: they replace what the others then change.
    first = {p.removesuffix(".type"): {"type": v} for p, v in chosen.items() if _is_type(p)}
    then = {p: v for p, v in chosen.items() if not _is_type(p) and p != ADDED_LAYER}
    begun = spelled_out(base) if any(path.startswith(f"{POINTS}.") for path in chosen) else base
    changed = with_settings(with_settings(begun, first), then)
    units = chosen.get(ADDED_LAYER)
    if units:
        added = Dense(units=1).model_dump(mode="json") | {"units": units}
        layers = [layer.model_dump(mode="json") for layer in changed.layers]
        changed = with_settings(changed, {"layers": [*layers, added]})
    return changed.model_copy(update={"name": _name(base.name, chosen)})


def _is_type(path: str) -> bool:
    return path.endswith(".type")


def _name(name: str, chosen: Chosen) -> str:
    """What the run is called in lists: the settings that make it this trial.

    A long name gives way to them.
    """
    words = ", ".join(f"{axis_label(path)} {shown(value)}" for path, value in chosen.items())
    room = max(NAME_LENGTH - len(words) - 2, _SHORTEST)
    return f"{name[:room]}: {words}"[:NAME_LENGTH]
