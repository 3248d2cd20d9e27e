"""Words for what a person does and sees in the app."""

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


@dataclass
class Server:
    """A running app."""

    url: str
    process: subprocess.Popen
    home: Path
    log: Path


def go_to(page: Page, name: str) -> None:
    """Follow the link to a page in the sidebar."""
    page.locator("[data-testid=stSidebar]").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def wait_for_the_page(page: Page) -> None:
    """Until all of it is drawn, so that nothing moves below the mouse."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning"
    )


def wait_for_workers(page: Page) -> None:
    """Until the sidebar says that workers are ready."""
    expect(page.get_by_text(re.compile(r"[1-9]\d* of \d+ workers? ready"))).to_be_visible(
        timeout=120_000
    )


def run_panel(page: Page) -> Locator:
    """The panel with the run that is watched."""
    return page.locator(".st-key-run-panel")


def expect_state(page: Page, state: str) -> None:
    """The badge of the watched run says `state`."""
    badge = run_panel(page).locator("[data-testid=stBadge], .stMarkdownBadge").first
    expect(badge).to_contain_text(state, timeout=120_000)


def press(page: Page, label: str) -> None:
    """Press a button of the run panel."""
    run_panel(page).get_by_role("button", name=label, exact=True).click()


def train(page: Page) -> None:
    """Press the large Train button."""
    page.get_by_role("button", name=re.compile("^Train")).click()


def set_number(page: Page, label: str, value: int) -> None:
    """Type into a number field."""
    field = page.get_by_role("spinbutton", name=label, exact=True)
    field.fill(str(value))
    field.press("Enter")


def watch_curves(page: Page) -> None:
    """Note every change of the loss curve, and every moment without one, from now on."""
    page.evaluate("""() => {
      const seen = window.seenCurves = {paths: new Set(), blank: 0, elements: new Set()};
      seen.timer = setInterval(() => {
        const line = document.querySelector('.nnlab-chart .js-line');
        if (!line) { seen.blank += seen.paths.size > 0; return; }
        seen.paths.add(line.getAttribute('d'));
        seen.elements.add(line.closest('.nnlab-chart'));
      }, 20);
    }""")


def wait_for_curves(page: Page, count: int) -> dict[str, int]:
    """Until `count` curves were seen: on how many charts, and how often there was none."""
    page.wait_for_function("count => window.seenCurves.paths.size >= count", arg=count)
    return page.evaluate("""() => {
      const seen = window.seenCurves;
      return {paths: seen.paths.size, charts: seen.elements.size, blank: seen.blank};
    }""")


def confusion_cell(page: Page, true: int, predicted: int) -> Locator:
    """A cell of the confusion matrix."""
    return page.locator(f".nnlab-matrix td[data-at='{true},{predicted}']")


def draw_strokes(page: Page, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
    """Draw with the mouse; places are shares of the canvas, from its top left."""
    canvas = page.locator("canvas.upper-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for stroke in strokes:
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=8)
        page.mouse.up()


def keep_screenshot(page: Page, name: str) -> None:
    """For the README: `NNLAB_SCREENSHOTS` names the folder; otherwise nothing is kept."""
    folder = os.environ.get("NNLAB_SCREENSHOTS")
    if folder:
        page.mouse.move(2, 2)
        page.wait_for_timeout(700)
        page.screenshot(path=Path(folder) / f"{name}.png")
