"""The processes of a hosted app: scheduler, workers and app processes, as on several hosts."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# What docs/hosting.md tells whoever starts workers by hand.
WORKER = ("--nthreads", "42", "--resources", "train=40", "--preload", "nnlab.work.warm",
          "--preload-nanny", "nnlab.work.keeper",
          "--no-dashboard", "--host", "127.0.0.1")  # fmt: skip


def environment(**variables: str) -> dict[str, str]:
    """Ours without the developer's own settings, plus these."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("NNLAB_")}
    return {**ours, "PYTHONPATH": str(ROOT), "NNLAB_READY_MADE": "0", **variables}


class Process:
    """A child process with its children, whose output goes to a file."""

    def __init__(self, command: list[str], log: Path, variables: dict[str, str]) -> None:
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=output, env=variables, text=True, bufsize=1,
            )  # fmt: skip

    def family(self) -> list[psutil.Process]:
        """It and its children."""
        try:
            process = psutil.Process(self.process.pid)
            return [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> None:
        """As a host that loses its power: keeper and worker at once, and no word to anyone."""
        for member in self.family():
            with suppress(psutil.NoSuchProcess):
                member.kill()
        self.process.wait()

    def terminate(self) -> None:
        """As `docker stop`."""
        self.process.terminate()
        self.process.wait(timeout=30)

    def processor_seconds(self) -> float:
        """Used so far by it and its children."""
        used = 0.0
        for member in self.family():
            with suppress(psutil.Error):
                used += member.cpu_times().user
        return used


def scheduler(folder: Path, variables: dict[str, str], port: int) -> Process:
    """A scheduler; returns at once."""
    command = ["-m", "dask", "scheduler", "--port", str(port), "--no-dashboard",
               "--host", "127.0.0.1", "--preload", "nnlab.logs"]  # fmt: skip
    return Process(command, folder / "scheduler.log", variables)


def worker(folder: Path, address: str, variables: dict[str, str]) -> Process:
    """A worker with its keeper."""
    return Process(["-m", "dask", "worker", address, *WORKER], folder / "worker.log", variables)


class App(Process):
    """An app process that does what it is asked for."""

    def __init__(self, folder: Path, place: str, variables: dict[str, str]) -> None:
        command = [str(HERE / "app_process.py"), place]
        super().__init__(command, folder / f"{place}.log", variables)

    def ask(self, command: str, argument: Any = None) -> Any:
        """Its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([command, argument]) + "\n")
        line = self.process.stdout.readline()
        assert line, "the app process has ended"
        return json.loads(line)
