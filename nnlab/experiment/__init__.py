"""The Experiment and its parts. Imports nothing else of ours."""

from nnlab.experiment.base import Settings, bounds
from nnlab.experiment.dataset import SIZE_COUNTS, SIZE_SHARES, Dataset
from nnlab.experiment.experiment import Experiment, parse_experiment, with_settings
from nnlab.experiment.layers import (
    ACTIVATIONS,
    INITIALIZERS,
    LAYER_TYPES,
    PADDINGS,
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Output,
)
from nnlab.experiment.optimizers import (
    OPTIMIZER_TYPES,
    SCHEDULE_TYPES,
    SGD,
    Adagrad,
    Adam,
    AdamW,
    Constant,
    CosineDecay,
    ExponentialDecay,
    Nadam,
    Optimizer,
    RMSprop,
    Schedule,
    StepDecay,
)
from nnlab.experiment.problems import InvalidExperiment, Problem
from nnlab.experiment.training import SEED_MAX, EarlyStopping, Training

__all__ = [
    "ACTIVATIONS", "INITIALIZERS", "LAYER_TYPES", "OPTIMIZER_TYPES", "PADDINGS", "SCHEDULE_TYPES",
    "SEED_MAX", "SGD", "SIZE_COUNTS", "SIZE_SHARES",
    "Activation", "Adagrad", "Adam", "AdamW", "BatchNormalization", "Constant",
    "Conv2D", "CosineDecay", "Dataset", "Dense", "Dropout", "EarlyStopping", "Experiment",
    "ExponentialDecay", "Flatten", "InvalidExperiment", "Layer", "MaxPooling2D", "Nadam",
    "Optimizer", "Output", "Problem", "RMSprop", "Schedule", "Settings", "StepDecay", "Training",
    "bounds", "parse_experiment", "with_settings",
]  # fmt: skip
