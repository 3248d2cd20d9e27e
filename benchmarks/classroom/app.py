"""The app as the README starts it, on a home of its own, and what its processes need."""

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
SAMPLE_EVERY_SECONDS = 1.0
MB = 1_000_000


@dataclass(frozen=True)
class App:
    """A running app. Only this machine reaches it."""

    url: str
    process: subprocess.Popen[bytes]
    home: Path
    log: Path


@contextmanager
def running_app(home: Path, data: str | None, **environment: str) -> Iterator[App]:
    """`streamlit run app.py` on a free port, ended at the end with all its processes."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    log = home / "app.log"
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    settings = {
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_ADDRESS": HOST,
        "STREAMLIT_SERVER_HEADLESS": "true",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=variables(home, data) | settings | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    app = App(f"http://{HOST}:{port}", process, home, log)
    try:
        _wait_for_health(app)
        yield app
    finally:
        _end(process)


def variables(home: Path, data: str | None) -> dict[str, str]:
    """The environment of a process on this home: none of the caller's own settings of the app."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NNLAB_")}
    for name in ("NNLAB_WORKERS", "NNLAB_LARGE_THREADS"):
        if name in os.environ:
            kept[name] = os.environ[name]
    kept |= {"NNLAB_HOME": str(home), "NNLAB_READY_MADE": "0"}
    folders = data or os.environ.get("NNLAB_DATA_DIR")
    return kept | ({"NNLAB_DATA_DIR": folders} if folders else {})


def _wait_for_health(app: App) -> None:
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(f"{app.url}/_stcore/health", timeout=1):
            return
        if app.process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"the app does not answer: {app.log.read_text()[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    family = _family(process.pid)
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=30)
    _, left = psutil.wait_procs(family, timeout=10)
    for member in left:
        with suppress(psutil.Error):
            member.kill()


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    return []


def role(process: psutil.Process) -> str:
    """What a process of the app is: app, scheduler, keeper or worker."""
    line = " ".join(process.cmdline())
    if "streamlit" in line:
        return "app"
    if "spawn_main" in line or "forkserver" in line:
        return "worker"
    if "resource_tracker" in line:
        return "other"
    return "scheduler" if "cheduler" in line else "keeper"


@dataclass
class Sample:
    """The app's processes at one moment.

    Attributes:
        at: the clock.
        memory: bytes by process (role and number).
        files, threads: how many the app's own process has open and running.
    """

    at: float
    memory: dict[str, int]
    files: int = 0
    threads: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.memory.values())


def sample(app: App) -> Sample:
    """Memory of each process, shared pages divided among those who share them (PSS)."""
    found: dict[str, int] = {}
    for process in _family(app.process.pid):
        with suppress(psutil.Error):
            full = process.memory_full_info()
            found[f"{role(process)} {process.pid}"] = getattr(full, "pss", full.rss)
    own = psutil.Process(app.process.pid)
    return Sample(time.monotonic(), found, own.num_fds(), own.num_threads())


@dataclass
class Watch:
    """Looks at the app's processes from time to time, in a thread beside."""

    app: App
    samples: list[Sample] = field(default_factory=list)

    async def keep_watching(self) -> None:
        """Until cancelled."""
        while True:
            self.samples.append(await asyncio.to_thread(sample, self.app))
            await asyncio.sleep(SAMPLE_EVERY_SECONDS)

    @property
    def peak(self) -> Sample:
        """When they needed most."""
        return max(self.samples, key=lambda one: one.total)


def processor_seconds(pid: int) -> float:
    """What a process has used so far."""
    used = psutil.Process(pid).cpu_times()
    return used.user + used.system
