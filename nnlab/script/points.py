"""The lines of a script that make points in the plane."""

from types import ModuleType

from nnlab.datasets import info_of
from nnlab.datasets.plane import features, shapes, targets
from nnlab.experiment import OWN_POINTS, Dataset, Points
from nnlab.experiment.formulas import formula_code, read_formula
from nnlab.experiment.points import is_formula
from nnlab.script.own_points import own_lines
from nnlab.script.source import body


def points_source(dataset: Dataset) -> str:
    """Our own functions as they stand; those that make points are not needed for own points."""
    made: tuple[ModuleType, ...] = (targets if info_of(dataset).regression else shapes,)
    modules = (*(() if dataset.name == OWN_POINTS else made), features)
    return "\n\n\n".join(body(module) for module in modules)


def points_lines(dataset: Dataset) -> str:
    """`images`, which are rows of features here, and `labels`, which may be targets."""
    wanted, described = dataset.points or Points(), info_of(dataset)
    if dataset.name == OWN_POINTS:
        return "\n".join([*own_lines(dataset), *_features_lines(wanted.features), ""])
    arguments: dict[str, float] = {"count": wanted.count, "noise": wanted.noise}
    if not described.regression:
        arguments |= {"balance": wanted.balance, "classes": len(described.classes)}
    arguments["seed"] = wanted.seed
    make = "make_targets" if described.regression else "make_points"
    lines = [f"points, labels = {make}(\n    {dataset.name!r},"]
    lines += [f"    {name}={value!r}," for name, value in arguments.items()]
    lines += [")", *_features_lines(wanted.features), ""]
    return "\n".join(lines)


def _features_lines(names: tuple[str, ...]) -> list[str]:
    """Formulas are written out of their trees as NumPy code, in floats, as we compute them."""
    known = tuple(name for name in names if not is_formula(name))
    made = f"plane_features(points, {known!r})"
    if known == names:
        return [f"images = {made}"]
    rows = [f"    {formula_code(read_formula(name))}," for name in names if is_formula(name)]
    lines = [
        "x, y = points[:, 0], points[:, 1]", "images = np.stack([", *rows,
        "], axis=1).astype('float32')",
    ]  # fmt: skip
    if known:
        lines.append(f"images = np.concatenate([{made}, images], axis=1)")
    return lines
