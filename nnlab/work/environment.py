"""What our worker processes find in their environment."""

import os
from pathlib import Path

import dask
import distributed  # noqa: F401 - brings in the defaults that are overridden here

from nnlab.work.lifeline import PARENT_VARIABLE

PACKAGE_PARENT = Path(__file__).resolve().parents[2]

# Dask makes workers hand memory back at every chance, which costs a training step two to three
# times its time. None takes the variable out again.
ALLOCATOR = {"MALLOC_TRIM_THRESHOLD_": None}
# Dask's own watching: by default it looks at the stacks of all threads a hundred times a second, at
# its event loops fifty times and at the memory ten times, in each process. Together with the
# scheduler and the keepers that took some percent of both cores from training.
WATCHING = {
    "distributed.worker.profile.enabled": False,  # for a dashboard that nobody opens here
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "2s",
    "distributed.worker.memory.monitor-interval": "500ms",
}


def prepare_environment() -> None:
    """Set this process's environment so that the processes it starts come up right."""
    os.environ[PARENT_VARIABLE] = str(os.getpid())
    os.environ["PYTHONPATH"] = _with_package(os.environ.get("PYTHONPATH", ""))
    spare_workers()
    dask.config.set({"distributed.comm.timeouts.connect": "10s"})
    os.environ["DASK_INTERNAL_INHERIT_CONFIG"] = dask.config.serialize(dask.config.global_config)


def spare_workers() -> None:
    """Take out what costs the workers that this process starts training time."""
    before = dask.config.get("distributed.nanny.pre-spawn-environ")
    dask.config.set({"distributed.nanny.pre-spawn-environ": {**before, **ALLOCATOR}})
    dask.config.set(WATCHING)


def _with_package(path: str) -> str:
    """`python -m dask` must find nnlab wherever the app was started from."""
    parts = [part for part in path.split(os.pathsep) if part]
    if str(PACKAGE_PARENT) not in parts:
        parts.insert(0, str(PACKAGE_PARENT))
    return os.pathsep.join(parts)
