"""What one visitor may ask of a shared server."""

from nnlab import settings
from nnlab.architecture import Architecture
from nnlab.experiment import Experiment, InvalidExperiment, Problem
from nnlab.logs import event
from nnlab.runs.run import HOUSE
from nnlab.runs.store import RunStore


def check_limits(
    experiment: Experiment, architecture: Architecture, owner: str, store: RunStore
) -> None:
    """Find that a run is within the limits of this server.

    Args:
        experiment: what is to be trained.
        architecture: its layers.
        owner: who wants it.
        store: knows the owner's other runs.

    Raises:
        InvalidExperiment: with the setting, its limit and the reason, for each that is exceeded.
    """
    if owner == HOUSE:
        return
    problems = size_problems(experiment, architecture) + _count_problems(owner, store)
    if problems:
        event("refused", why=", ".join(problem.field for problem in problems))
        raise InvalidExperiment(problems)


def size_problems(experiment: Experiment, architecture: Architecture) -> list[Problem]:
    """What is too large or too long for this server, whoever asks."""
    problems = []
    epochs, most = experiment.training.epochs, settings.most_epochs()
    if epochs > most:
        text = f"must be from 1 to {most:,} on this server, which many share (got {epochs:,})"
        problems.append(Problem("training.epochs", text))
    parameters, most = architecture.parameters, settings.most_parameters()
    if parameters > most:
        text = (
            f"the network has {parameters:,} parameters; on this server, whose memory many share, "
            f"{most:,} are the most. Fewer units or filters make it smaller"
        )
        problems.append(Problem("layers", text))
    return problems


def _count_problems(owner: str, store: RunStore) -> list[Problem]:
    problems = []
    stored, active = store.count(owner)
    if stored >= settings.most_stored_runs():
        text = f"you have {stored:,} runs, the most that are kept here; delete some on Home"
        problems.append(Problem("stored runs", text))
    if active >= settings.most_active_runs():
        text = (
            f"{active:,} of your runs train or wait, the most at a time on this server; "
            "wait until one ends, or stop one"
        )
        problems.append(Problem("runs at once", text))
    return problems
