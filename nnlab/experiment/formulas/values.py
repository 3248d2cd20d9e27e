"""What a formula comes to, with NumPy, node by node."""

import math
from typing import TYPE_CHECKING, Any

from nnlab.experiment.formulas.tree import CONSTANTS, FUNCTIONS, NEGATIVE, VARIABLES, Formula

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CONSTANTS = {name: getattr(math, name) for name in CONSTANTS}
_OPERATORS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "**": "power"}
# Within float32, with room for the sums of a network.
_LARGEST = 1e30


def formula_values(
    formula: Formula, x: "NDArray[np.float64]", y: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """The formula at each place, float64 of the shape of `x`.

    All values are finite: a formula that was let in has a value wherever it was tried, and
    should a point lie on a pole between those places, it gets 0 or the largest number.
    """
    import numpy as np

    found = np.broadcast_to(raw_values(formula, x, y), x.shape)
    return np.clip(np.nan_to_num(found), -_LARGEST, _LARGEST)


def raw_values(formula: Formula, x: Any, y: Any) -> Any:
    """The same as it comes, which may be infinite or no number."""
    import numpy as np

    name = formula.name
    if not name:
        return np.float64(formula.number)
    if name in VARIABLES:
        return x if name == "x" else y
    if name in CONSTANTS:
        return np.float64(_CONSTANTS[name])
    parts = [raw_values(part, x, y) for part in formula.parts]
    with np.errstate(all="ignore"):
        if name == NEGATIVE:
            return -parts[0]
        operation = _OPERATORS.get(name) or FUNCTIONS[name][0]
        return getattr(np, operation)(*parts)
