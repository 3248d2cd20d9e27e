"""How long a newcomer waits: for the first page, for the workers, for the first point of a curve.

Starts the app as the README does, on a home of its own, and looks at it with a real Chromium.
Run on an otherwise idle machine: `python benchmarks/startup.py [--json FILE]`.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tests"), str(ROOT)]

from starting import start_server  # noqa: E402 - found by the path above
from visiting import expect_state, train  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = "/usr/bin/chromium"
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
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        kept = {k: v for k, v in os.environ.items() if k == "NNLAB_DATA_DIR"}
        server = start_server(home / "home", home / "server.log", **kept)
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page()
            page.set_default_timeout(120_000)
            figures: dict[str, object] = {"first page usable": first_page(page, server.url)}
            started = time.perf_counter()
            wait_for_all_workers(page)
            figures["workers ready after that"] = round(time.perf_counter() - started, 2)
            page.goto(f"{server.url}/Train")
            page.get_by_role("tab", name="Training").wait_for()
            figures["Train to first point, each run"] = [first_point(page) for _ in range(RUNS)]
            browser.close()
        finally:
            server.process.terminate()
            server.process.wait(timeout=30)
    return figures


def wait_for_all_workers(page: Page) -> None:
    """Until none of them is loading TensorFlow any more: that would slow the rest down."""
    page.get_by_text(re.compile(r"(\d+) of \1 workers? ready")).wait_for()


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
    train(page)
    page.wait_for_function(NEW_POINT, polling=20)
    waited = round(time.perf_counter() - started, 2)
    expect_state(page, "finished")
    page.wait_for_timeout(1000)
    return waited


if __name__ == "__main__":
    main()
