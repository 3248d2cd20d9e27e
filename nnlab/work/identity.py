"""Which app process a run belongs to, and whether that process still lives."""

import os
import socket
from contextlib import suppress

import psutil

START_TOLERANCE_SECONDS = 2
_NAMESPACE = "/proc/self/ns/pid"


def engine_identity() -> str:
    """Names this process on this host beyond doubt: process ids are used again, start times not."""
    process = psutil.Process()
    return f"{_place()}:{os.getpid()}:{process.create_time():.0f}"


def is_of_this_host(identity: str) -> bool:
    """Whether it names a process that would be seen from here, if it still runs."""
    return identity.rsplit(":", 2)[0] == _place()


def lives_here(identity: str) -> bool:
    """Whether a process of this host (`is_of_this_host`) still runs."""
    _, pid, started = identity.rsplit(":", 2)
    try:
        process = psutil.Process(int(pid))
        same = abs(process.create_time() - float(started)) <= START_TOLERANCE_SECONDS
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _place() -> str:
    """Where process ids are unique: two containers may have one host name."""
    namespace = 0
    with suppress(OSError):
        namespace = os.stat(_NAMESPACE).st_ino
    return f"{socket.gethostname()[:40]}/{namespace}"
