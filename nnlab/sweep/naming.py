"""Fields of an Experiment by the names that a form has for them."""

import re

from nnlab.experiment import InvalidExperiment, Problem
from nnlab.sweep.axis import axis_label

_PATH = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_LAYER = re.compile(r"layers\.(\d{1,3})(\.[a-z0-9_]+)?")
_CHANGE = re.compile(r"training\.changes\.(\d{1,3})\.([a-z0-9_]+)")


def field_label(field: str) -> str:
    """`training.epochs` as `Epochs`; what is no dotted path stays as it is."""
    layer, change = _LAYER.fullmatch(field), _CHANGE.fullmatch(field)
    if layer and not layer[2]:
        return f"Layer {int(layer[1]) + 1}"
    if change:
        return f"Change {int(change[1]) + 1} while training: {change[2]}"
    named = _PATH.fullmatch(field) and (layer or not field.startswith("layers."))
    return axis_label(field) if named else field


def in_words(error: InvalidExperiment) -> InvalidExperiment:
    """The same problems with the names of their fields."""
    return InvalidExperiment([Problem(field_label(p.field), p.message) for p in error.problems])
