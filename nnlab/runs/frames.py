"""What a network on points looks like at one moment, and the small file it is shown from.

While a run on points trains, browsers read its file many times a second; nothing else has to be
asked for the picture to move.
"""

import base64
import dataclasses
import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.runs.feed import feed_folder

DIGITS = 4  # significant ones, of weights
# Larger kernels are left out: nobody tells so many lines apart, and the file would grow with them.
MOST_WEIGHTS = 4096

Bytes = NDArray[np.uint8]
# "loss" and "accuracy", None while unknown; of a number also "mean_absolute_error".
Measured = Mapping[str, float | None]

UNKNOWN: Measured = {"loss": None, "accuracy": None}


@dataclasses.dataclass(frozen=True)
class FrameLayer:
    """A Dense layer.

    Attributes:
        index: its place among the experiment's layers; the output layer comes after the last.
        name: of the Keras layer.
        low, high: float (shown,), each shown unit's smallest and largest output in its tile.
        tiles: (shown, side, side), 255 * (output - low) / (high - low), rows upwards with y.
        kernel: float (inputs, units).
        bias: float (units,).
    """

    index: int
    name: str
    low: NDArray[np.floating] = dataclasses.field(repr=False)
    high: NDArray[np.floating] = dataclasses.field(repr=False)
    tiles: Bytes = dataclasses.field(repr=False)
    kernel: NDArray[np.floating] = dataclasses.field(repr=False)
    bias: NDArray[np.floating] = dataclasses.field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it; a kernel of more than `MOST_WEIGHTS` numbers is None."""
        small = self.kernel.size <= MOST_WEIGHTS
        return {
            "index": self.index,
            "name": self.name,
            "units": len(self.bias),
            "shown": len(self.tiles),
            "low": rounded(self.low),
            "high": rounded(self.high),
            "tiles": _base64(self.tiles),
            "kernel": rounded(self.kernel) if small else None,
            "bias": rounded(self.bias),
        }


@dataclasses.dataclass(frozen=True)
class Frame:
    """One picture of a network that learns from points.

    Attributes:
        run: its id, None for a network that no run has.
        step: steps since training began.
        epoch: the same in epochs.
        reach: the field goes from -reach to reach in x and y.
        field: (side, side, outputs), rows upwards with y, columns to the right with x. Of classes
            255 * probability; of a single output 128 + 127 * value, the value cut to [-1, 1].
        layers: those with units, in order.
        train, test: loss and accuracy.
    """

    run: str | None
    step: int
    epoch: float
    reach: float
    field: Bytes = dataclasses.field(repr=False)
    layers: tuple[FrameLayer, ...] = dataclasses.field(repr=False)
    train: Measured = dataclasses.field(default_factory=lambda: UNKNOWN)
    test: Measured = dataclasses.field(default_factory=lambda: UNKNOWN)

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: arrays of bytes as base64; what is not finite is None."""
        tiles = [layer.tiles for layer in self.layers]
        return {
            "run": self.run,
            "step": self.step,
            "epoch": self.epoch,
            "reach": self.reach,
            "side": len(self.field),
            "field": _base64(self.field),
            "outputs": self.field.shape[-1],
            "units_side": tiles[0].shape[-1] if tiles else 0,
            "layers": [layer.to_dict() for layer in self.layers],
            "train": _finite(self.train),
            "test": _finite(self.test),
        }

    def to_json(self) -> str:
        """The same as a text, as short as it can be."""
        return json.dumps(self.to_dict(), allow_nan=False, separators=(",", ":"))


def frame_name(run_id: str, owner: str) -> str:
    """The file of a run in `feed_folder`. Its name cannot be guessed without the owner's."""
    return hashlib.sha256(f"{owner}/{run_id}/frame".encode()).hexdigest()[:32] + ".frame.json"


def delete_frame(run_id: str, owner: str) -> None:
    """Remove the file, where there is one."""
    (feed_folder() / frame_name(run_id, owner)).unlink(missing_ok=True)


class FrameFile:
    """Holds a run's newest frame. Where it cannot be written, the picture stands still."""

    def __init__(self, run_id: str, owner: str) -> None:
        self.path = feed_folder() / frame_name(run_id, owner)

    def write(self, frame: Frame) -> None:
        """Put `frame` in the place of the one before; nobody reads half of it."""
        text = frame.to_json()
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside = self.path.with_suffix(".part")
            beside.write_text(text)
            os.replace(beside, self.path)


def rounded(values: NDArray[np.floating]) -> Any:
    """Nested lists of numbers with `DIGITS` significant digits; None for what is not finite."""
    exact = values.astype(np.float64)
    finite = np.isfinite(exact)
    size = np.abs(np.where(finite & (exact != 0), exact, 1.0))
    places = np.clip(DIGITS - 1 - np.floor(np.log10(size)), -300, 300)
    # Divided by a power of ten, not multiplied: 1234 / 10000 is printed as 0.1234.
    up, down = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
    with np.errstate(invalid="ignore"):
        found = np.rint(exact * up / down) / up * down
    if finite.all():
        return found.tolist()
    gaps = found.astype(object)
    gaps[~finite] = None
    return gaps.tolist()


def _base64(values: Bytes) -> str:
    return base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()


def _finite(measured: Measured) -> dict[str, float | None]:
    return {
        name: value if value is not None and np.isfinite(value) else None
        for name, value in measured.items()
    }
