"""What a network is told of a point, the formulas that people type included."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.plane import features
from nnlab.experiment.formulas import formula_values, read_formula
from nnlab.experiment.points import is_formula


def plane_features(points: NDArray[np.float64], names: Sequence[str]) -> NDArray[np.float32]:
    """Numbers float32 (n, features) from points float64 (n, 2), in the order of `names`.

    Args:
        points: x and y of each.
        names: names of `FEATURES`, or formulas as `Points.features` holds them.

    Raises:
        InvalidFormula: it is neither.
    """
    columns = [_column(points, name) for name in names]
    return np.concatenate(columns, axis=1)


def _column(points: NDArray[np.float64], name: str) -> NDArray[np.float32]:
    if not is_formula(name):
        return features.plane_features(points, (name,))
    values = formula_values(read_formula(name), points[:, 0], points[:, 1])
    return values.astype(np.float32)[:, None]
