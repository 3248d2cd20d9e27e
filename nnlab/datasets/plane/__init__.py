"""Points of the plane in classes, made from formulas.

`shapes` and `features` import nothing of ours: an exported script holds their source.
"""

from nnlab.datasets.plane.grid import plane_grid
from nnlab.datasets.plane.inputs import plane_features
from nnlab.datasets.plane.shapes import class_sizes, make_points

__all__ = ["class_sizes", "make_points", "plane_features", "plane_grid"]
