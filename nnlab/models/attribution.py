"""Which pixels speak for a class, and which against it."""

import functools

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nnlab.models.trained import TrainedNetwork

# Points on the way from black to the image: doubled from the fewest until the sum is complete.
FEWEST, MOST = 64, 1024
# The attributions may miss the change of the logit by this share of it.
COMPLETE = 0.01
_AT_ONCE = 256

Image = NDArray[np.float32]


def integrated_gradients(network: TrainedNetwork, image: Image, target: int) -> tuple[Image, int]:
    """Share of each pixel in the logit of class `target`, compared with a black image.

    Sundararajan, Taly and Yan 2017, "Axiomatic Attribution for Deep Networks": pixel times the
    mean gradient on the straight way from black to the image, here by the midpoint rule. The sum
    is logit(image) - logit(black), to within `COMPLETE`. Of the logit, because a softmax that is
    nearly certain has no gradient left.

    Args:
        network: with softmax or linear output.
        image: float32 (H, W) in [0, 1].
        target: class number.

    Returns:
        Attributions (H, W) in units of the logit, and the number of points that it took.
    """
    ends = network.logits(_batch(np.stack([np.zeros_like(image), image])))[:, target].numpy()
    change, steps = float(ends[1] - ends[0]), FEWEST
    while True:
        found = image * _mean_gradient(network, image, target, steps)
        if abs(found.sum() - change) <= COMPLETE * abs(change) or steps >= MOST:
            return found, steps
        steps *= 2


def _mean_gradient(network: TrainedNetwork, image: Image, target: int, steps: int) -> Image:
    shares = ((np.arange(steps) + 0.5) / steps).astype(np.float32)
    total = np.zeros(image.shape, np.float64)
    for start in range(0, steps, _AT_ONCE):
        part = shares[start : start + _AT_ONCE, np.newaxis, np.newaxis]
        inputs = _batch(part * image)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            logit = tf.reduce_sum(network.logits(inputs)[:, target])
        total += tape.gradient(logit, inputs).numpy()[..., 0].sum(axis=0, dtype=np.float64)
    return (total / steps).astype(np.float32)


def occlusion(network: TrainedNetwork, image: Image, target: int) -> Image:
    """How much probability class `target` loses when a square patch is blanked; float32 (H, W).

    Zeiler and Fergus 2014, "Visualizing and Understanding Convolutional Networks". The value at a
    pixel is that of the patch around it; patches without ink change nothing and cost nothing.

    Args:
        network: any network.
        image: float32 (H, W) in [0, 1].
        target: class number.
    """
    kept = _patches(image.shape)
    changed = np.flatnonzero((~kept & (image != 0)).any(axis=(1, 2)))
    lost = np.zeros(image.size, np.float32)
    if len(changed):
        images = np.concatenate([image[np.newaxis], image * kept[changed]])
        values = network.probabilities(images)[:, target]
        lost[changed] = values[0] - values[1:]
    return lost.reshape(image.shape)


def patch_side(side: int) -> int:
    """Side of the patch for an image of `side` pixels: an odd number, near a sixth of it."""
    return 2 * (side // 12) + 1


@functools.lru_cache(maxsize=4)
def _patches(shape: tuple[int, int]) -> NDArray[np.bool_]:
    """For each pixel what a patch around it leaves of an image, bool (H * W, H, W)."""
    reach = patch_side(min(shape)) // 2
    rows, columns = (np.abs(np.subtract.outer(np.arange(n), np.arange(n))) <= reach for n in shape)
    covered = rows[:, np.newaxis, :, np.newaxis] & columns[np.newaxis, :, np.newaxis, :]
    return ~covered.reshape(-1, *shape)


def _batch(images: NDArray[np.float32]) -> tf.Tensor:
    return tf.constant(images[..., np.newaxis], tf.float32)
