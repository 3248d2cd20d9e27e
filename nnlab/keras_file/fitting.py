"""Which data sets a network from a file can be asked about, and what it is on one of them."""

from collections.abc import Iterable
from math import prod

from nnlab.check import check
from nnlab.datasets import CATALOG, DatasetInfo, info_of
from nnlab.experiment import (
    NAME_LENGTH,
    OWN_IMAGES,
    OWN_POINTS,
    Dataset,
    Experiment,
    Flatten,
    InvalidExperiment,
    OwnImages,
    OwnPoints,
    Points,
)
from nnlab.keras_file.reading import KerasFile
from nnlab.keras_file.refusal import NotANetwork

_DEFAULT_FEATURES = 2


def fitting_sets(found: KerasFile, own: Iterable[OwnPoints | OwnImages] = ()) -> list[Dataset]:
    """The sets whose examples and classes the network has, the visitor's own first.

    Raises:
        NotANetwork: none has, or its layers do not fit each other.
    """
    common = (_dataset(described, found.classes) for described in CATALOG.values())
    sets = [*map(_own, own), *common]
    fitting = [dataset for dataset in sets if dataset is not None and _fits(found, dataset)]
    if not fitting:
        shape = " × ".join(map(str, found.input_shape))
        raise NotANetwork(
            f"The network takes {shape} numbers and has {found.classes} classes. No data set here "
            "has such examples; own images of that size and number of classes would."
        )
    experiment_on(fitting[0], found, "Network")
    return fitting


def experiment_on(dataset: Dataset, found: KerasFile, name: str) -> Experiment:
    """The network as an Experiment.

    Raises:
        NotANetwork: its layers do not fit each other or the set.
    """
    flat = info_of(dataset).has_images and len(found.input_shape) == 1
    layers = (Flatten(), *found.layers) if flat else found.layers
    experiment = Experiment(
        name=name[:NAME_LENGTH] or "Network", dataset=dataset, layers=layers, output=found.output
    )
    try:
        check(experiment)
    except InvalidExperiment as error:
        problem = error.problems[0]
        raise NotANetwork(f"The network cannot be used here. {problem}") from None
    return experiment


def _own(own: OwnPoints | OwnImages) -> Dataset:
    if isinstance(own, OwnImages):
        return Dataset(name=OWN_IMAGES, own_images=own, validation="test")
    return Dataset(name=OWN_POINTS, own=own, validation="test")


def _dataset(described: DatasetInfo, classes: int) -> Dataset | None:
    if described.has_images or classes == described.outputs:
        return Dataset(name=described.name)
    if not 2 <= classes <= described.most_classes:
        return None
    return Dataset(name=described.name, points=Points(classes=classes))


def _fits(found: KerasFile, dataset: Dataset) -> bool:
    described = info_of(dataset)
    if described.outputs != found.classes:
        return False
    shape = described.input_shape
    if not described.has_images:
        return found.input_shape == (_DEFAULT_FEATURES,) == shape
    if len(found.input_shape) == 1:
        return found.input_shape[0] == prod(shape) and found.input_shape[0] > _DEFAULT_FEATURES
    return found.input_shape in (shape, shape[:2])
