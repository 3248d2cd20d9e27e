"""A teacher opens the Playground, plays the spiral, and sets a weight by hand."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import Server, go_to, keep_screenshot, wait_for_workers

pytestmark = pytest.mark.browser

# The colours of the large picture, as one number.
_SUM = """(canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, at) => (sum * 31 + value * (at % 7)) % 1000003, 7);
}"""


def test_a_spiral_is_played_and_a_weight_is_set(visit: Page, server: Server):
    page = visit
    go_to(page, "Playground")
    wait_for_workers(page)
    page.goto(f"{server.url}/Playground?data=spiral&layers=dense-6-tanh&epochs=40")
    start = picture_of_step_zero(page)
    it_moves(page, start)
    page.get_by_text("This run has ended").wait_for(timeout=120_000)
    keep_screenshot(page, "playground")
    a_weight_by_hand(page)


def board(page: Page) -> Locator:
    return page.locator(".board")


def seen(page: Page) -> int:
    """What the large picture shows just now."""
    return board(page).locator(".plane > canvas").evaluate(_SUM)


def picture_of_step_zero(page: Page) -> int:
    expect(board(page)).to_have_attribute("data-step", "0", timeout=60_000)
    page.get_by_text("These are the start weights").wait_for()
    return seen(page)


def it_moves(page: Page, start: int) -> None:
    page.get_by_role("button", name=re.compile("^Play")).click()
    steps, pictures = [0], [start]
    while len(steps) < 4:
        expect(board(page)).not_to_have_attribute("data-step", str(steps[-1]), timeout=30_000)
        steps.append(int(board(page).get_attribute("data-step") or 0))
        pictures.append(seen(page))
    assert steps == sorted(steps)
    assert len(set(pictures)) == len(pictures)
    assert int(board(page).get_attribute("data-frames") or 0) >= len(pictures)


def a_weight_by_hand(page: Page) -> None:
    """The network's own answers change, and the weight is the one that was typed."""
    page.mouse.move(2, 2)
    before = seen(page)
    page.get_by_role("button", name="Layer 1, unit 2", exact=True).click()
    page.get_by_role("button", name=re.compile("^x ")).click()
    page.get_by_role("spinbutton", name="Weight from x of Layer 1, unit 2").fill("-5")
    page.get_by_text("is tried in the picture only").wait_for()
    page.get_by_role("heading", name="Layer 1, unit 2").wait_for()
    expect(page.get_by_role("button", name="x −5", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.move(2, 2)
    expect(page.get_by_role("heading", name="The answers of the network")).to_be_visible()
    assert seen(page) != before
