"""Optimizers and learning-rate schedules, with Keras's names and default values."""

from typing import Annotated, Literal

from pydantic import Field

from nnlab.experiment.base import Settings

LearningRate = Annotated[float, Field(ge=1e-7, le=10.0)]
Momentum = Annotated[float, Field(ge=0.0, le=0.9999)]
Epsilon = Annotated[float, Field(ge=1e-12, le=1.0)]


class SGD(Settings):
    """Gradient descent, optionally with (Nesterov) momentum."""

    type: Literal["SGD"] = "SGD"
    learning_rate: LearningRate = 0.01
    momentum: Momentum = 0.0
    nesterov: bool = False


class Adam(Settings):
    """Momentum and a step size of its own for each weight (Kingma and Ba, 2014)."""

    type: Literal["Adam"] = "Adam"
    learning_rate: LearningRate = 0.001
    beta_1: Momentum = 0.9
    beta_2: Momentum = 0.999
    epsilon: Epsilon = 1e-7


class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov and Hutter, 2017)."""

    type: Literal["AdamW"] = "AdamW"  # type: ignore[assignment]
    weight_decay: float = Field(0.004, ge=0.0, le=1.0)


class RMSprop(Settings):
    """Divides the step by a running root mean square of the gradient."""

    type: Literal["RMSprop"] = "RMSprop"
    learning_rate: LearningRate = 0.001
    rho: Momentum = 0.9
    momentum: Momentum = 0.0
    epsilon: Epsilon = 1e-7


class Adagrad(Settings):
    """Steps shrink with the sum of all squared gradients so far (Duchi et al., 2011)."""

    type: Literal["Adagrad"] = "Adagrad"
    learning_rate: LearningRate = 0.001
    initial_accumulator_value: float = Field(0.1, ge=0.0, le=10.0)
    epsilon: Epsilon = 1e-7


class Nadam(Adam):
    """Adam with Nesterov momentum (Dozat, 2016)."""

    type: Literal["Nadam"] = "Nadam"  # type: ignore[assignment]


Optimizer = Annotated[SGD | Adam | AdamW | RMSprop | Adagrad | Nadam, Field(discriminator="type")]

OPTIMIZER_TYPES: dict[str, type[Settings]] = {
    cls.__name__: cls for cls in (SGD, Adam, AdamW, RMSprop, Adagrad, Nadam)
}


class Constant(Settings):
    """The learning rate stays as it is."""

    type: Literal["Constant"] = "Constant"


class CosineDecay(Settings):
    """Half a cosine from the learning rate down to `alpha` times it, over the whole training."""

    type: Literal["CosineDecay"] = "CosineDecay"
    alpha: float = Field(0.0, ge=0.0, le=1.0)


class ExponentialDecay(Settings):
    """Multiplied by `decay_rate` over each epoch, smoothly."""

    type: Literal["ExponentialDecay"] = "ExponentialDecay"
    decay_rate: float = Field(0.9, ge=0.01, le=1.0)


class StepDecay(Settings):
    """Multiplied by `factor` after every `every_epochs` epochs."""

    type: Literal["StepDecay"] = "StepDecay"
    factor: float = Field(0.5, ge=0.01, le=1.0)
    every_epochs: int = Field(2, ge=1, le=100)


Schedule = Annotated[
    Constant | CosineDecay | ExponentialDecay | StepDecay, Field(discriminator="type")
]

SCHEDULE_TYPES: dict[str, type[Settings]] = {
    cls.__name__: cls for cls in (Constant, CosineDecay, ExponentialDecay, StepDecay)
}
