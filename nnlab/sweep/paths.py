"""Whether what varies is there to be varied, said with the names that a form has."""

import re

from nnlab.experiment import Experiment, Problem
from nnlab.sweep.axis import ADDED_LAYER
from nnlab.sweep.naming import field_label
from nnlab.sweep.varying import overridden_by, settable, why_not

_LAYER = re.compile(r"layers\.(\d{1,3})\.([a-z0-9_]+)")


def path_problem(experiment: Experiment, path: str) -> Problem | None:
    """Why the setting at `path` cannot vary, with what is allowed; None where it can."""
    if path != ADDED_LAYER and path not in settable(experiment):
        return Problem(field_label(path), _missing(experiment, path))
    change = overridden_by(experiment, path)
    return None if change is None else Problem(field_label(path), why_not(change))


def _missing(experiment: Experiment, path: str) -> str:
    layer = _LAYER.fullmatch(path)
    if layer:
        why = _missing_in_layer(experiment, int(layer[1]), layer[2].replace("_", " "))
        return f"{why}; choose another setting in its place, or remove it"
    allowed = ", ".join(map(field_label, [ADDED_LAYER, *settable(experiment)]))
    return f"is no setting that can vary here; allowed: {allowed}"


def _missing_in_layer(experiment: Experiment, place: int, name: str) -> str:
    if place >= len(experiment.layers):
        return f"this network has no layer {place + 1}"
    return f"layer {place + 1} of this network is {experiment.layers[place].type}, without {name}"
