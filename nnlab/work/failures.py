"""What went wrong, said to the person who pressed Train."""

import errno

from sqlalchemy.exc import OperationalError

from nnlab.datasets import DatasetError
from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.training.endings import TrainingDiverged
from nnlab.work.lineage import StartNotFound

DISK_FULL = (
    "The disk is full, so the run could not be saved. Free some space and press Resume: it goes on "
    "from its last saved epoch. Finished runs are not affected."
)


def disk_is_full(error: BaseException) -> bool:
    """Whether an error, or what caused it, means that the disk (or the quota) is used up."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return isinstance(error, OperationalError) and "disk is full" in str(error).lower()


def failure_message(error: BaseException) -> str:
    """One or two sentences: what happened and what to do."""
    if disk_is_full(error):
        return DISK_FULL
    if isinstance(error, (DatasetError, InvalidExperiment, StartNotFound)):
        return str(error)
    if isinstance(error, MemoryError) or "OOM" in str(error):
        return "The worker ran out of memory. Try a smaller batch size or fewer units or filters."
    return f"Training failed unexpectedly ({type(error).__name__}: {str(error)[:300]})."


def divergence_message(error: TrainingDiverged, experiment: Experiment) -> str:
    """What diverging means and what to try, with this experiment's own numbers."""
    settings = experiment.training
    rate = settings.optimizer.learning_rate
    tips = [f"a learning rate ten times smaller ({rate / 10:g} instead of {rate:g})"]
    if settings.optimizer.type == "SGD" and getattr(settings.optimizer, "momentum", 0) > 0.5:
        tips.append("less momentum")
    if any(getattr(layer, "activation", "") in ("linear", "relu") for layer in experiment.layers):
        tips.append("a BatchNormalization layer, or an activation that stays bounded such as tanh")
    return (
        f"The loss became {error.loss} by step {error.step:,}: the steps were so large that the "
        f"weights ran away. Try {', '.join(tips)}."
    )
