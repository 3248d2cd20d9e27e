"""A run's moments: what its network was like at chosen points of its training, a file each.

They are written while the run trains and read by the pages; no worker is needed for that.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab import settings
from nnlab.atomic import write_atomically

BINS = 32
_UNITS = ("zero_share", "saturated_share")
_WEIGHTS = "weights/"
_UNREADABLE = (zipfile.BadZipFile, ValueError, EOFError, KeyError, OSError)


@dataclass(frozen=True)
class Distribution:
    """Many numbers in short.

    Attributes:
        mean, std: of all of them.
        zeros: share that is exactly 0.
        low, high: smallest and largest.
        counts: how many fall into each of `BINS` bins of equal width from `low` to `high`.
    """

    mean: float
    std: float
    zeros: float
    low: float
    high: float
    counts: tuple[int, ...]


@dataclass(frozen=True)
class LayerFacts:
    """How a layer stood, seen on the run's sample of training images without dropout.

    Attributes:
        name: the Keras layer's, e.g. `dense_1`; the last one is `output`.
        kind: its class, e.g. `Dense`.
        activation: name of its activation function, None for a layer without one.
        activations: its outputs.
        weights: its kernel, None for a layer without one.
        gradients: of the sample's mean loss with respect to the kernel.
        zero_share: float32 (units,), for each unit or channel the share of the images for which
            all its outputs are 0: a rectified unit with 1.0 is dead.
        saturated_share: float32 (units,), the share of its outputs that lie within 1 % of an end
            of the activation's range; 0 for activations without two ends.
    """

    name: str
    kind: str
    activation: str | None
    activations: Distribution
    weights: Distribution | None
    gradients: Distribution | None
    zero_share: NDArray[np.float32] = field(repr=False)
    saturated_share: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True)
class Moment:
    """One moment of a run.

    Attributes:
        step: steps since training began; 0 is before the first.
        epoch: the same in epochs, e.g. 0.125 or 3.0.
        probabilities: float16 (n, classes), answers to some or all of the test images; or
            float32 (n, 1) where a number is learned.
        indices: int32 (n,), which of them.
        y_true: int16 (n,), their classes; or float32 (n,), their targets.
        layers: facts, in the order of the network.
        weights: by the names of `nnlab.models.state`, those that begin with `model.`; float32, or
            float16 where all moments find room only so; None where not even that is enough.
    """

    step: int
    epoch: float
    probabilities: NDArray[np.float16] = field(repr=False)
    indices: NDArray[np.int32] = field(repr=False)
    y_true: NDArray[np.int16] = field(repr=False)
    layers: tuple[LayerFacts, ...] = field(repr=False)
    weights: Mapping[str, NDArray] | None = field(repr=False, default=None)


@dataclass(frozen=True)
class Recorded:
    """A moment's answers alone; fields as those of `Moment`."""

    probabilities: NDArray[np.float16]
    indices: NDArray[np.int32]
    y_true: NDArray[np.int16]


def evenly(some: int, total: int) -> NDArray[np.int64]:
    """Which `some` of `total` images are chosen, int64 (some,): evenly spaced, from the first."""
    return np.arange(some, dtype=np.int64) * total // max(some, 1)


class Moments:
    """The moments of one run, in its folder."""

    def __init__(self, run_id: str) -> None:
        self.folder: Path = settings.runs_dir() / run_id / "moments"

    def steps(self) -> list[int]:
        """The steps of all moments so far, in order."""
        if not self.folder.is_dir():
            return []
        return sorted(int(path.stem) for path in self.folder.glob("*.npz"))

    def write(self, moment: Moment) -> None:
        """Add a moment; one of the same step is replaced."""
        arrays: dict[str, Any] = {
            "probabilities": moment.probabilities,
            "indices": moment.indices,
            "y_true": moment.y_true,
        }
        arrays |= {f"{_WEIGHTS}{name}": array for name, array in (moment.weights or {}).items()}
        for place, layer in enumerate(moment.layers):
            arrays |= {f"{name}/{place}": getattr(layer, name) for name in _UNITS}
        facts = [_as_json(layer) for layer in moment.layers]
        arrays["meta"] = np.array(json.dumps({"epoch": moment.epoch, "layers": facts}))
        write_atomically(
            self._path(moment.step), lambda file: np.savez(file, allow_pickle=False, **arrays)
        )

    def read(self, step: int, *, weights: bool = True) -> Moment:
        """The moment at `step`; without its `weights` the reading takes a few milliseconds.

        Raises:
            FileNotFoundError: there is none, or its file is damaged.
        """
        try:
            with np.load(self._path(step), allow_pickle=False) as archive:
                wanted = [n for n in archive.files if weights or not n.startswith(_WEIGHTS)]
                arrays = {name: archive[name] for name in wanted}
            return _moment(step, arrays)
        except _UNREADABLE as error:
            raise FileNotFoundError(f"no moment at step {step}") from error

    def read_answers(self, step: int) -> Recorded:
        """Only the answers of the moment at `step`: its weights may be large.

        Raises:
            FileNotFoundError: there is none, or its file is damaged.
        """
        try:
            with np.load(self._path(step), allow_pickle=False) as archive:
                return Recorded(archive["probabilities"], archive["indices"], archive["y_true"])
        except _UNREADABLE as error:
            raise FileNotFoundError(f"no moment at step {step}") from error

    def forget_after(self, step: int) -> None:
        """The run goes back to `step`: what came after it will be recorded anew."""
        for later in (known for known in self.steps() if known > step):
            self._path(later).unlink(missing_ok=True)

    def _path(self, step: int) -> Path:
        return self.folder / f"{step:010d}.npz"


def _as_json(layer: LayerFacts) -> dict[str, Any]:
    parts = {
        name: vars(part) if (part := getattr(layer, name)) else None
        for name in ("activations", "weights", "gradients")
    }
    return {"name": layer.name, "kind": layer.kind, "activation": layer.activation, **parts}


def _moment(step: int, arrays: Mapping[str, NDArray]) -> Moment:
    meta = json.loads(str(arrays["meta"]))
    layers = tuple(_layer(facts, _of(arrays, place)) for place, facts in enumerate(meta["layers"]))
    weights = {k.removeprefix(_WEIGHTS): v for k, v in arrays.items() if k.startswith(_WEIGHTS)}
    return Moment(
        step,
        meta["epoch"],
        arrays["probabilities"],
        arrays["indices"],
        arrays["y_true"],
        layers,
        weights or None,
    )


def _of(arrays: Mapping[str, NDArray], place: int) -> dict[str, NDArray]:
    return {name: arrays[f"{name}/{place}"] for name in _UNITS}


def _layer(facts: Mapping[str, Any], units: Mapping[str, NDArray]) -> LayerFacts:
    return LayerFacts(
        name=facts["name"],
        kind=facts["kind"],
        activation=facts["activation"],
        activations=_distribution(facts["activations"]),
        weights=_distribution(facts["weights"]) if facts["weights"] else None,
        gradients=_distribution(facts["gradients"]) if facts["gradients"] else None,
        zero_share=units["zero_share"],
        saturated_share=units["saturated_share"],
    )


def _distribution(told: Mapping[str, Any]) -> Distribution:
    return Distribution(**{**told, "counts": tuple(told["counts"])})
