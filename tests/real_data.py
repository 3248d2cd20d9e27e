"""Where real MNIST and real pen-written digits are, if they are anywhere."""

import os
from pathlib import Path

_BESIDE_THE_PROJECT = Path(__file__).resolve().parents[2] / "shared" / "data"


def data_folder() -> Path:
    """`NNLAB_TEST_DATA`, or the folder beside the project; it need not exist."""
    return Path(os.environ.get("NNLAB_TEST_DATA", _BESIDE_THE_PROJECT))
