"""Images and labels resident in TensorFlow's memory."""

import threading
import weakref
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nnlab.datasets import Splits
from nnlab.runs.moments import evenly

Part = Literal["train", "validation", "test"]
Key = tuple[Part, int | None]

_lock = threading.Lock()
_resident: "weakref.WeakKeyDictionary[Splits, dict[Key, DeviceImages]]" = (
    weakref.WeakKeyDictionary()
)


@dataclass(frozen=True, eq=False)
class DeviceImages:
    """Images uint8 (n, H, W, 1) and labels int32 (n,), divided by `scale` when a batch is read.

    Where a number is to be learned, `labels` are the targets float32 (n,). Four times smaller
    than float images, and a batch is gathered without leaving the graph.
    Features of points are float32 (n, features) and their scale is 1, which changes no bit.
    """

    images: tf.Tensor
    labels: tf.Tensor
    scale: float | tf.Tensor

    _floats: ClassVar["weakref.WeakKeyDictionary[DeviceImages, weakref.ref[DeviceImages]]"] = (
        weakref.WeakKeyDictionary()
    )

    @classmethod
    def of(cls, images: NDArray, labels: NDArray, scale: float) -> "DeviceImages":
        """Copies `images` uint8 (n, H, W) or float32 (n, features), and `labels` (n,), in."""
        examples = np.ascontiguousarray(images)
        return cls(
            tf.constant(examples[..., np.newaxis] if examples.ndim == 3 else examples),
            tf.constant(_as_stored(np.asarray(labels))),
            scale,
        )

    @classmethod
    def part(cls, splits: Splits, name: Part, some: int | None = None) -> "DeviceImages":
        """One part of an experiment's images; all who train on the same splits share it.

        Args:
            splits: the experiment's images.
            name: which part.
            some: only so many of its images, evenly spaced; None for all.
        """
        images, labels = getattr(splits, f"x_{name}"), getattr(splits, f"y_{name}")
        key = (name, None if some in (None, len(labels)) else some)
        with _lock:
            parts = _resident.setdefault(splits, {})
            if key not in parts:
                if key[1] is not None:
                    chosen = evenly(key[1], len(labels))
                    images, labels = images[chosen], labels[chosen]
                parts[key] = cls.of(images, labels, splits.info.scale)
            return parts[key]

    def __len__(self) -> int:
        return int(self.labels.shape[0])

    def batch(self, indices: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Images float32 (b, H, W, 1) in [0, 1] and labels (b,) at `indices` (b,)."""
        images = tf.cast(tf.gather(self.images, indices), tf.float32) / self.scale
        return images, tf.gather(self.labels, indices)

    def as_float(self) -> "DeviceImages":
        """The same as float32 in [0, 1], divided already; shared for as long as it is in use."""
        with _lock:
            known = self._floats.get(self)
            found = known() if known else None
            if found is None:
                pixels = tf.cast(self.images, tf.float32) / self.scale
                found = DeviceImages(pixels, self.labels, 1.0)
                self._floats[self] = weakref.ref(found)
            return found

    def slice(self, start: int | tf.Tensor, stop: int | tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """The same for the images from `start` up to `stop`."""
        return tf.cast(self.images[start:stop], tf.float32) / self.scale, self.labels[start:stop]


def _as_stored(labels: NDArray) -> NDArray:
    """Class numbers in half the bytes; targets as they are."""
    return labels.astype(np.float32 if labels.dtype.kind == "f" else np.int32)
