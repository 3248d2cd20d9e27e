"""Our loop of steps beside Keras's own `train_step`, its metrics included."""

import numpy as np
import pytest
from listening import experiment

from nnlab.datasets import Splits
from nnlab.experiment import BatchNormalization, Conv2D, Dropout, Flatten, Output

LAYERS = {
    "dense": experiment().layers,
    "convolutional": (Conv2D(filters=3), BatchNormalization(), Flatten(), Dropout(rate=0.5)),
}


@pytest.mark.parametrize("l2", [0.0, 0.01])
@pytest.mark.parametrize("activation", ["softmax", "linear"])
@pytest.mark.parametrize("layers", LAYERS.values(), ids=LAYERS)
def test_figures_weights_and_statistics_are_those_of_train_step(
    layers, activation: str, l2: float, digits: Splits
):
    import tensorflow as tf

    from nnlab.models.build import build_model
    from nnlab.models.state import read_state
    from nnlab.training.step import train_steps

    chosen = experiment(l2=l2).model_copy(
        update={"layers": layers, "output": Output(activation=activation)}
    )
    images = tf.constant(digits.x_train[..., np.newaxis].astype(np.float32) / 16)
    labels = tf.constant(digits.y_train.astype(np.int32))

    def batch(step: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        start = 32 * step
        return images[start : start + 32], labels[start : start + 32]

    ours, theirs = (build_model(chosen, (8, 8, 1), 10) for _ in range(2))
    keras_step = tf.function(lambda step: theirs.train_step(batch(step)))
    for step in range(20):
        keras_step(tf.constant(step))
    several = tf.function(lambda first, n: train_steps(ours, lambda i: batch(first + i), n))
    several(tf.constant(0), tf.constant(13))
    several(tf.constant(13), tf.constant(7))
    expected = read_state(theirs)
    for name, value in read_state(ours).items():
        np.testing.assert_allclose(value, expected[name], rtol=1e-4, atol=1e-6, err_msg=name)
    figures = {name: float(value) for name, value in ours.get_metrics_result().items()}
    keras_figures = {n: float(value) for n, value in theirs.get_metrics_result().items()}
    assert figures == pytest.approx(keras_figures, rel=1e-6)
    assert figures["loss"] > 0
