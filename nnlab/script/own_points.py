"""The lines of a script that hold a visitor's own points."""

from textwrap import wrap

from nnlab.datasets import DatasetError
from nnlab.datasets.own import own_set
from nnlab.experiment import OWN_POINTS, Dataset, InvalidExperiment

_WIDTH = 96


def missing_points(dataset: Dataset) -> str | None:
    """Why the points cannot be written into a script, in a sentence; or None."""
    if dataset.name != OWN_POINTS:
        return None
    try:
        own_set(dataset)
    except (DatasetError, InvalidExperiment):
        return "It learns from somebody's own points, which are not kept here."
    return None


def own_lines(dataset: Dataset) -> list[str]:
    """`points` and `labels`, number by number.

    Raises:
        DatasetError, InvalidExperiment: there are none; see `missing_points`.
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
