"""What watching costs: the training, the server and the wire, while a page shows a live curve.

One long run on MNIST is watched and left alone in turn, in a real Chromium on the same machine;
an epoch counts for the state it was in from beginning to end. Run on an otherwise idle machine:
`python -m benchmarks.live_view [--turns 4] [--json FILE]`; needs MNIST and tests/'s requirements.
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page

from benchmarks.app_in_browser import app_in_browser, visiting, wait_for_all_workers
from nnlab.runs.store import RunStore

EPOCHS = 100
EPOCHS_A_TURN = 5
# Without polling: whoever measures must not be what is measured.
COUNT_CURVES = """() => {
  window.curves = 0;
  const chart = document.querySelector('.nnlab-chart');
  new MutationObserver((changes) => {
    window.curves += changes.some(({ target }) => target.matches('.js-line'));
  }).observe(chart, { subtree: true, attributeFilter: ['d'] });
}"""


class Watching:
    """One run, one page, and what each turn cost."""

    def __init__(self, page: Page, server: visiting.Server) -> None:
        self.page = page
        self.url = f"{server.url}/Train"
        self.process = psutil.Process(server.process.pid)
        self.store = RunStore(f"sqlite:///{server.home / 'nnlab.sqlite3'}")
        self.received: list[int] = []
        page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def _count(self, frame: str | bytes) -> None:
        self.received.append(len(frame))

    def begin(self) -> None:
        """Start the run that all turns look at."""
        self.page.goto(self.url)
        wait_for_all_workers(self.page)
        self.page.get_by_role("tab", name="Training").click()
        visiting.set_number(self.page, "Epochs", EPOCHS)
        self.page.wait_for_timeout(1000)
        visiting.train(self.page)
        visiting.expect_state(self.page, "running")
        (self.run,) = self.store.active_runs()

    def turn(self, watched: bool) -> dict[str, Any]:
        """Some epochs with the page open or away; returns what was measured meanwhile."""
        self.page.goto(self.url if watched else "about:blank")
        if watched:
            visiting.expect_state(self.page, "running")
            self.page.locator(".nnlab-chart .js-line").first.wait_for()
            self.page.evaluate(COUNT_CURVES)
        first = self._epoch() + 1  # the one under way began in the other state
        self._wait_for(first)
        before = self._now()
        self._wait_for(first + EPOCHS_A_TURN)
        after = self._now()
        seconds = [r.seconds for r in self.store.epochs(self.run.id) if r.epoch > first]
        passed = after["clock"] - before["clock"]
        return {
            "seconds an epoch": seconds[:EPOCHS_A_TURN],
            "updates a second": (after["curves"] - before["curves"]) / passed,
            "kB a second": (after["bytes"] - before["bytes"]) / passed / 1000,
            "server, ms a second": (after["cpu"] - before["cpu"]) / passed * 1000,
        }

    def _epoch(self) -> int:
        return self.store.get(self.run.id).epoch

    def _wait_for(self, epoch: int) -> None:
        while self._epoch() < epoch:
            self.page.wait_for_timeout(250)

    def _now(self) -> dict[str, float]:
        curves = self.page.evaluate("() => window.curves ?? 0")
        used = self.process.cpu_times()
        return {
            "clock": time.perf_counter(),
            "cpu": used.user + used.system,
            "curves": curves,
            "bytes": sum(self.received),
        }


def measure(turns: int) -> dict[str, list[dict[str, Any]]]:
    """Turn after turn, watched and alone."""
    found: dict[str, list[dict[str, Any]]] = {"watched": [], "alone": []}
    with app_in_browser() as (server, page):
        watching = Watching(page, server)
        watching.begin()
        for turn in range(2 * turns):
            watched = turn % 2 == 0
            found["watched" if watched else "alone"].append(watching.turn(watched))
    return found


def table(found: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Lines for a page: medians."""
    lines = [f"{'':24} watched    alone"]
    for name in found["watched"][0]:
        watched, alone = (_median(found[state], name) for state in ("watched", "alone"))
        lines.append(f"{name:24} {watched:7.3f}  {alone:7.3f}")
    return lines


def _median(turns: list[dict[str, Any]], name: str) -> float:
    values = [turn[name] for turn in turns]
    if isinstance(values[0], list):
        values = [value for turn in values for value in turn]
    return statistics.median(values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=4)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    found = measure(options.turns)
    print("\n".join(table(found)))
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
