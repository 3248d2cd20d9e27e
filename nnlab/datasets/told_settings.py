"""An experiment's settings as they are told, with the data set known."""

from nnlab.datasets.catalog import info_of
from nnlab.experiment import Experiment, loss_of, settings_of
from nnlab.experiment.flat import Flat

_LOSS = "training.loss"


def told_settings(experiment: Experiment) -> Flat:
    """As `settings_of`, but where no loss is named, with the one that is meant."""
    return settings_of(experiment) | {_LOSS: loss_of(experiment, info_of(experiment.dataset).task)}
