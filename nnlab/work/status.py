"""What the pages are told of the workers. Imports nothing slow."""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["starting", "warming", "ready", "down"]


@dataclass(frozen=True)
class ClusterStatus:
    """What a page shows of the workers; `warm` are the addresses of those that are ready."""

    phase: Phase
    workers: int = 0
    ready: int = 0
    message: str = ""
    warm: tuple[str, ...] = ()
