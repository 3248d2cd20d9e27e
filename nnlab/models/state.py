"""All that a model has learned so far, as arrays: what a checkpoint holds."""

from collections.abc import Mapping

import keras
import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray]


def variables_of(model: keras.Model) -> dict[str, keras.Variable]:
    """Weights, dropout seeds, metric sums and optimizer slots, each under a lasting name.

    Names are positions: Keras's own paths count up over a process's lifetime for some of them.
    """
    found = {f"model.{i}": v for i, v in enumerate(model.variables)}
    found |= {f"metric.{i}": v for i, v in enumerate(model.metrics_variables)}
    found |= {f"optimizer.{i}": v for i, v in enumerate(model.optimizer.variables)}
    return found


def read_state(model: keras.Model) -> Arrays:
    """A copy of every variable's value."""
    return {name: np.array(v.numpy()) for name, v in variables_of(model).items()}


def read_weights(model: keras.Model) -> Arrays:
    """A copy of what prediction needs: weights, running means, dropout's seeds."""
    return {f"model.{i}": np.array(v.numpy()) for i, v in enumerate(model.variables)}


def write_state(model: keras.Model, state: Mapping[str, NDArray], prefix: str = "") -> None:
    """Assign what `read_state` returned; with `prefix`, only the names beginning so.

    Raises:
        ValueError: the state belongs to another architecture.
    """
    for name, variable in variables_of(model).items():
        if not name.startswith(prefix):
            continue
        if name not in state or state[name].shape != tuple(variable.shape):
            raise ValueError(f"the checkpoint does not fit this network: {name} differs")
        variable.assign(state[name])


def begin_with(model: keras.Model, weights: Arrays) -> None:
    """Assign the weights that another training of the same layers left; the seed's dropout stays.

    Raises:
        ValueError: they belong to another architecture.
    """
    learned = {id(variable) for variable in model.weights}
    for name, variable in variables_of(model).items():
        if id(variable) in learned:
            if name not in weights or weights[name].shape != tuple(variable.shape):
                raise ValueError(f"the weights do not fit this network: {name} differs")
            variable.assign(weights[name])


def write_weights(model: keras.Model, state: Mapping[str, NDArray]) -> None:
    """Assign only what prediction needs; optimizer and metrics stay as they are."""
    write_state(model, state, prefix="model.")
