"""The weights of a `.keras` file as arrays, read in a process that may crash."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnlab.keras_file.refusal import NotANetwork

# Starting takes a second, on a computer where everything is busy ten.
MOST_SECONDS = 60.0
# Found by its path, and not imported here: HDF5 stays out of the processes of the app.
_READER = Path(__file__).with_name("hdf5_process.py")
_REFUSED = 3  # as there
_BROKE_OFF = (
    "The weights in the file could not be read: reading them broke off, took too long, or needed "
    "too much memory. The file is damaged, or made to do harm."
)


def read_weights(content: bytes) -> dict[str, NDArray]:
    """Every array in a file of weights, by its path such as `layers/dense/vars/0`.

    Args:
        content: of `model.weights.h5`.

    Raises:
        NotANetwork: it is no HDF5 file, holds links, other files' data or packed data, says that it
            holds more numbers than fit into it, or reading it crashed or took too much.
    """
    # -P: the reader's own folder is no place to import from.
    command = [sys.executable, "-P", str(_READER)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotANetwork(_BROKE_OFF) from None
    if done.returncode == _REFUSED:
        raise NotANetwork(done.stdout.decode())
    if done.returncode != 0:
        raise NotANetwork(_BROKE_OFF)
    with np.load(io.BytesIO(done.stdout), allow_pickle=False) as arrays:
        paths = json.loads(str(arrays["paths"]))
        return {path: arrays[str(number)] for number, path in enumerate(paths)}
