"""The layers of a Keras file as a network of ours; what we do not have is refused."""

from math import prod

from nnlab.experiment import Output
from nnlab.keras_file.fields import Config, other, require_ours
from nnlab.keras_file.one_layer import our_layer
from nnlab.keras_file.refusal import NotANetwork

_SOFTMAX = "softmax"


def hidden_layers(layers: list[Config]) -> Config:
    """The network's layers as the fields of `KerasFile` that tell of them.

    Args:
        layers: as `checked_layers` returns them, the input first.

    Raises:
        NotANetwork: with the layer, its setting, and what it should be.
    """
    for number, layer in enumerate(layers):
        require_ours(layer, number)
    shape = _input_shape(layers[0])
    rest, pixels_to_255 = _without_rescaling(list(enumerate(layers))[1:], shape)
    rest, shape = _without_reshape(rest, shape)
    rest, activation = _without_softmax(rest)
    if not rest or rest[-1][1]["class_name"] != "Dense":
        raise NotANetwork("The last layer must be a Dense layer, one unit for each class.")
    number, last = rest.pop()
    _require_channels(rest, len(shape))
    return {
        "input_shape": shape,
        "layers": tuple(our_layer(layer, number) for number, layer in rest),
        "output": Output(activation=activation or _output_activation(last["config"], number)),
        "classes": _classes(last["config"], number),
        "pixels_to_255": pixels_to_255,
    }


def _input_shape(layer: Config) -> tuple[int, ...]:
    shape = layer["config"].get("batch_shape")
    good = layer["class_name"] == "InputLayer" and isinstance(shape, list) and 2 <= len(shape) <= 4
    if not good or not all(type(size) is int and 1 <= size <= 10_000 for size in shape[1:]):
        raise NotANetwork(
            "The network does not say what it is given: it should begin with "
            "keras.Input((28, 28, 1)), for example."
        )
    return tuple(shape[1:])


def _without_rescaling(
    layers: list[tuple[int, Config]], shape: tuple[int, ...]
) -> tuple[list[tuple[int, Config]], bool]:
    """A first layer that divides pixels by 255 is what is done here with all images anyway."""
    if not layers or layers[0][1]["class_name"] != "Rescaling":
        return layers, False
    config = layers[0][1]["config"]
    scale, offset = config.get("scale"), config.get("offset", 0.0)
    if not isinstance(scale, float) or abs(scale * 255 - 1) > 1e-6 or offset != 0 or len(shape) < 2:
        raise other(layers[0][0], "Rescaling", "scale, offset", f"{scale}, {offset}", "1/255, 0")
    return layers[1:], True


def _without_reshape(
    layers: list[tuple[int, Config]], shape: tuple[int, ...]
) -> tuple[list[tuple[int, Config]], tuple[int, ...]]:
    """A first layer that makes an image of the pixels only says how they lie."""
    if not layers or layers[0][1]["class_name"] != "Reshape":
        return layers, shape
    target = layers[0][1]["config"].get("target_shape")
    good = isinstance(target, list) and all(type(size) is int for size in target)
    if not good or len(target) != 3 or target[2] != 1 or prod(target) != prod(shape):
        raise other(layers[0][0], "Reshape", "target_shape", target, "an image of one channel")
    return layers[1:], tuple(target)


def _without_softmax(
    layers: list[tuple[int, Config]],
) -> tuple[list[tuple[int, Config]], str | None]:
    """Softmax as a layer of its own belongs to the output here."""
    if not layers:
        return layers, None
    number, last = layers[-1]
    name, config = last["class_name"], last["config"]
    is_softmax = (name == "Softmax" and config.get("axis", -1) == -1) or (
        name == "Activation" and config.get("activation") == _SOFTMAX
    )
    if not is_softmax:
        return layers, None
    before = layers[-2][1] if len(layers) > 1 else last
    if before["class_name"] != "Dense" or before["config"].get("activation") not in (
        None, "linear"
    ):  # fmt: skip
        raise NotANetwork(f"Layer {number} is a softmax behind what is no linear Dense layer.")
    return layers[:-1], _SOFTMAX


def _require_channels(layers: list[tuple[int, Config]], axes: int) -> None:
    """Batch normalization is over the last of the `axes` behind the batch's, the channels.

    Another axis of the same length would have as many weights, and other answers.
    """
    for number, layer in layers:
        name, axis = layer["class_name"], layer["config"].get("axis", -1)
        if name == "Flatten":
            axes = 1
        if name == "BatchNormalization" and axis not in (-1, [-1], axes, [axes]):
            raise other(number, name, "axis", axis, "-1, the channels")


def _output_activation(config: Config, number: int) -> str:
    name = config.get("activation") or "linear"
    if name not in (_SOFTMAX, "linear"):
        raise other(number, "Dense", "activation", name, "softmax or linear in the last layer")
    return str(name)


def _classes(config: Config, number: int) -> int:
    units = config.get("units")
    if type(units) is not int or not 2 <= units <= 1000:
        raise other(number, "Dense", "units", units, "2 or more units in the last layer")
    return units
