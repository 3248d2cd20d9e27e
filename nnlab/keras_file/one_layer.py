"""A layer of a Keras file as a layer of an experiment."""

from collections.abc import Callable
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
    Settings,
)
from nnlab.keras_file.fields import Config, other
from nnlab.keras_file.refusal import NotANetwork


def our_layer(layer: Config, number: int) -> Settings:
    """A hidden layer as the experiment has it.

    Args:
        layer: `class_name` and `config`, as Keras writes them; all its fields are known.
        number: in the network, the input being 0.

    Raises:
        NotANetwork: no such layer stands there, or a field of it has a value that ours cannot have.
    """
    name, config = layer["class_name"], layer["config"]
    if name not in _MAKERS:
        raise NotANetwork(f"Layer {number}, {name}, stands where there is none in networks here.")
    try:
        return _MAKERS[name](config, number)
    except ValidationError as error:
        found = error.errors()[0]
        raise other(
            number, name, ".".join(map(str, found["loc"])), found["input"], _wanted(found)
        ) from None


def _wanted(found: Any) -> str:
    return str(found["msg"]).replace("Input should be", "").strip()


def _activation(config: Config, number: int, name: str) -> str:
    activation = config.get("activation") or "linear"
    if activation not in ACTIVATIONS:
        raise other(number, name, "activation", activation, "others, such as relu or tanh")
    return str(activation)


def _square(config: Config, key: str, number: int, name: str) -> Any:
    value = config.get(key)
    sizes = value if isinstance(value, list) else [value, value]
    if len(sizes) != 2 or sizes[0] != sizes[1] or type(sizes[0]) is not int:
        raise other(number, name, key, value, "the same in both directions")
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
        raise other(number, name, "strides", strides, f"{size}, as the pool's size")
    if config.get("padding") != "valid":
        raise other(number, name, "padding", config.get("padding"), "valid")
    return MaxPooling2D(pool_size=size)


def _normalization(config: Config, _: int) -> Settings:
    """Momentum matters while a network trains only."""
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
