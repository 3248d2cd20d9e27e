"""How long a newcomer waits: for the first page, for the workers, for the first point of a curve.

Starts the app as the README does, on a home of its own, and looks at it with a real Chromium.
Run on an otherwise idle machine: `python benchmarks/startup.py [--json FILE]`.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


from benchmarks.app_in_browser import app_in_browser, visiting, wait_for_all_workers

RUNS = 5
NEW_POINT = """() => {
  const line = document.querySelector('.nnlab-chart .js-line');
  return line !== null && line.getAttribute('d') !== window.before;
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    figures = measure()
    for name, value in figures.items():
        print(f"{name:44} {value}")
    target = parser.parse_args().json
    if target:
        target.write_text(json.dumps(figures, indent=2) + "\n")


def measure() -> dict[str, object]:
    """Seconds by what is waited for."""
    with app_in_browser() as (server, page):
        figures: dict[str, object] = {"first page usable": first_page(page, server.url)}
        started = time.perf_counter()
        wait_for_all_workers(page)
        figures["workers ready after that"] = round(time.perf_counter() - started, 2)
        page.goto(f"{server.url}/Train")
        page.get_by_role("tab", name="Training").wait_for()
        figures["Train to first point, each run"] = [first_point(page) for _ in range(RUNS)]
    return figures


def first_page(page: Page, url: str) -> float:
    """From asking for Home to its button."""
    started = time.perf_counter()
    page.goto(url)
    page.get_by_role("button", name="Train your first network").wait_for()
    return round(time.perf_counter() - started, 2)


def first_point(page: Page) -> float:
    """From pressing Train to a curve that was not there before; then the run is let finish."""
    page.evaluate(
        "() => window.before = document.querySelector('.nnlab-chart .js-line')?.getAttribute('d')"
    )
    started = time.perf_counter()
    visiting.train(page)
    page.wait_for_function(NEW_POINT, polling=20)
    waited = round(time.perf_counter() - started, 2)
    visiting.expect_state(page, "finished")
    page.wait_for_timeout(1000)
    return waited


if __name__ == "__main__":
    main()
