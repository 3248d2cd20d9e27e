"""Which app process a run belongs to, and whether that process still lives."""

import os
import socket

import psutil

START_TOLERANCE_SECONDS = 2


def engine_identity() -> str:
    """Names this process on this host beyond doubt: process ids are used again, start times not."""
    process = psutil.Process()
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{process.create_time():.0f}"


def engine_is_alive(identity: str | None) -> bool:
    """Whether the process that an identity names runs. Other hosts' processes count as alive."""
    if not identity:
        return False
    host, pid, started = identity.rsplit(":", 2)
    if host != socket.gethostname()[:40]:
        return True
    try:
        process = psutil.Process(int(pid))
        same = abs(process.create_time() - float(started)) <= START_TOLERANCE_SECONDS
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
