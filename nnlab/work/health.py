"""How the app stands, in figures that name nobody: for load balancers and for people."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy.exc import SQLAlchemyError

import nnlab
from nnlab import settings
from nnlab.runs.engines import Engines
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.status import ClusterStatus, Phase


@dataclass(frozen=True)
class Health:
    """What is told.

    Attributes:
        status: "ok"; "degraded" where pages are served but no worker can train; "down" where the
            database cannot be used, so that nothing can.
        database: whether it answers.
        app_processes: living ones.
        phase: of the workers.
        workers, ready: how many there are, and how many have TensorFlow loaded.
        queued, running: runs of all visitors.
    """

    status: Literal["ok", "degraded", "down"]
    database: bool
    app_processes: int = 0
    phase: Phase = "starting"
    workers: int = 0
    ready: int = 0
    queued: int = 0
    running: int = 0
    version: str = nnlab.__version__

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


DOWN = Health("down", database=False, phase="down")


def health_of(store: RunStore, workers: ClusterStatus) -> Health:
    """Ask the database and put it beside the workers as they were a moment ago."""
    try:
        counts = store.active_counts()
        living = Engines(store.engine).recent(2 * settings.engine_seconds())
    except SQLAlchemyError:
        return DOWN
    return Health(
        status="ok" if workers.phase == "ready" else "degraded",
        database=True,
        app_processes=living,
        phase=workers.phase,
        workers=workers.workers,
        ready=workers.ready,
        queued=counts.get(RunState.QUEUED, 0),
        running=counts.get(RunState.RUNNING, 0),
    )


def cluster_status() -> ClusterStatus:
    """The workers of the cluster that `NNLAB_SCHEDULER` names, asked anew.

    Workers of an app's own are known to that app alone, which tells them at `/health`.
    """
    address = settings.scheduler_address()
    if address is None:
        return ClusterStatus("starting", message="The workers belong to the app: ask it.")
    from distributed import Client

    from nnlab.work.cluster import status_of

    try:
        with Client(address, timeout=5, set_as_default=False) as client:
            return status_of(client, 0)
    except OSError as error:
        return ClusterStatus("down", message=f"No scheduler answers at {address}: {error}")
