"""Keras's settings of each layer → ours, field by field; what we do not have is refused.

To leave a field unread could make another network of it, so every field is either read, known not
to matter for a trained network, or found to have the value that our layers have.
"""

from collections.abc import Callable
from math import prod
from typing import Any

from pydantic import ValidationError

from nnlab.experiment import (
    ACTIVATIONS,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Output,
    Settings,
)
from nnlab.keras_file.refusal import NotANetwork, shown

Config = dict[str, Any]
_SOFTMAX = "softmax"
# They matter while a network trains, or before, and not when it is asked.
_TRAINING_ONLY = {
    "name", "trainable", "seed", "kernel_initializer", "bias_initializer", "kernel_regularizer",
    "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint",
    "beta_initializer", "gamma_initializer", "moving_mean_initializer",
    "moving_variance_initializer", "beta_regularizer", "gamma_regularizer", "beta_constraint",
    "gamma_constraint", "noise_shape", "synchronized", "renorm_momentum",
}  # fmt: skip
_AS_OURS: Config = {
    "use_bias": True, "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1,
    "epsilon": 1e-3, "center": True, "scale": True, "max_value": None, "negative_slope": 0.0,
    "threshold": 0.0, "renorm": False, "renorm_clipping": None, "quantization_config": None,
    "lora_rank": None, "lora_alpha": None, "sparse": False, "ragged": False, "optional": False,
}  # fmt: skip
_READ = {
    "InputLayer": {"batch_shape"},
    "Rescaling": {"scale", "offset"},
    "Reshape": {"target_shape"},
    "Flatten": set(),
    "Dense": {"units", "activation"},
    "Dropout": {"rate"},
    "Conv2D": {"filters", "kernel_size", "strides", "padding", "activation"},
    "MaxPooling2D": {"pool_size", "strides", "padding"},
    "BatchNormalization": {"axis", "momentum"},
    "Activation": {"activation"},
    "ReLU": set(),
    "Softmax": {"axis"},
}  # fmt: skip


def hidden_layers(layers: list[Config]) -> Config:
    """The network's layers as the fields of `KerasFile` that tell of them.

    Args:
        layers: as `checked_layers` returns them, the input first.

    Raises:
        NotANetwork: with the layer, its setting, and what it should be.
    """
    for number, layer in enumerate(layers):
        _require_ours(layer, number)
    shape = _input_shape(layers[0])
    rest, pixels_to_255 = _without_rescaling(list(enumerate(layers))[1:], shape)
    rest, shape = _without_reshape(rest, shape)
    rest, activation = _without_softmax(rest)
    if not rest or rest[-1][1]["class_name"] != "Dense":
        raise NotANetwork("The last layer must be a Dense layer, one unit for each class.")
    number, last = rest.pop()
    return {
        "input_shape": shape,
        "layers": tuple(_ours(layer, number) for number, layer in rest),
        "output": Output(activation=activation or _output_activation(last["config"], number)),
        "classes": _classes(last["config"], number),
        "pixels_to_255": pixels_to_255,
    }


def _require_ours(layer: Config, number: int) -> None:
    name, config = layer["class_name"], layer["config"]
    for key, value in config.items():
        if key in _TRAINING_ONLY or key in _READ[name]:
            continue
        if key == "dtype":
            _require_float32(value, number, name)
        elif key in _AS_OURS:
            if value != _AS_OURS[key]:
                raise _other(number, name, key, value, _AS_OURS[key])
        elif value not in (None, False):
            raise _other(number, name, key, value, None)


def _require_float32(value: Any, number: int, name: str) -> None:
    policy = value["config"].get("name") if isinstance(value, dict) else value
    if policy not in (None, "float32"):
        raise _other(number, name, "dtype", policy, "float32")


def _other(number: int, name: str, key: str, value: Any, ours: Any) -> NotANetwork:
    return NotANetwork(
        f"Layer {number} ({name}) has {shown(key)} = {shown(value)}; layers here have "
        f"{shown('none' if ours is None else ours)}."
    )


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
        raise _other(layers[0][0], "Rescaling", "scale, offset", f"{scale}, {offset}", "1/255, 0")
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
        raise _other(layers[0][0], "Reshape", "target_shape", target, "an image of one channel")
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


def _output_activation(config: Config, number: int) -> str:
    name = config.get("activation") or "linear"
    if name not in (_SOFTMAX, "linear"):
        raise _other(number, "Dense", "activation", name, "softmax or linear in the last layer")
    return str(name)


def _classes(config: Config, number: int) -> int:
    units = config.get("units")
    if type(units) is not int or not 2 <= units <= 1000:
        raise _other(number, "Dense", "units", units, "2 or more units in the last layer")
    return units


def _ours(layer: Config, number: int) -> Settings:
    name, config = layer["class_name"], layer["config"]
    if name not in _MAKERS:
        raise NotANetwork(f"Layer {number}, {name}, stands where there is none in networks here.")
    try:
        return _MAKERS[name](config, number)
    except ValidationError as error:
        found = error.errors()[0]
        raise _other(
            number, name, ".".join(map(str, found["loc"])), found["input"], _wanted(found)
        ) from None


def _wanted(found: Any) -> str:
    return str(found["msg"]).replace("Input should be", "").strip()


def _activation(config: Config, number: int, name: str) -> str:
    activation = config.get("activation") or "linear"
    if activation not in ACTIVATIONS:
        raise _other(number, name, "activation", activation, "others, such as relu or tanh")
    return str(activation)


def _square(config: Config, key: str, number: int, name: str) -> Any:
    value = config.get(key)
    sizes = value if isinstance(value, list) else [value, value]
    if len(sizes) != 2 or sizes[0] != sizes[1] or type(sizes[0]) is not int:
        raise _other(number, name, key, value, "the same in both directions")
    return sizes[0]


def _dense(config: Config, number: int) -> Settings:
    return Dense(units=config.get("units"), activation=_activation(config, number, "Dense"))


def _conv(config: Config, number: int) -> Settings:
    return Conv2D(
        filters=config.get("filters"),
        kernel_size=_square(config, "kernel_size", number, "Conv2D"),
        strides=_square(config, "strides", number, "Conv2D"),
        padding=config.get("padding"),
        activation=_activation(config, number, "Conv2D"),
    )


def _pooling(config: Config, number: int) -> Settings:
    name = "MaxPooling2D"
    size = _square(config, "pool_size", number, name)
    strides = size if config.get("strides") is None else _square(config, "strides", number, name)
    if strides != size:
        raise _other(number, name, "strides", strides, f"{size}, as the pool's size")
    if config.get("padding") != "valid":
        raise _other(number, name, "padding", config.get("padding"), "valid")
    return MaxPooling2D(pool_size=size)


def _normalization(config: Config, number: int) -> Settings:
    """Momentum matters while a network trains only."""
    axis = config.get("axis")
    if axis not in (-1, [-1], 3, [3], 1, [1]):
        raise _other(number, "BatchNormalization", "axis", axis, "-1, the channels")
    momentum = config.get("momentum", 0.99)
    return BatchNormalization(momentum=0.9999 if momentum == 1 else momentum)


_MAKERS: dict[str, Callable[[Config, int], Settings]] = {
    "Dense": _dense,
    "Conv2D": _conv,
    "MaxPooling2D": _pooling,
    "BatchNormalization": _normalization,
    "Dropout": lambda config, _: Dropout(rate=config.get("rate")),
    "Flatten": lambda _, __: Flatten(),
    "Activation": lambda config, number: Activation(
        activation=_activation(config, number, "Activation")
    ),
    "ReLU": lambda _, __: Activation(activation="relu"),
}
