"""A network as a `.keras` file that needs nothing of ours to be read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf
from numpy.typing import NDArray

from nnlab.models.state import variables_of


def save_model(model: keras.Sequential, path: Path) -> None:
    """Write `model`, compiled with Keras's own optimizer in place of our faster one.

    Its momenta are not in the file: the network is to be used, or trained on from a rest.

    Args:
        model: compiled; stays as it is but for its optimizer.
        path: ends with `.keras`.
    """
    ours = model.optimizer
    plain: Any = next(kind for kind in type(ours).__mro__ if kind.__module__.startswith("keras."))
    optimizer = plain.from_config({**ours.get_config(), "name": plain.__name__.lower()})
    settings = model.get_compile_config()
    settings["optimizer"] = keras.saving.serialize_keras_object(optimizer)
    model.compile_from_config(settings)
    model.save(path)


def learned_weights(model: keras.Sequential, weights: Mapping[str, NDArray]) -> dict[str, NDArray]:
    """Weights in the order of `model.set_weights`, by their positions "0", "1" and so on.

    Args:
        model: of the same layers.
        weights: as `read_weights` names them.
    """
    learned = {id(variable) for variable in model.weights}
    names = [name for name, variable in variables_of(model).items() if id(variable) in learned]
    return {str(place): weights[name] for place, name in enumerate(names)}


def versions() -> dict[str, str]:
    """Of what reads the file, by name."""
    return {"TensorFlow": tf.__version__, "Keras": keras.__version__}
