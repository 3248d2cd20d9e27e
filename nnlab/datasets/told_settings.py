"""An experiment's settings as they are told and compared, with the data set known.

Some settings may be left out and mean something then. Two experiments of which one writes down what
the other leaves out are alike, and have other fingerprints all the same. So whatever compares
experiments does it with one of these.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from nnlab.datasets.catalog import info_of
from nnlab.datasets.errors import UnknownDataset
from nnlab.datasets.split import DEFAULT_TEST_SHARE
from nnlab.datasets.titles import with_titles
from nnlab.experiment import LOSSES, OWN_POINTS, Experiment, Points, differing, settings_of
from nnlab.experiment.flat import Flat

_POINTS = "dataset.points."
_FEATURES = "dataset.points.features"


class _MayBeLeftOut(NamedTuple):
    """Settings that mean something where they are None, unless the data set has none of them."""

    points: Any
    test_size: Any
    loss: Any


def told_settings(experiment: Experiment) -> Flat:
    """As `settings_of`, but where one is left out, with what is meant.

    Of own points only the features are settings: how many there are is told with the points. Of
    images nothing is told of points, which are no choice there.
    """
    settings = settings_of(spelled_out(experiment))
    settings.pop("dataset.points", None)
    if experiment.dataset.name != OWN_POINTS:
        return settings
    return {p: value for p, value in settings.items() if value is None or not _of_made_points(p)}


def told_differences(experiments: Iterable[Experiment]) -> dict[str, list[Any]]:
    """The settings in which these differ, by dotted path, with a value for each as it is told."""
    return with_titles(differing([told_settings(each) for each in experiments]))


def spelled_out(experiment: Experiment) -> Experiment:
    """The same experiment with what it leaves out written down.

    That is the points of a set of points, the test size of a set that has no test part of its own,
    and the loss. Of a set that there is not (any more), nothing is known.
    """
    given, meant = _given(experiment), _meant(experiment)
    written = (m if g is None else g for g, m in zip(given, meant, strict=True))
    return _with(experiment, _MayBeLeftOut(*written))


def shortest(experiment: Experiment) -> Experiment:
    """The same experiment without what is meant anyway: the same one for all that are alike.

    Where the settings are left out already, as in most experiments, its fingerprint stays.
    """
    given, meant = _given(experiment), _meant(experiment)
    needed = (None if g == m else g for g, m in zip(given, meant, strict=True))
    return _with(experiment, _MayBeLeftOut(*needed))


def _given(experiment: Experiment) -> _MayBeLeftOut:
    dataset = experiment.dataset
    points = dataset.points
    if points is not None and dataset.name == OWN_POINTS:
        points = Points(features=points.features)  # the rest is of points that are made
    return _MayBeLeftOut(points, dataset.test_size, experiment.training.loss)


def _meant(experiment: Experiment) -> _MayBeLeftOut:
    try:
        described = info_of(experiment.dataset)
    except UnknownDataset:
        return _MayBeLeftOut(None, None, None)
    return _MayBeLeftOut(
        None if described.has_images else Points(),
        None if described.n_test else DEFAULT_TEST_SHARE,
        next(iter(LOSSES[described.task])),
    )


def _with(experiment: Experiment, settings: _MayBeLeftOut) -> Experiment:
    data = {"points": settings.points, "test_size": settings.test_size}
    return experiment.model_copy(
        update={
            "dataset": experiment.dataset.model_copy(update=data),
            "training": experiment.training.model_copy(update={"loss": settings.loss}),
        }
    )


def _of_made_points(path: str) -> bool:
    return path.startswith(_POINTS) and not path.startswith(_FEATURES)
