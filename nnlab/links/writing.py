"""Experiment → query."""

from collections.abc import Sequence
from functools import reduce
from typing import Any
from urllib.parse import urlencode

from nnlab.experiment import Experiment, Settings
from nnlab.links.changes import write_changes
from nnlab.links.items import Item
from nnlab.links.parameters import (
    CHANGES,
    GROUPS,
    KINDS,
    LAYERS,
    LIST,
    NO_LAYERS,
    PARAMETERS,
    path_of,
)
from nnlab.links.values import write_value

_DEFAULT = Experiment()


def link_parameters(experiment: Experiment) -> dict[str, str]:
    """What of the experiment differs from the default one, as a link's parameters.

    `experiment_in` gives an equal experiment again. There is always one parameter at least, so
    that a link to the default experiment is a link to an experiment, too.
    """
    written = {name: _written(name, experiment) for name in PARAMETERS}
    found = {name: text for name, text in written.items() if text is not None}
    return found or {"data": experiment.dataset.name}


def link_query(experiment: Experiment) -> str:
    """The same as the query of a URL, without the question mark."""
    return urlencode(link_parameters(experiment), safe=",:")


def _written(name: str, experiment: Experiment) -> str | None:
    """A parameter's text, None where it need not be told."""
    path = path_of(name)
    value = _at(experiment, path)
    if value == _at(_DEFAULT, path):
        return None
    if name == LIST:
        return ",".join(_item(LAYERS, layer) for layer in value) or NO_LAYERS
    if name == CHANGES:
        return write_changes(value)
    if name in GROUPS:
        return GROUPS[name][1].write(value)
    if name in KINDS:
        return _item(KINDS[name][1], value)
    return write_value(value)


def _item(items: Sequence[Item], settings: Settings) -> str:
    return next(item for item in items if item.model is type(settings)).write(settings)


def _at(experiment: Experiment, path: str) -> Any:
    return reduce(getattr, path.split("."), experiment)
