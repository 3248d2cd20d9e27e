"""Where things live, from the environment. Read anew at each call, so tests can change it."""

import os
import re
from pathlib import Path

import platformdirs

# TensorFlow, its compiled steps and the images of two data sets.
LEAST_WORKER_MEMORY = 2**30
_UNITS = {
    f"{letter}{binary}B": (1024 if binary else 1000) ** power
    for power, letter in enumerate("KMGT", start=1)
    for binary in ("i", "")
}


def home() -> Path:
    """Folder of runs, cache and database: `NNLAB_HOME`, or the user's data folder."""
    chosen = os.environ.get("NNLAB_HOME")
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("nnlab"))


def cache_dir() -> Path:
    """Downloaded and parsed data sets; safe to delete."""
    return home() / "cache"


def runs_dir() -> Path:
    """One folder a run."""
    return home() / "runs"


def drawings_dir() -> Path:
    """Drawings that runs have learned from, a file a set."""
    return home() / "drawings"


def own_data_dir() -> Path:
    """Data sets that visitors made or uploaded, a file a set."""
    return home() / "own"


def data_dirs() -> list[Path]:
    """Folders searched for data sets before any download: `NNLAB_DATA_DIR`, split as PATH is."""
    chosen = os.environ.get("NNLAB_DATA_DIR", "")
    return [Path(part).expanduser() for part in chosen.split(os.pathsep) if part]


def scheduler_address() -> str | None:
    """Address of a Dask scheduler (`NNLAB_SCHEDULER`), None for workers of our own."""
    return os.environ.get("NNLAB_SCHEDULER") or None


def database_url() -> str:
    """SQLAlchemy URL of the run store: `NNLAB_DATABASE_URL`, or a SQLite file in `home()`."""
    return os.environ.get("NNLAB_DATABASE_URL") or f"sqlite:///{home() / 'nnlab.sqlite3'}"


def public_url() -> str | None:
    """Where browsers find the app (`NNLAB_PUBLIC_URL`), without a slash at its end.

    None where it is not set: links then begin as the address in the visitor's own browser does.

    Raises:
        ValueError: `NNLAB_PUBLIC_URL` does not begin with http:// or https://.
    """
    chosen = os.environ.get("NNLAB_PUBLIC_URL")
    if not chosen:
        return None
    if not chosen.startswith(("http://", "https://")):
        raise ValueError(f"NNLAB_PUBLIC_URL must begin with http:// or https://, not {chosen!r}")
    return chosen.rstrip("/")


def database_connections() -> int:
    """The most connections of a process to a database server: `NNLAB_DATABASE_CONNECTIONS`, or 10.

    Raises:
        ValueError: `NNLAB_DATABASE_CONNECTIONS` is not a whole number from 1 to 200.
    """
    return _whole("NNLAB_DATABASE_CONNECTIONS", 1, 200, 10)


def engine_seconds() -> int:
    """After so many seconds of silence an app process is dead: `NNLAB_ENGINE_SECONDS`, or 20.

    Raises:
        ValueError: `NNLAB_ENGINE_SECONDS` is not a whole number from 2 to 3600.
    """
    return _whole("NNLAB_ENGINE_SECONDS", 2, 3600, 20)


def log_format() -> str:
    """How logs are written: `NNLAB_LOG`, "text" or "json".

    Raises:
        ValueError: `NNLAB_LOG` is neither.
    """
    chosen = os.environ.get("NNLAB_LOG") or "text"
    if chosen not in ("text", "json"):
        raise ValueError(f"NNLAB_LOG must be text or json, not {chosen!r}")
    return chosen


def worker_count() -> int:
    """Worker processes of our own: `NNLAB_WORKERS`, or one a core.

    Raises:
        ValueError: `NNLAB_WORKERS` is not a whole number from 1 to 64.
    """
    return _whole("NNLAB_WORKERS", 1, 64, os.cpu_count() or 1)


def large_worker_threads() -> int:
    """Threads of the one worker for large networks: `NNLAB_LARGE_THREADS`, or one a core.

    With less than two there is no such worker, and large networks train like all others.

    Raises:
        ValueError: `NNLAB_LARGE_THREADS` is not a whole number from 0 to 256.
    """
    return _whole("NNLAB_LARGE_THREADS", 0, 256, os.cpu_count() or 1)


def worker_threads() -> int:
    """Threads for the arithmetic of this worker process: `NNLAB_WORKER_THREADS`, or 1.

    Raises:
        ValueError: `NNLAB_WORKER_THREADS` is not a whole number from 1 to 256.
    """
    return _whole("NNLAB_WORKER_THREADS", 1, 256, 1)


