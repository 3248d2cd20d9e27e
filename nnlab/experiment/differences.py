"""In which settings several experiments differ, and how a setting is called."""

from collections.abc import Sequence
from typing import Any

from nnlab.experiment.experiment import Experiment
from nnlab.experiment.flat import Flat, flat

LAYERS = "layers"
ON, OFF = "on", "off"
_SIZES = ("units", "filters", "rate", "pool_size", "activation")
_LABELS = {
    LAYERS: "Layers",
    "dataset.name": "Data set",
    "dataset.points.count": "Number of points",
    "training.optimizer.type": "Optimizer",
    "training.schedule.type": "Schedule",
    "training.l1": "L1 penalty",
    "training.l2": "L2 penalty",
    "training.changes": "Changes while training",
}
# What stands below one of these is called after it, so that no two settings share a name.
_GROUPS = {
    "output": "Output",
    "training.schedule": "Schedule",
    "training.early_stopping": "Early stopping",
    "dataset.augmentation": "Augmentation",
    "dataset.drawings": "Drawings",
    "dataset.points": "Points",
    "dataset.own": "Own points",
    "dataset.own_images": "Own images",
}


def settings_of(experiment: Experiment) -> Flat:
    """Every setting that decides a result by its dotted path: all but the name.

    What changes while it trains is one text.
    """
    data = experiment.model_dump(mode="json")
    del data["name"]
    changes = experiment.training.changes
    data["training"]["changes"] = "; ".join(change.told for change in changes) if changes else None
    return flat(data)


def differing(settings: Sequence[Flat]) -> dict[str, list[Any]]:
    """The settings that are not the same in all experiments, each with a value an experiment.

    What an experiment does not have (`momentum` with Adam) is None there, and does not count as a
    difference by itself. A group that is switched off in some experiments only is told as "on" and
    "off". Where the stacks are not made of the same layers, they are told whole, as `layers`.

    Args:
        settings: of each experiment, from `settings_of`.

    Returns:
        Columns by dotted path, in the order of the experiment's fields.
    """
    whole = (
        _with_whole_stacks(settings) if len({_types(each) for each in settings}) > 1 else settings
    )
    found: dict[str, list[Any]] = {}
    for path in dict.fromkeys(path for each in whole for path in each):
        values = [each.get(path) for each in whole]
        held = [each[path] for each in whole if path in each]
        if any(value != held[0] for value in held):
            found[path] = values
        elif held[0] is None and any(_has_group(each, path) for each in whole):
            found[path] = [_switch(each, path) for each in whole]
    return found


def _has_group(settings: Flat, path: str) -> bool:
    return any(each.startswith(f"{path}.") for each in settings)


def _switch(settings: Flat, path: str) -> str | None:
    """Whether a group is there; None where there is nothing to be switched."""
    if path in settings:
        return OFF
    return ON if _has_group(settings, path) else None


def _types(settings: Flat) -> tuple[Any, ...]:
    return tuple(
        value
        for path, value in settings.items()
        if path.startswith(f"{LAYERS}.") and path.endswith(".type")
    )


def _with_whole_stacks(settings: Sequence[Flat]) -> list[Flat]:
    return [
        {path: value for path, value in each.items() if path.split(".")[0] != LAYERS}
        | {LAYERS: _stack(each)}
        for each in settings
    ]


def _stack(settings: Flat) -> str:
    """The layers in a line, e.g. `Flatten → Dense 128`."""
    words = []
    for number, kind in enumerate(_types(settings)):
        sizes = (settings.get(f"{LAYERS}.{number}.{name}") for name in _SIZES)
        size = next((size for size in sizes if size is not None), None)
        words.append(kind if size is None else f"{kind} {size}")
    return " → ".join(words) or "none"


def setting_label(path: str) -> str:
    """What a setting is called in the heading of a column, e.g. `Layer 2 units`."""
    if path in _LABELS:
        return _LABELS[path]
    group, _, last = path.rpartition(".")
    words = last.replace("_", " ")
    if path.startswith(f"{LAYERS}."):
        return f"Layer {int(path.split('.')[1]) + 1} {words}"
    return f"{_GROUPS[group]} {words}" if group in _GROUPS else words[:1].upper() + words[1:]
