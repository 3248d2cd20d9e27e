"""The Dask cluster: one of our own, or a running one by its address."""

import asyncio
import copy
import dataclasses
import logging
from contextlib import suppress
from typing import Any

import dask
import psutil
from distributed import Client
from distributed.deploy.subprocess import SubprocessCluster

from nnlab.work.environment import prepare_environment
from nnlab.work.memory import memory_of_each
from nnlab.work.slots import LARGE, ROOM, SHORT_TASK_THREADS, SMALL
from nnlab.work.status import ClusterStatus, WorkerStatus
from nnlab.work.warm import METRIC

logger = logging.getLogger(__name__)

# Each run in hand has a thread, which mostly waits for its turn.
THREADS = {kind: room + SHORT_TASK_THREADS for kind, room in ROOM.items()}
_LARGE_NAME = "large"
NO_SLOTS = (
    "The cluster has no worker that trains. Start workers with: dask worker ADDRESS "
    f"--nthreads {THREADS[SMALL]} --resources {SMALL}={ROOM[SMALL]} --preload nnlab.work.warm "
    "--preload-nanny nnlab.work.keeper"
)


class OwnCluster:
    """A scheduler and workers as child processes that end when this process does."""

    def __init__(self, n_workers: int) -> None:
        prepare_environment()
        self.n_workers = n_workers
        with dask.config.set({"distributed.scheduler.allowed-failures": 3}):
            self.cluster = SubprocessCluster(
                n_workers=n_workers,
                threads_per_worker=THREADS[SMALL],
                dashboard_address=None,  # type: ignore[arg-type]
                scheduler_kwargs={"preload": ["nnlab.work.lifeline"]},
                worker_kwargs={
                    "resources": {SMALL: ROOM[SMALL]},
                    "memory_limit": memory_of_each(n_workers + 1),  # and the one for large ones
                    "preload": ["nnlab.work.warm"],
                    "preload_nanny": ["nnlab.work.lifeline"],
                },
            )
        self.address: str = self.cluster.scheduler_address

    def start_large(self, threads: int) -> None:
        """Start the worker for large networks, unless it was started before."""
        workers = self.cluster.worker_spec
        if _LARGE_NAME in workers:
            return
        spec = copy.deepcopy(self.cluster.new_spec)
        environment = {"NNLAB_WORKER_THREADS": str(threads)}
        spec["options"]["worker_kwargs"].update(resources={LARGE: ROOM[LARGE]}, env=environment)
        spec["options"]["worker_kwargs"]["nthreads"] = THREADS[LARGE]
        workers[_LARGE_NAME] = spec
        self.cluster.sync(self.cluster._correct_state)

    def scheduler_is_alive(self) -> bool:
        """Without its scheduler a cluster cannot be mended, only replaced."""
        process = getattr(self.cluster.scheduler, "process", None)
        return process is not None and process.returncode is None

    def mend(self) -> None:
        """Replace worker keepers that have died. (A keeper replaces a worker by itself.)"""
        self.cluster.sync(self._mend)

    async def _mend(self) -> None:
        dead = [
            name
            for name, worker in self.cluster.workers.items()
            if worker.process is None or worker.process.returncode is not None
        ]
        for name in dead:
            logger.warning("worker keeper %s has died; starting another", name)
            del self.cluster.workers[name]
        if dead:
            await asyncio.shield(self.cluster._correct_state())

    def close(self) -> None:
        """End all processes in good order."""
        self.cluster.close(timeout=5)

    def kill(self) -> None:
        """End all processes at once: without its scheduler, Dask waits long for good order."""
        keepers = [worker.process for worker in self.cluster.workers.values()]
        scheduler = getattr(self.cluster.scheduler, "process", None)
        for process in (*keepers, scheduler):
            if process is not None and process.returncode is None:
                _kill_family(process.pid)


def _kill_family(pid: int) -> None:
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for member in (*process.children(recursive=True), process):
            with suppress(psutil.Error):
                member.kill()


def status_of(client: Client, expected: int) -> ClusterStatus:
    """How many workers there are and how many have TensorFlow ready.

    Args:
        client: connected to the scheduler.
        expected: how many workers we started ourselves, 0 in a cluster by its address.
    """
    workers: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
    errors = [error for worker in workers.values() if (error := _report(worker).get("error"))]
    each = tuple(_worker_status(address, worker) for address, worker in workers.items())
    if errors:
        return ClusterStatus("down", expected, f"A worker cannot start: {errors[0]}", each)
    status = ClusterStatus("warming", expected, each=each)
    if not expected and not status.of(SMALL):
        return ClusterStatus("warming", expected, NO_SLOTS, each)
    return dataclasses.replace(status, phase="ready") if status.warm else status


def _report(worker: dict[str, Any]) -> dict[str, Any]:
    """What our preload says of a worker."""
    return worker["metrics"].get(METRIC) or {}


def _worker_status(address: str, worker: dict[str, Any]) -> WorkerStatus:
    kind = next((kind for kind in ROOM if kind in worker["resources"]), None)
    return WorkerStatus(
        address,
        kind,
        int(worker["resources"][kind]) if kind else 0,
        bool(_report(worker).get("ready")),
        int(worker["metrics"].get("memory", 0)),
        int(worker["memory_limit"] or 0),
        float(worker["metrics"].get("cpu", 0.0)),
    )