def worker_memory() -> int | None:
    """Bytes that a worker process of our own may use: `NNLAB_WORKER_MEMORY`, e.g. "2 GiB".

    None where nothing is chosen: `nnlab/work/memory.py` shares out what the machine has.

    Raises:
        ValueError: `NNLAB_WORKER_MEMORY` is no such size, or less than TensorFlow alone needs.
    """
    chosen = os.environ.get("NNLAB_WORKER_MEMORY")
    if not chosen:
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?([KMGT]i?B)", chosen.strip())
    size = int(float(found[1]) * _UNITS[found[2]]) if found else 0
    if size < LEAST_WORKER_MEMORY:
        raise ValueError(
            f'NNLAB_WORKER_MEMORY must look like "2 GiB" and be at least "1 GiB", not {chosen!r}'
        )
    return size


def runs_at_once() -> int:
    """Runs of one visitor that train at the same time; further ones wait: `NNLAB_RUNS_AT_ONCE`.

    Raises:
        ValueError: `NNLAB_RUNS_AT_ONCE` is not a whole number from 1 to 1,000.
    """
    return _whole("NNLAB_RUNS_AT_ONCE", 1, 1000, 4)


def most_active_runs() -> int:
    """Runs of one visitor that train or wait: `NNLAB_MAX_ACTIVE_RUNS`.

    Raises:
        ValueError: `NNLAB_MAX_ACTIVE_RUNS` is not a whole number from 1 to 10,000.
    """
    return _whole("NNLAB_MAX_ACTIVE_RUNS", 1, 10_000, 200)


def most_stored_runs() -> int:
    """Runs that are kept for one visitor: `NNLAB_MAX_STORED_RUNS`.

    Raises:
        ValueError: `NNLAB_MAX_STORED_RUNS` is not a whole number from 1 to 1,000,000.
    """
    return _whole("NNLAB_MAX_STORED_RUNS", 1, 1_000_000, 1000)


def most_epochs() -> int:
    """Epochs of a run: `NNLAB_MAX_EPOCHS`, or as many as an Experiment may have.

    Raises:
        ValueError: `NNLAB_MAX_EPOCHS` is not a whole number from 1 to 2,000.
    """
    return _whole("NNLAB_MAX_EPOCHS", 1, 2_000, 2_000)


def most_parameters() -> int:
    """Parameters of a network: `NNLAB_MAX_PARAMETERS`, or as many as any network may have.

    Raises:
        ValueError: `NNLAB_MAX_PARAMETERS` is not a whole number from 10 to 20,000,000.
    """
    return _whole("NNLAB_MAX_PARAMETERS", 10, 20_000_000, 20_000_000)


def recorded_bytes() -> int:
    """Room for what is recorded of a run's training: `NNLAB_RECORDED_MB`, or 20 MB; 0 for none.

    Raises:
        ValueError: `NNLAB_RECORDED_MB` is not a whole number from 0 to 10,000.
    """
    return 1_000_000 * _whole("NNLAB_RECORDED_MB", 0, 10_000, 20)


def own_images_bytes() -> int:
    """Room for one visitor's own images, a byte a pixel: `NNLAB_OWN_IMAGES_MB`, or 200 MB.

    Raises:
        ValueError: `NNLAB_OWN_IMAGES_MB` is not a whole number from 0 to 100,000.
    """
    return 1_000_000 * _whole("NNLAB_OWN_IMAGES_MB", 0, 100_000, 200)


def trains_ready_made() -> bool:
    """Whether the network that comes with the product is trained: `NNLAB_READY_MADE`, 1 or 0.

    Raises:
        ValueError: `NNLAB_READY_MADE` is neither.
    """
    return bool(_whole("NNLAB_READY_MADE", 0, 1, 1))


def room_hours() -> int:
    """How long a class room is kept, in hours: `NNLAB_ROOM_HOURS`, or 24.

    Raises:
        ValueError: `NNLAB_ROOM_HOURS` is not a whole number from 1 to 720.
    """
    return _whole("NNLAB_ROOM_HOURS", 1, 720, 24)


def _whole(name: str, least: int, most: int, otherwise: int) -> int:
    chosen = os.environ.get(name)
    if not chosen:
        return otherwise
    if not chosen.isdecimal() or not least <= int(chosen) <= most:
        raise ValueError(f"{name} must be a whole number from {least} to {most}, not {chosen!r}")
    return int(chosen)
