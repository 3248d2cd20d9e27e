"""What the pages are told of the workers. Imports nothing slow."""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["starting", "warming", "ready", "down"]


@dataclass(frozen=True)
class ClusterStatus:
    """What a page shows of the workers.

    Attributes:
        workers: those of one thread, which train all but large networks.
        ready: how many of them have TensorFlow loaded.
        warm: the addresses of those.
        large: whether there is a worker for large networks, and whether it has it loaded.
    """

    phase: Phase
    workers: int = 0
    ready: int = 0
    message: str = ""
    warm: tuple[str, ...] = ()
    large: Literal["none", "loading", "ready"] = "none"
