"""The Experiment and its parts. Imports nothing else of ours."""

from nnlab.experiment.assignment import GOAL_LENGTH, Assignment
from nnlab.experiment.augmentation import Augmentation
from nnlab.experiment.base import Settings, bounds
from nnlab.experiment.batches import Batches, batches
from nnlab.experiment.changes import (
    MOST_CHANGES,
    Change,
    edits_at,
    has_dials,
    named,
)
from nnlab.experiment.dataset import SIZE_COUNTS, SIZE_SHARES, TRAIN_SIZES, Dataset, Drawn
from nnlab.experiment.differences import differing, setting_label, settings_of
from nnlab.experiment.experiment import (
    NAME_LENGTH,
    Experiment,
    parse_experiment,
    with_settings,
    with_written_settings,
)
from nnlab.experiment.in_force import changes_before, in_force, with_changes
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
from nnlab.experiment.losses import LOSSES, OUTPUTS, Task, loss_of, loss_problems
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
from nnlab.experiment.own_images import OWN_IMAGES, OwnImages
from nnlab.experiment.own_points import OWN_POINTS, OwnPoints
from nnlab.experiment.points import FEATURES, Points
from nnlab.experiment.problems import InvalidExperiment, Problem
from nnlab.experiment.training import BATCH_SIZES, SEED_MAX, EarlyStopping, Training
from nnlab.experiment.written import NotSettings, read_experiment

__all__ = [
    "ACTIVATIONS",
    "BATCH_SIZES",
    "FEATURES",
    "GOAL_LENGTH",
    "INITIALIZERS",
    "LAYER_TYPES",
    "LOSSES",
    "MOST_CHANGES",
    "NAME_LENGTH",
    "OPTIMIZER_TYPES",
    "OUTPUTS",
    "OWN_IMAGES",
    "OWN_POINTS",
    "PADDINGS",
    "SCHEDULE_TYPES",
    "SEED_MAX",
    "SGD",
    "SIZE_COUNTS",
    "SIZE_SHARES",
    "TRAIN_SIZES",
    "Activation",
    "Adagrad",
    "Adam",
    "AdamW",
    "Assignment",
    "Augmentation",
    "BatchNormalization",
    "Batches",
    "Change",
    "Constant",
    "Conv2D",
    "CosineDecay",
    "Dataset",
    "Dense",
    "Drawn",
    "Dropout",
    "EarlyStopping",
    "Experiment",
    "ExponentialDecay",
    "Flatten",
    "InvalidExperiment",
    "Layer",
    "MaxPooling2D",
    "Nadam",
    "NotSettings",
    "Optimizer",
    "Output",
    "OwnImages",
    "OwnPoints",
    "Points",
    "Problem",
    "RMSprop",
    "Schedule",
    "Settings",
    "StepDecay",
    "Task",
    "Training",
    "batches",
    "bounds",
    "changes_before",
    "differing",
    "edits_at",
    "has_dials",
    "in_force",
    "loss_of",
    "loss_problems",
    "named",
    "parse_experiment",
    "read_experiment",
    "setting_label",
    "settings_of",
    "with_changes",
    "with_settings",
    "with_written_settings",
]  # fmt: skip
