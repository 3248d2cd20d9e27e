"""A sweep from the page: begun with an expectation, live, found after a reload, stopped."""

import re

import pytest
from playwright.sync_api import Page, expect
from visiting import go_to, keep_screenshot, wait_for_workers

pytestmark = pytest.mark.browser

EXPECTATION = "More epochs help more than other seeds"
# Two trials of a moment, then two that would go on for minutes.
EPOCHS = "1, 2, 1999, 2000"


def choose(page: Page, name: str, option: str) -> None:
    page.get_by_role("combobox", name=name, exact=True).click()
    page.get_by_role("option", name=option).first.click()


def fill(page: Page, name: re.Pattern[str], text: str) -> None:
    box = page.get_by_role("textbox", name=name)
    box.fill(text)
    box.press("Control+Enter")


def done(page: Page, count: str):
    return page.get_by_text(re.compile(rf"{count} of 4 trials done"))


def test_a_sweep_is_begun_reloaded_and_stopped(visit: Page):
    page = visit
    wait_for_workers(page)
    go_to(page, "Sweep")
    choose(page, "Ready sweeps", "Units and epochs, on 5,000 digits")
    expect(page.get_by_text("12 trials")).to_be_visible()
    fill(page, re.compile("^Values 1"), "128")
    expect(page.get_by_text("3 trials; how")).to_be_visible()
    fill(page, re.compile("^Values 2"), EPOCHS)
    expect(page.get_by_text("4 trials; how")).to_be_visible()
    fill(page, re.compile("^Predict first"), EXPECTATION)
    page.get_by_role("button", name="Start the sweep").click()
    expect(done(page, "2")).to_be_visible(timeout=180_000)  # live: nobody touches the page
    page.reload()
    expect(page.get_by_text(EXPECTATION)).to_be_visible()
    expect(page.get_by_text("Found so far")).to_be_visible()
    expect(page.get_by_text("Trial by trial")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Delete")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Best: trial \d+"))).to_be_visible()
    expect(page.get_by_text("stopped").first).to_be_visible()
    # What is done is kept, and stands in the table; so do the two that were stopped.
    expect(done(page, "4")).to_be_visible()
    table = page.get_by_test_id("stDataFrame").first
    for state in ("finished", "stopped"):
        expect(table.locator("td", has_text=re.compile(f"^{state}$"))).to_have_count(2)
    keep_screenshot(page, "sweep")
