"""A sweep from the page: begun with an expectation, live, found after a reload, stopped."""

import re

import pytest
from playwright.sync_api import Page, expect
from visiting import go_to, keep_screenshot, wait_for_workers

pytestmark = pytest.mark.browser

EXPECTATION = "More units help more than more epochs"


def test_a_sweep_is_begun_reloaded_and_stopped(visit: Page):
    page = visit
    wait_for_workers(page)
    go_to(page, "Sweep")
    page.get_by_role("combobox", name="Ready sweeps").click()
    page.get_by_role("option", name="Units and epochs, on 5,000 digits").click()
    expect(page.get_by_text("12 trials")).to_be_visible()
    values = page.get_by_role("textbox", name="Values 2")
    values.fill("1, 150, 200")  # long enough to be found again and stopped
    values.press("Enter")
    expect(page.get_by_text("1,404 epochs").or_(page.get_by_text("12 trials; how"))).to_be_visible()
    box = page.get_by_role("textbox", name=re.compile("^Predict first"))
    box.fill(EXPECTATION)
    box.press("Control+Enter")
    page.get_by_role("button", name="Start the sweep").click()
    expect(page.get_by_text(re.compile(r"[1-9]\d* of 12 trials done"))).to_be_visible(
        timeout=180_000
    )
    page.reload()
    expect(page.get_by_text(EXPECTATION)).to_be_visible()
    expect(page.get_by_text("Found so far")).to_be_visible()
    expect(page.get_by_text("Trial by trial")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("button", name="Delete")).to_be_visible()
    expect(page.get_by_text(re.compile(r"[1-9]\d* of 12 trials done"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Best: trial \d+"))).to_be_visible()
    keep_screenshot(page, "sweep")
