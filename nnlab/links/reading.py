"""Query → Experiment: the one place where a link from outside is found to be one."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

from nnlab.datasets import CATALOG
from nnlab.experiment import (
    OWN_IMAGES,
    OWN_POINTS,
    Dataset,
    Experiment,
    InvalidExperiment,
    Problem,
    Settings,
    Training,
    parse_experiment,
)
from nnlab.links.changes import LONGEST, read_changes
from nnlab.links.items import Item, refusal, tokens_of
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
from nnlab.links.values import parse_value

# The longest that any experiment needs is some 3,000: 24 convolutions with all their fields.
LONGEST_VALUE = 4000
_MODELS: dict[str, type[Settings]] = {"": Experiment, "dataset": Dataset, "training": Training}


def experiment_in(parameters: Mapping[str, Sequence[str]]) -> Experiment:
    """The experiment that a link's parameters describe; what they leave out is the default's.

    Args:
        parameters: every value that each parameter was given.

    Raises:
        InvalidExperiment: a parameter that is unknown, given twice or too long, or a value that is
            not allowed; with the field and what is allowed. Nothing is applied by halves.
    """
    problems: list[Problem] = []
    data: dict[str, Any] = {"dataset": {}, "training": {}}
    for name, values in parameters.items():
        try:
            _put(data, *_read(name, _single(name, values)))
        except InvalidExperiment as error:
            problems += error.problems
    if problems:
        raise InvalidExperiment(problems)
    experiment = parse_experiment(data)
    _check_known(experiment.dataset.name)
    return experiment


def parse_query(query: str) -> dict[str, list[str]]:
    """A query's parameters, empty ones included; a leading question mark does not matter."""
    return parse_qs(query.removeprefix("?"), keep_blank_values=True)


def _single(name: str, values: Sequence[str]) -> str:
    if name not in PARAMETERS:
        shown = name[:40]
        raise refusal(shown, f"is no setting of a link; allowed: {', '.join(PARAMETERS)}")
    if len(values) != 1:
        raise refusal(name, f"is given {len(values)} times in the link; once is allowed")
    longest = LONGEST if name == CHANGES else LONGEST_VALUE
    if len(values[0]) > longest:
        raise refusal(name, f"is too long; at most {longest:,} characters are allowed")
    return values[0]


def _read(name: str, text: str) -> tuple[str, Any]:
    """The path that a parameter belongs to, and its value as `parse_experiment` wants it."""
    path = path_of(name)
    if name == LIST:
        return path, _layers(text)
    if name == CHANGES:
        return path, read_changes(text, path)
    if name in GROUPS:
        return path, GROUPS[name][1].read(tokens_of(text), path)
    if name in KINDS:
        return path, _of_a_kind(KINDS[name][1], text, path)
    group, _, field = path.rpartition(".")
    return path, parse_value(_MODELS[group], field, text, path)


def _layers(text: str) -> list[dict[str, Any]]:
    if text == NO_LAYERS:
        return []
    problems: list[Problem] = []
    found = []
    for position, word in enumerate(text.split(",")):
        try:
            found.append(_of_a_kind(LAYERS, word, f"layers.{position}"))
        except InvalidExperiment as error:
            problems += error.problems
    if problems:
        raise InvalidExperiment(problems)
    return found


def _of_a_kind(items: Sequence[Item], word: str, path: str) -> dict[str, Any]:
    kind, *tokens = tokens_of(word)
    for item in items:
        name = item.model.__name__
        if kind.lower() in (item.name, name.lower()):
            return {"type": name, **item.read(tokens, path)}
    known = ", ".join(item.name for item in items)
    raise refusal(f"{path}.type", f"must be one of {known} (got {kind[:40]!r})")


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    group, _, field = path.rpartition(".")
    (data[group] if group else data)[field] = value


def _check_known(name: str) -> None:
    known = (*CATALOG, OWN_POINTS, OWN_IMAGES)
    if name not in known:
        raise refusal("dataset.name", f"must be one of {', '.join(known)} (got {name!r})")
