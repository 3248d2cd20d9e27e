"""The lines of a script that make points in the plane."""

from types import ModuleType

from nnlab.datasets import info_of
from nnlab.datasets.plane import features, shapes, targets
from nnlab.experiment import Dataset, Points
from nnlab.script.source import body


def points_source(dataset: Dataset) -> str:
    """Our own functions as they stand."""
    made: ModuleType = targets if info_of(dataset).regression else shapes
    return "\n\n\n".join(body(module) for module in (made, features))


def points_lines(dataset: Dataset) -> str:
    """`images`, which are rows of features here, and `labels`, which may be targets."""
    wanted, described = dataset.points or Points(), info_of(dataset)
    arguments: dict[str, float] = {"count": wanted.count, "noise": wanted.noise}
    if not described.regression:
        arguments |= {"balance": wanted.balance, "classes": len(described.classes)}
    arguments["seed"] = wanted.seed
    make = "make_targets" if described.regression else "make_points"
    lines = [f"points, labels = {make}(\n    {dataset.name!r},"]
    lines += [f"    {name}={value!r}," for name, value in arguments.items()]
    lines += [")", f"images = plane_features(points, {wanted.features!r})\n"]
    return "\n".join(lines)
