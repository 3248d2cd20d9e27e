"""The lines of a script that hold a visitor's own points, and what it lacks without own data."""

from textwrap import wrap

from nnlab.datasets import DatasetError
from nnlab.datasets.own import own_set
from nnlab.datasets.own_images import own_image_set
from nnlab.experiment import OWN_IMAGES, OWN_POINTS, Dataset, InvalidExperiment

_WIDTH = 96


def missing_own(dataset: Dataset) -> str | None:
    """Why a script cannot be given own points or images, in a sentence; or None."""
    if dataset.name not in (OWN_POINTS, OWN_IMAGES):
        return None
    things, read = ("points", own_set) if dataset.name == OWN_POINTS else ("images", own_image_set)
    try:
        read(dataset)
    except (DatasetError, InvalidExperiment):
        return f"It learns from somebody's own {things}, which are not kept here."
    return None


def own_lines(dataset: Dataset) -> list[str]:
    """`points` and `labels`, number by number.

    Raises:
        DatasetError, InvalidExperiment: there are none; see `missing_own`.
    """
    own = own_set(dataset)
    named = ", ".join(f"{label}: {name}" for label, name in enumerate(own.classes))
    places = ", ".join(f"({x!r}, {y!r})" for x, y in own.points.tolist())
    labels = ", ".join(map(str, own.labels.tolist()))
    return [
        f"# Classes {named}.",
        *(_comment(axis.name, axis.middle, axis.unit) for axis in own.axes if axis.scaled),
        "points = np.array([", *_lines(places), "])",
        "labels = np.array([", *_lines(labels), "])",
    ]  # fmt: skip


def _comment(name: str, middle: float, unit: float) -> str:
    return f"# A place on the axis of {name} is (value - {middle!r}) / {unit!r}."


def _lines(text: str) -> list[str]:
    return [f"    {line}" for line in wrap(text, _WIDTH - 4, break_long_words=False)]
