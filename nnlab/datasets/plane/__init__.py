"""Points of the plane in classes or with a number each, made from formulas.

`shapes`, `targets` and `features` import nothing of ours: an exported script holds their source.
"""

from nnlab.datasets.plane.grid import plane_grid
from nnlab.datasets.plane.inputs import plane_features
from nnlab.datasets.plane.shapes import class_sizes, make_points
from nnlab.datasets.plane.targets import make_targets

__all__ = ["class_sizes", "make_points", "make_targets", "plane_features", "plane_grid"]
