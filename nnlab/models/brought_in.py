"""The weights of a `.keras` file, in a network of ours.

The file's layers were found to be known ones before (`nnlab.keras_file`). Its weights are looked
into before Keras reads them, and what Keras then makes of the file has to answer as ours does.
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

_DAMAGED = "The weights in the file are damaged, or do not belong to its layers."
_MOST_OBJECTS = 2000
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
    check_weights(found.weights)
    theirs = _loaded(found)
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


def check_weights(content: bytes) -> None:
    """Look at what a file of weights says of itself, before any number is read.

    Raises:
        NotANetwork: it is no HDF5 file, holds links, other files' data or packed data, or says that
            it holds more numbers than fit into it.
    """
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            objects, size = _look_into(file)
    except NotANetwork:
        raise
    except Exception:  # HDF5 raises whatever damaged content brings about
        raise NotANetwork(_DAMAGED) from None
    if objects > _MOST_OBJECTS or size > len(content):
        raise NotANetwork("The file says that it holds more weights than fit into it.")


def _look_into(file: h5py.File) -> tuple[int, int]:
    """How many objects there are, and how many bytes their numbers take."""
    waiting, objects, size = [file], 0, 0
    while waiting and objects <= _MOST_OBJECTS:
        group = waiting.pop()
        for name in group:
            objects += 1
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise NotANetwork(
                    "The weights hold a link to another place, which is not followed."
                )
            found = group[name]
            if isinstance(found, h5py.Dataset):
                size += _bytes_of(found)
            else:
                waiting.append(found)
    return objects, size


def _bytes_of(data: h5py.Dataset) -> int:
    outside = data.is_virtual or data.external is not None
    packed = data.id.get_create_plist().get_nfilters() > 0
    if outside or packed or data.dtype.kind not in "fiu":
        raise NotANetwork("The weights are stored in an unusual way. Save the model with Keras 3.")
    return int(data.nbytes)


def _loaded(found: KerasFile) -> Any:
    """The model as Keras reads it, from a file written anew with nothing but what was checked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(METADATA, json.dumps({"keras_version": keras.__version__}))
            archive.writestr(CONFIG, json.dumps(found.config))
            archive.writestr(WEIGHTS, found.weights)
        try:
            return keras.saving.load_model(path, compile=False, safe_mode=True)
        except Exception:  # Keras raises whatever a wrong setting or weight brings about
            raise NotANetwork(f"Keras cannot read the file. {_DAMAGED}") from None


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
