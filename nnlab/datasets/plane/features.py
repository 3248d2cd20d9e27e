"""What a network is told of a point."""

import numpy as np


def plane_features(points: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """Numbers float32 (n, features) from points float64 (n, 2), in the order of `names`.

    These are the inputs of TensorFlow Playground (github.com/tensorflow/playground,
    src/playground.ts, `INPUTS`). Another one is a line here, and a name in the experiment.

    Raises:
        KeyError: a name that has no formula.
    """
    x, y = points[:, 0], points[:, 1]
    known = {
        "x": x,
        "y": y,
        "x2": x**2,
        "y2": y**2,
        "xy": x * y,
        "sin_x": np.sin(x),
        "sin_y": np.sin(y),
    }
    return np.stack([known[name] for name in names], axis=1).astype("float32")
