"""Seconds an epoch, contender beside contender: they take turns, so all meet the same machine."""

import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.networks import NETWORKS

ROOT = Path(__file__).resolve().parents[1]
# Name in the table -> module and function under `benchmarks.contenders`.
CONTENDERS = {
    "notebook fit": "notebook",
    "ours": "ours",
    "ours, steps alone": "ours:prepare_steps_alone",
    "ours, live view": "ours:prepare_reporting",
    "PyTorch eager": "pytorch",
    "PyTorch eager, 1 thread": "pytorch:prepare_one_thread",
    "scikit-learn": "scikit_learn",
    "floor": "floor",
    "floor, 1 thread": "floor:prepare_one_thread",
}
LEFT_OUT = {("scikit-learn", "cnn")}


@dataclass
class Contender:
    """One process that waits for its turn."""

    name: str
    process: subprocess.Popen[str]
    seconds: list[float] = field(default_factory=list)

    def turn(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.seconds.append(float(self._line()))

    def wait_until_ready(self) -> None:
        if self._line() != "ready":
            raise RuntimeError(f"{self.name} did not start")

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if not line:
            raise RuntimeError(f"{self.name} has ended")
        return line


def seconds_an_epoch(rounds: int, networks: list[str]) -> dict[str, dict[str, list[float]]]:
    """By network and contender, one figure a round; the first, warming round is left out."""
    return {network: _race(network, rounds) for network in networks or list(NETWORKS)}


def _race(network: str, rounds: int) -> dict[str, list[float]]:
    field_ = [_start(name, network) for name in CONTENDERS if (name, network) not in LEFT_OUT]
    try:
        for _ in range(rounds + 1):
            for contender in field_:
                contender.turn()
    finally:
        for contender in field_:
            contender.process.kill()
    return {contender.name: contender.seconds[1:] for contender in field_}


def _start(name: str, network: str) -> Contender:
    command = [sys.executable, "-m", "benchmarks.contender", CONTENDERS[name], network]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    contender = Contender(name, process)
    contender.wait_until_ready()  # one after the other: each start is all work
    return contender


def table(figures: dict[str, dict[str, list[float]]]) -> list[str]:
    """Lines for a page: medians, and each as a multiple of ours."""
    lines = []
    for network, contenders in figures.items():
        ours = statistics.median(contenders["ours"])
        lines += [f"{network}: seconds an epoch", f"  {'':26} median    least   times ours"]
        for name, seconds in contenders.items():
            middle = statistics.median(seconds)
            lines.append(f"  {name:26} {middle:6.2f}  {min(seconds):7.2f}  {middle / ours:11.2f}")
    return lines
