"""The app as the README starts it, on a home of its own, before a real Chromium."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "tests"), str(ROOT)]

import pen  # noqa: E402 - found by the path above, as the next two
import visiting  # noqa: E402
from starting import start_server  # noqa: E402

CHROMIUM = os.environ.get("NNLAB_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 120_000  # milliseconds


__all__ = ["app_in_browser", "pen", "visiting", "wait_for_all_workers"]


@contextmanager
def app_in_browser(ready_made: bool = False) -> Iterator[tuple[visiting.Server, Page]]:
    """The running app and an empty tab; in the background trains nothing, or the ready-made run."""
    kept = {k: v for k, v in os.environ.items() if k == "NNLAB_DATA_DIR"}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        kept["NNLAB_READY_MADE"] = str(int(ready_made))
        server = start_server(home / "home", home / "server.log", **kept)
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            page.set_default_timeout(PATIENCE)
            yield server, page
            browser.close()
        finally:
            server.process.terminate()
            server.process.wait(timeout=30)


def wait_for_all_workers(page: Page) -> None:
    """Until none of them is loading TensorFlow any more: that would slow the rest down."""
    page.get_by_text(re.compile(r"(\d+) of \1 workers? ready")).wait_for()
