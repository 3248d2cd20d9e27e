"""The one noun of the playground."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import Field, ValidationError

from nnlab.experiment.augmentation import Augmentation
from nnlab.experiment.base import Settings, bounds, known_settings
from nnlab.experiment.changes import Change
from nnlab.experiment.dataset import Dataset, Drawn
from nnlab.experiment.layers import LAYER_TYPES, Dense, Dropout, Flatten, Layer, Output
from nnlab.experiment.optimizers import OPTIMIZER_TYPES, SCHEDULE_TYPES
from nnlab.experiment.own_images import OwnImages
from nnlab.experiment.own_points import OwnPoints
from nnlab.experiment.points import Points
from nnlab.experiment.problems import InvalidExperiment, Problem, problems_of
from nnlab.experiment.training import EarlyStopping, Training

NAME_LENGTH = 80
_CLASSES: dict[str, type[Settings]] = {
    **LAYER_TYPES,
    **OPTIMIZER_TYPES,
    **SCHEDULE_TYPES,
    **{cls.__name__: cls for cls in (Augmentation, Dataset, OwnImages, Points)},
    **{cls.__name__: cls for cls in (Output, Training, EarlyStopping)},
    "Drawings": Drawn,  # by its field's name
    "Own": OwnPoints,  # likewise
    "Changes": Change,
}


class Experiment(Settings):
    """Data set, layers and training settings: all that decides a result.

    A form edits it, a worker receives it, a run stores it, code export prints it. The layers
    are the hidden ones; the input comes from the data set and the last layer is `output`.
    """

    name: str = Field("My experiment", min_length=1, max_length=NAME_LENGTH)
    dataset: Dataset = Dataset()
    layers: tuple[Layer, ...] = Field(
        (Flatten(), Dense(units=128), Dropout(rate=0.2)), max_length=24
    )
    output: Output = Output()
    training: Training = Training()

    @property
    def needs_ones_own(self) -> bool:
        """Whether it needs what its owner alone has: a run, drawings, points or images."""
        dataset = self.dataset
        private = (dataset.drawings, dataset.own, dataset.own_images)
        return any((self.training.start_from, *private))

    def fingerprint(self) -> str:
        """SHA-256 of everything but the name: equal fingerprints give equal results."""
        settings = known_settings(self)
        del settings["name"]
        return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()


def parse_experiment(data: Any) -> Experiment:
    """The Experiment that a mapping describes.

    Raises:
        InvalidExperiment: with the field and the allowed values, for every problem.
    """
    try:
        return Experiment.model_validate(data)
    except ValidationError as error:
        raise InvalidExperiment(problems_of(error, _limits)) from None


def _limits(loc: tuple[int | str, ...]) -> tuple[Any, Any]:
    """Bounds of the field at a pydantic location, in which unions appear as class names."""
    model: type[Settings] = Experiment
    for part in loc[:-1]:
        if part in _CLASSES:
            model = _CLASSES[str(part)]
        elif isinstance(part, str):
            model = _CLASSES.get(part.replace("_", " ").title().replace(" ", ""), model)
    return bounds(model, str(loc[-1]))


def with_settings(experiment: Experiment, changes: Mapping[str, Any]) -> Experiment:
    """A copy with dotted paths set, e.g. `{"training.epochs": 3, "layers.1.units": 64}`.

    Raises:
        InvalidExperiment: an unknown field, or a value that is not allowed there.
    """
    data = experiment.model_dump(mode="json")
    for path, value in changes.items():
        _assign(data, path, value)
    return parse_experiment(data)


def with_written_settings(experiment: Experiment, changes: Mapping[str, str]) -> Experiment:
    """The same for values typed as text, read as YAML: `3`, `true`, `null`, `{type: SGD}`.

    Raises:
        InvalidExperiment: as `with_settings`, or a text that is no YAML.
    """
    return with_settings(experiment, {path: _read(path, text) for path, text in changes.items()})


def _read(path: str, text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        raise InvalidExperiment([Problem(path, f"cannot read {text!r}")]) from None


def _assign(data: Any, path: str, value: Any) -> None:
    *parents, last = path.split(".")
    target = data
    try:
        for key in parents:
            target = target[_key(target, key)]
        target[_key(target, last)] = value
    except (KeyError, IndexError, TypeError, ValueError):
        known = ", ".join(data) if not parents else f"the fields of {'.'.join(parents)}"
        raise InvalidExperiment([Problem(path, f"no such field; allowed: {known}")]) from None


def _key(target: Any, key: str) -> Any:
    if isinstance(target, list):
        return range(len(target))[int(key)]
    if not isinstance(target, dict) or key not in target:
        raise KeyError(key)
    return key
