"""The weights of a `.keras` file, in a network of ours.

The file's layers were found to be known ones before (`nnlab.keras_file`). Its weights are read by
another process, and what Keras makes of a file that is written anew with them has to answer as ours
does.
"""

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
from numpy.typing import NDArray

from nnlab.keras_file import KerasFile, NotANetwork
from nnlab.keras_file.reading import CONFIG, METADATA, WEIGHTS
from nnlab.keras_file.weights import read_weights

_DAMAGED = "The weights in the file are damaged, or do not belong to its layers."
_LAYERS = "layers/"
_TRIED = 16  # images that both networks are asked about
_CLOSE = 1e-4


def bring_weights_in(found: KerasFile, model: keras.Sequential) -> None:
    """Give `model` the weights of the file.

    Args:
        found: the file, whose layers `model` was built from.
        model: ours; its optimizer stays as it is.

    Raises:
        NotANetwork: the weights are damaged, belong to other layers, are no numbers, or hold what
            reaches outside the file; or Keras's own reading of the file answers otherwise.
    """
    theirs = _loaded(found, read_weights(found.weights))
    given = [layer for layer in theirs.layers if layer.weights]
    taking = [layer for layer in model.layers if layer.weights]
    if len(given) != len(taking):
        raise NotANetwork(_DAMAGED)
    for old, new in zip(given, taking, strict=True):
        values = old.get_weights()
        if [value.shape for value in values] != [tuple(w.shape) for w in new.weights]:
            raise NotANetwork(_DAMAGED)
        if not all(np.isfinite(value).all() for value in values):
            raise NotANetwork("Some weights in the file are not finite numbers (NaN or infinite).")
        new.set_weights(values)
    _require_same_answers(found, theirs, model)


def _loaded(found: KerasFile, weights: dict[str, NDArray]) -> Any:
    """The model as Keras reads it, from a file written anew with nothing but what was checked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        try:
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr(METADATA, json.dumps({"keras_version": keras.__version__}))
                archive.writestr(CONFIG, json.dumps(found.config))
                archive.writestr(WEIGHTS, _as_hdf5(weights))
            return keras.saving.load_model(path, compile=False, safe_mode=True)
        except Exception:  # Keras raises whatever a wrong setting or weight brings about
            raise NotANetwork(f"Keras cannot read the file. {_DAMAGED}") from None


def _as_hdf5(weights: dict[str, NDArray]) -> bytes:
    """Of the layers alone: how the network was trained is not read."""
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        for path, array in weights.items():
            if path.startswith(_LAYERS):
                file[path] = array
    return content.getvalue()


def _require_same_answers(found: KerasFile, theirs: Any, model: keras.Sequential) -> None:
    draw = np.random.default_rng(0)
    shape = tuple(model.input_shape[1:])
    inputs = draw.random((_TRIED, *shape), np.float32)
    factor = 255.0 if found.pixels_to_255 else 1.0
    given = inputs.reshape(_TRIED, *theirs.input_shape[1:]) * np.float32(factor)
    asked = _answers(theirs(given, training=False)), _answers(model(inputs, training=False))
    if not np.allclose(*asked, rtol=_CLOSE, atol=_CLOSE):
        raise NotANetwork("The network answers otherwise here than in Keras, so it is not shown.")


def _answers(outputs: Any) -> NDArray[np.float32]:
    return keras.ops.convert_to_numpy(outputs)
