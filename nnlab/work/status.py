"""What the pages are told of the workers. Imports nothing slow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from nnlab.work.slots import LARGE, ROOM, SMALL, Kind

Phase = Literal["starting", "warming", "ready", "down"]


@dataclass(frozen=True)
class WorkerStatus:
    """One worker process.

    Attributes:
        address: names it among the others; not for visitors' eyes.
        kind: which runs it takes, None for one that does not train.
        room: units of room that it offers to runs.
        ready: whether it has TensorFlow loaded.
        memory: bytes in use.
        memory_limit: bytes at which it is restarted, 0 for no limit.
        cpu: percent of a core.
    """

    address: str
    kind: Kind | None
    room: int
    ready: bool
    memory: int = 0
    memory_limit: int = 0
    cpu: float = 0.0


@dataclass(frozen=True)
class ClusterStatus:
    """What a page shows of the workers.

    Attributes:
        phase: whether runs can be trained.
        expected: how many workers of one thread were started, there already or not.
        message: why not, in words.
        each: the workers that are there.
    """

    phase: Phase
    expected: int = 0
    message: str = ""
    each: tuple[WorkerStatus, ...] = ()

    def of(self, kind: Kind) -> tuple[WorkerStatus, ...]:
        """Those that train runs of a kind."""
        return tuple(worker for worker in self.each if worker.kind == kind)

    def warm_of(self, kind: Kind) -> tuple[str, ...]:
        """The addresses of those that have TensorFlow loaded."""
        return tuple(worker.address for worker in self.of(kind) if worker.ready)

    @property
    def workers(self) -> int:
        """How many train all but large networks."""
        return max(len(self.of(SMALL)), self.expected)

    @property
    def ready(self) -> int:
        """How many of them have TensorFlow loaded."""
        return len(self.warm)

    @property
    def warm(self) -> tuple[str, ...]:
        """The addresses of those."""
        return self.warm_of(SMALL)

    @property
    def large(self) -> Literal["none", "loading", "ready"]:
        """Whether there is a worker for large networks, and whether it has TensorFlow loaded."""
        if not self.of(LARGE):
            return "none"
        return "ready" if self.warm_of(LARGE) else "loading"

    @property
    def room(self) -> Mapping[Kind, int]:
        """Units of room of all workers together, by kind."""
        return {kind: sum(worker.room for worker in self.of(kind)) for kind in ROOM}
