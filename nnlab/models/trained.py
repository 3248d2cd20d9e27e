"""A trained network and what can be asked of it: features, logits, probabilities."""

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

# Images at a time, so that a wide convolution's values stay within some hundred megabytes.
_AT_ONCE = 100
# Points at a time: a row has a few numbers.
_POINTS_AT_ONCE = 10_000

Images = NDArray[np.float32]


class TrainedNetwork:
    """A model whose last layer is Dense, taken apart before that layer.

    Attributes:
        model: the whole; its output is softmax or linear, or one number.
    """

    def __init__(self, model: keras.Sequential) -> None:
        self.model = model
        self._output = model.layers[-1]
        self._hidden = keras.Model(model.inputs, self._output.input)

    def features(self, images: Images) -> NDArray[np.float32]:
        """What reaches the last layer, (n, d), for images (n, H, W) in [0, 1].

        Without a hidden layer that is the pixels. Features of points are (n, features).
        """
        size = _AT_ONCE if images.ndim == 3 else _POINTS_AT_ONCE
        starts = range(0, max(1, len(images)), size)
        parts = [self._hidden(_inputs(images[i : i + size]), training=False) for i in starts]
        return np.concatenate([part.numpy() for part in parts])

    def logits(self, inputs: tf.Tensor) -> tf.Tensor:
        """Logits (n, classes) of inputs (n, H, W, 1), also where the output is softmax."""
        return self.logits_of(self._hidden(inputs, training=False))

    def logits_of(self, features: tf.Tensor) -> tf.Tensor:
        """Logits (n, classes) of what `features` returned."""
        return tf.matmul(features, self._output.kernel) + self._output.bias

    def probabilities_of(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities (n, classes) of what `features` returned; numbers (n, 1) of one output."""
        if self._output.units == 1:
            return self._output(tf.constant(features)).numpy()
        return tf.nn.softmax(self.logits_of(tf.constant(features))).numpy()

    def probabilities(self, images: Images) -> NDArray[np.float32]:
        """Probabilities (n, classes) for images (n, H, W) in [0, 1]."""
        return self.probabilities_of(self.features(images))


def _inputs(images: Images) -> tf.Tensor:
    return tf.constant(images[..., np.newaxis] if images.ndim == 3 else images, tf.float32)
