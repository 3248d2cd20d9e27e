"""An Experiment as a compiled `keras.Sequential`."""

from collections.abc import Callable
from typing import Any, NamedTuple

import keras
import tensorflow as tf

from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Constant,
    Conv2D,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    MaxPooling2D,
    Output,
    Settings,
)
from nnlab.models.optimizers import build_optimizer
from nnlab.models.steered import SteeredDropout, SteeredPenalty

SEED_STRIDE = 1000


class _Context(NamedTuple):
    """What a layer depends on beside its own settings."""

    experiment: Experiment
    steered: bool


def build_model(
    experiment: Experiment,
    input_shape: tuple[int, ...],
    n_classes: int,
    steps_per_epoch: int = 1,
    *,
    steered: bool = False,
) -> keras.Sequential:
    """The compiled model with all its variables, its weights drawn from the experiment's seed.

    Args:
        experiment: layers and training settings.
        input_shape: shape of one input, e.g. `(28, 28, 1)`, values in [0, 1].
        n_classes: units of the output layer.
        steps_per_epoch: batches an epoch; learning-rate schedules are laid out in steps, so a
            model that is to be trained needs it.
        steered: whether penalties and dropout rates can be set later, see `nnlab.models.steered`;
            without it, all layers are Keras's own.
    """
    model = keras.Sequential(name="network")
    model.add(keras.Input(input_shape, name="input"))
    for index, layer in enumerate(experiment.layers):
        model.add(_BUILDERS[type(layer)](layer, index, _Context(experiment, steered)))
    model.add(_output(_Context(experiment, steered), n_classes))
    model.compile(
        optimizer=build_optimizer(experiment.training, steps_per_epoch),
        loss=keras.losses.SparseCategoricalCrossentropy(
            from_logits=experiment.output.activation == "linear"
        ),
        # `run_eagerly` stays off; XLA was measured slower than plain graphs on small networks.
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
        jit_compile=False,
    )
    _create_variables(model, input_shape)
    return model


def _create_variables(model: keras.Model, input_shape: tuple[int, ...]) -> None:
    """Optimizer slots and metric sums exist from the start, so a checkpoint can fill them."""
    model.optimizer.build(model.trainable_variables)
    images, labels = tf.zeros((1, *input_shape)), tf.zeros((1,), tf.int32)
    model.compute_metrics(images, labels, model(images, training=False))
    model.reset_metrics()


def start_over(model: keras.Sequential, experiment: Experiment) -> None:
    """Draw weights and dropout anew, as `build_model` does, in a model of the same layers.

    Everything else that training changes is the caller's to put back; the learning rate is set
    where it is a plain number.
    """
    for index, (layer, settings) in enumerate(
        zip(model.layers, (*experiment.layers, experiment.output), strict=True)
    ):
        seed = layer_seed(experiment, index)
        if isinstance(settings, Dense | Conv2D | Output):
            kernel = layer.kernel
            kernel.assign(_initializer(settings, seed)(kernel.shape, dtype=kernel.dtype))
        elif isinstance(settings, Dropout):
            layer.seed_generator.state.assign(keras.random.SeedGenerator(seed).state)
    if isinstance(experiment.training.schedule, Constant):
        model.optimizer.learning_rate = experiment.training.optimizer.learning_rate


def layer_seed(experiment: Experiment, index: int) -> int:
    """Seed of the layer at `index`: no two layers of a run share one, nor do two runs."""
    return experiment.training.seed * SEED_STRIDE + index


def _initializer(layer: Dense | Conv2D | Output, seed: int) -> keras.initializers.Initializer:
    name = layer.kernel_initializer
    if name == "random_normal":
        return keras.initializers.RandomNormal(stddev=layer.kernel_stddev, seed=seed)
    if name in ("zeros", "ones"):
        return keras.initializers.get(name)
    return keras.initializers.get({"class_name": name, "config": {"seed": seed}})


def _regularizer(context: _Context) -> keras.regularizers.Regularizer | None:
    settings = context.experiment.training
    if context.steered:
        return SteeredPenalty(settings.l1, settings.l2)
    if not settings.l1 and not settings.l2:
        return None
    return keras.regularizers.L1L2(l1=settings.l1, l2=settings.l2)


def _dense(layer: Dense, index: int, context: _Context) -> keras.layers.Layer:
    return keras.layers.Dense(
        layer.units,
        activation=layer.activation,
        kernel_initializer=_initializer(layer, layer_seed(context.experiment, index)),
        kernel_regularizer=_regularizer(context),
        name=f"dense_{index}",
    )


def _dropout(layer: Dropout, index: int, context: _Context) -> keras.layers.Layer:
    seed, name = layer_seed(context.experiment, index), f"dropout_{index}"
    if context.steered:
        return SteeredDropout(layer.rate, seed, name=name)
    # Keras leaves out the seed where the rate is 0; the network is to have the same variables then.
    built = keras.layers.Dropout(layer.rate or 0.5, seed=seed, name=name)
    built.rate = layer.rate
    return built


def _flatten(_: Flatten, index: int, __: _Context) -> keras.layers.Layer:
    return keras.layers.Flatten(name=f"flatten_{index}")


def _conv(layer: Conv2D, index: int, context: _Context) -> keras.layers.Layer:
    return keras.layers.Conv2D(
        layer.filters,
        layer.kernel_size,
        strides=layer.strides,
        padding=layer.padding,
        activation=layer.activation,
        kernel_initializer=_initializer(layer, layer_seed(context.experiment, index)),
        kernel_regularizer=_regularizer(context),
        name=f"conv2d_{index}",
    )


def _pooling(layer: MaxPooling2D, index: int, _: _Context) -> keras.layers.Layer:
    return keras.layers.MaxPooling2D(layer.pool_size, name=f"max_pooling2d_{index}")


def _normalization(layer: BatchNormalization, index: int, _: _Context) -> keras.layers.Layer:
    return keras.layers.BatchNormalization(
        momentum=layer.momentum, name=f"batch_normalization_{index}"
    )


def _activation(layer: Activation, index: int, _: _Context) -> keras.layers.Layer:
    return keras.layers.Activation(layer.activation, name=f"activation_{index}")


def _output(context: _Context, n_classes: int) -> keras.layers.Layer:
    experiment = context.experiment
    seed = layer_seed(experiment, len(experiment.layers))
    return keras.layers.Dense(
        n_classes,
        activation=experiment.output.activation,
        kernel_initializer=_initializer(experiment.output, seed),
        kernel_regularizer=_regularizer(context),
        name="output",
    )


_BUILDERS: dict[type[Settings], Callable[[Any, int, _Context], keras.layers.Layer]] = {
    Dense: _dense,
    Dropout: _dropout,
    Flatten: _flatten,
    Conv2D: _conv,
    MaxPooling2D: _pooling,
    BatchNormalization: _normalization,
    Activation: _activation,
}
