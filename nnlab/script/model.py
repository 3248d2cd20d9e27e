"""The lines of a script that build the network."""

from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    Layer,
    MaxPooling2D,
    Output,
    Training,
)


def model_lines(experiment: Experiment) -> str:
    """`model`, not yet compiled."""
    layers = [_layer(layer, i, experiment.training) for i, layer in enumerate(experiment.layers)]
    layers.append(_output(experiment))
    body = "".join(f"    {line},\n" for line in layers)
    start = "model = keras.Sequential([\n    keras.Input(x_train.shape[1:]),\n"
    return f"{start}{body}])\n{_rates(experiment)}model.summary()"


def _rates(experiment: Experiment) -> str:
    """Rates of 0 that change later."""
    if not any(change.field == "dropout" for change in experiment.training.changes or ()):
        return ""
    return "".join(
        f"model.layers[{index}].rate = 0.0  # Keras gives no seed to one that begins so\n"
        for index, layer in enumerate(experiment.layers)
        if isinstance(layer, Dropout) and not layer.rate
    )


def _layer(layer: Layer, index: int, training: Training) -> str:
    weights = _weights(layer, index, training) if isinstance(layer, (Dense, Conv2D)) else ""
    match layer:
        case Dense():
            return f'keras.layers.Dense({layer.units}, activation="{layer.activation}"{weights})'
        case Dropout():
            changes = any(change.field == "dropout" for change in training.changes or ())
            rate = layer.rate or (0.5 if changes else 0.0)
            return f"keras.layers.Dropout({rate}, seed=SEED * 1000 + {index})"
        case Flatten():
            return "keras.layers.Flatten()"
        case Conv2D():
            return (
                f"keras.layers.Conv2D({layer.filters}, {layer.kernel_size}, "
                f'strides={layer.strides}, padding="{layer.padding}", '
                f'activation="{layer.activation}"{weights})'
            )
        case MaxPooling2D():
            return f"keras.layers.MaxPooling2D({layer.pool_size})"
        case BatchNormalization():
            return f"keras.layers.BatchNormalization(momentum={layer.momentum})"
        case Activation():
            return f'keras.layers.Activation("{layer.activation}")'


def _output(experiment: Experiment) -> str:
    output = experiment.output
    weights = _weights(output, len(experiment.layers), experiment.training)
    activation = f'activation="{output.activation}"'
    # The test images have every class; the first few training images need not.
    return f"keras.layers.Dense(int(y_test.max()) + 1, {activation}{weights})"


def _weights(layer: Dense | Conv2D | Output, index: int, training: Training) -> str:
    """Start weights from a seed of the layer's own, and penalties, as arguments."""
    initializer = layer.kernel_initializer
    if initializer in ("zeros", "ones"):
        text = f', kernel_initializer="{initializer}"'
    else:
        name = "".join(word.capitalize() for word in initializer.split("_"))
        stddev = f"stddev={layer.kernel_stddev}, " if initializer == "random_normal" else ""
        seed = f"seed=SEED * 1000 + {index}"
        text = f", kernel_initializer=keras.initializers.{name}({stddev}{seed})"
    if training.l1 or training.l2:
        text += f", kernel_regularizer=keras.regularizers.L1L2({training.l1}, {training.l2})"
    return text
