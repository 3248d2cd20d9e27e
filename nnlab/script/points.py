"""The lines of a script that make points in the plane."""

from types import ModuleType

from nnlab.datasets import info_of
from nnlab.datasets.plane import features, shapes
from nnlab.experiment import Dataset, Points
from nnlab.script.source import body

_MODULES: tuple[ModuleType, ...] = (shapes, features)


def points_source() -> str:
    """Our own functions as they stand."""
    return "\n\n\n".join(body(module) for module in _MODULES)


def points_lines(dataset: Dataset) -> str:
    """`images`, which are rows of features here, and `labels`."""
    wanted = dataset.points or Points()
    arguments = {
        "count": wanted.count,
        "noise": wanted.noise,
        "balance": wanted.balance,
        "classes": len(info_of(dataset).classes),
        "seed": wanted.seed,
    }
    lines = [f"points, labels = make_points(\n    {dataset.name!r},"]
    lines += [f"    {name}={value!r}," for name, value in arguments.items()]
    lines += [")", f"images = plane_features(points, {wanted.features!r})\n"]
    return "\n".join(lines)
