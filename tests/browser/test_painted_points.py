"""Points painted with the mouse are learned from."""

import random
import re

import pytest
from playwright.sync_api import Page, expect
from visiting import expect_state, go_to, keep_screenshot, run_panel, train, wait_for_workers

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def paint_cloud(page: Page, x: float, y: float, draw: random.Random) -> None:
    """Strokes about a place, given in shares of the square from its top left."""
    canvas = page.locator(".painting canvas")
    box = canvas.bounding_box()
    assert box is not None

    def place() -> tuple[float, float]:
        return (
            box["x"] + box["width"] * (x + draw.uniform(-0.08, 0.08)),
            box["y"] + box["height"] * (y + draw.uniform(-0.08, 0.08)),
        )

    page.mouse.move(*place())
    page.mouse.down()
    for _ in range(12):
        page.mouse.move(*place(), steps=3)
    page.mouse.up()


def test_two_painted_clouds_are_told_apart(visit: Page) -> None:
    page, draw = visit, random.Random(3)
    wait_for_workers(page)
    go_to(page, "Data")
    page.get_by_role("button", name="Your own points…").click()
    canvas = page.locator(".painting canvas")
    canvas.scroll_into_view_if_needed()
    expect(page.get_by_text("At least 10 points are needed")).to_be_visible()

    paint_cloud(page, 0.25, 0.7, draw)
    expect(page.get_by_text("too few in B")).to_be_visible()
    page.locator(".painting").get_by_role("button", name="B", exact=True).click()
    paint_cloud(page, 0.7, 0.25, draw)
    expect(page.get_by_text(re.compile(r"^\d+ points: \d+ of A, \d+ of B"))).to_be_visible()
    page.locator(".painting").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("too few in B")).to_be_visible()
    paint_cloud(page, 0.7, 0.25, draw)
    keep_screenshot(page, "painting")
    page.get_by_role("button", name="Use these points").click()
    expect(page.get_by_role("heading", name="Look at the points")).to_be_visible()

    go_to(page, "Train")
    train(page)
    expect_state(page, "finished")
    told = run_panel(page).get_by_text("Test accuracy").first.inner_text()
    found = re.search(r"([\d.]+) ?%", told)
    assert found is not None, told
    assert float(found[1]) > 90, told

    go_to(page, "Playground")
    page.get_by_role("radio", name="Your own points").click()
    page.locator(".note", has_text="start weights").wait_for(timeout=120_000)
    page.get_by_role("button", name=re.compile("^Play")).click()
    page.locator(".note", has_text="This run has ended").wait_for(timeout=120_000)
    told = page.locator(".figures div", has_text="accuracy").last.locator("b").inner_text()
    assert float(told.removesuffix(" %")) > 90, told
