"""The layers a network can be built from, named and parametrised as in Keras."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from nnlab.experiment.base import Settings

ActivationName = Literal[
    "linear", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "sigmoid", "tanh", "softplus"
]
InitializerName = Literal[
    "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_normal",
    "random_normal", "random_uniform", "zeros", "ones",
]  # fmt: skip
PaddingName = Literal["valid", "same"]
# Standard deviation of the start weights, with Keras's default; "random_normal" alone reads it.
KernelStddev = Annotated[float, Field(ge=1e-6, le=10.0)]

ACTIVATIONS: tuple[str, ...] = get_args(ActivationName)
INITIALIZERS: tuple[str, ...] = get_args(InitializerName)
PADDINGS: tuple[str, ...] = get_args(PaddingName)


class Dense(Settings):
    """Every unit sees every input: activation(inputs @ kernel + bias)."""

    type: Literal["Dense"] = "Dense"
    units: int = Field(128, ge=1, le=4096)
    activation: ActivationName = "relu"
    kernel_initializer: InitializerName = "glorot_uniform"
    kernel_stddev: KernelStddev = 0.05


class Dropout(Settings):
    """Sets a random share of its inputs to zero at each training step."""

    type: Literal["Dropout"] = "Dropout"
    rate: float = Field(0.2, ge=0.0, le=0.95)


class Flatten(Settings):
    """Lays an image out as one row of numbers."""

    type: Literal["Flatten"] = "Flatten"


class Conv2D(Settings):
    """Slides square filters over the image."""

    type: Literal["Conv2D"] = "Conv2D"
    filters: int = Field(32, ge=1, le=256)
    kernel_size: int = Field(3, ge=1, le=15)
    strides: int = Field(1, ge=1, le=8)
    padding: PaddingName = "valid"
    activation: ActivationName = "relu"
    kernel_initializer: InitializerName = "glorot_uniform"
    kernel_stddev: KernelStddev = 0.05


class MaxPooling2D(Settings):
    """Keeps the largest value of each square patch; the patches do not overlap."""

    type: Literal["MaxPooling2D"] = "MaxPooling2D"
    pool_size: int = Field(2, ge=2, le=14)


class BatchNormalization(Settings):
    """Rescales each channel to mean 0 and variance 1 over the batch, then learns a new scale."""

    type: Literal["BatchNormalization"] = "BatchNormalization"
    momentum: float = Field(0.99, ge=0.0, le=0.9999)


class Activation(Settings):
    """Applies an activation function by itself."""

    type: Literal["Activation"] = "Activation"
    activation: ActivationName = "relu"


Layer = Annotated[
    Dense | Dropout | Flatten | Conv2D | MaxPooling2D | BatchNormalization | Activation,
    Field(discriminator="type"),
]

LAYER_TYPES: dict[str, type[Settings]] = {
    cls.__name__: cls
    for cls in (Dense, Dropout, Flatten, Conv2D, MaxPooling2D, BatchNormalization, Activation)
}


class Output(Settings):
    """The last layer: one unit a class, or one unit for a number; its size is the data set's.

    `softmax` gives probabilities; `linear` gives logits, and the loss is then computed from them.
    A number is `linear` or `tanh`, which keeps it between -1 and 1.
    """

    activation: Literal["softmax", "linear", "tanh"] = "softmax"
    kernel_initializer: InitializerName = "glorot_uniform"
    kernel_stddev: KernelStddev = 0.05
