"""The network of a run that is not complete, as it was left."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nnlab import settings
from nnlab.runs.files import RunFiles
from nnlab.runs.run import Run, RunNotFound
from nnlab.work.lineage import StartNotFound, start_weights
from nnlab.work.moments import network_of_checkpoint
from nnlab.work.tasks import untrained_model, worker_store
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    from nnlab.models.trained import TrainedNetwork


@contextmanager
def network_as_left(run: Run) -> Iterator[tuple["TrainedNetwork", int, int]]:
    """At its last checkpoint; before its first step, as it begins. It is to be read only.

    Yields:
        The network, the epochs that were finished, and the steps of the next one.

    Raises:
        RunNotFound: no such run, or it has taken steps and has no checkpoint, or it goes on from a
            network that is gone.
    """
    if run.step == 0 and RunFiles(run.id).read_checkpoint() is None:
        yield _at_its_start(run), 0, 0
        return
    with network_of_checkpoint(run.id) as left:
        yield left


def _at_its_start(run: Run) -> "TrainedNetwork":
    """Built for this once: a run is seldom held before its first step."""
    ensure_warm()
    from nnlab.models.state import begin_with
    from nnlab.models.trained import TrainedNetwork

    try:
        start = start_weights(run.experiment, run.owner, worker_store(settings.database_url()))
        model = untrained_model(run.id, steered=True)
        if start is not None:
            begin_with(model, start)
    except (StartNotFound, ValueError):  # as it is told when the run would begin
        raise RunNotFound(run.id) from None
    return TrainedNetwork(model)
