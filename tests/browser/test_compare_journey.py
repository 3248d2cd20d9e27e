"""Two trainings compared: what differs, a prediction, more seeds, and whether it was noise."""

import re

import pytest
from playwright.sync_api import Page, expect
from visiting import go_to, keep_screenshot, run_panel, set_number, train, wait_for_workers

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def train_for(page: Page, epochs: int) -> None:
    """Train what the form shows, for so many epochs, to the end."""
    page.get_by_role("tab", name="Training").click()
    set_number(page, "Epochs", epochs)
    train(page)
    ended = run_panel(page).get_by_text(f"after {epochs} of {epochs} epochs")
    expect(ended).to_be_visible(timeout=120_000)


def tick(page: Page, row: int, ticked: int) -> None:
    """Tick a row of the list with the mouse, from 0; then so many are ticked."""
    table = page.locator("[data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    expect(table).to_contain_text("finished")  # it has been drawn
    table.locator(".dvn-scroller").click(position={"x": 14, "y": 35 * (row + 1) + 17})
    expect(page.get_by_text(f"Tick those to compare: {ticked} ticked")).to_be_visible()


def test_two_settings_are_compared_over_seeds(visit: Page) -> None:
    page = visit
    wait_for_workers(page)
    go_to(page, "Train")
    train_for(page, 2)
    train_for(page, 5)

    go_to(page, "Compare")
    expect(page.get_by_text("2 runs. Tick those to compare: 0 ticked")).to_be_visible()
    tick(page, 0, 1)
    tick(page, 1, 2)
    differs = page.locator("[data-testid=stDataFrame]").nth(1)
    expect(differs).to_contain_text("Epochs")
    expect(differs).not_to_contain_text("Optimizer")
    expect(page.get_by_text("With one run each, noise cannot be judged")).to_be_visible()

    page.get_by_role("radiogroup", name=re.compile("Predict first")).get_by_text("Epochs 5").click()
    set_number(page, "By about how many points?", 3)
    set_number(page, "Seeds for each setting", 2)
    page.get_by_role("button", name="Train 2 more runs").click()

    expect(page.get_by_text("by about 3.0 points")).to_be_visible()
    expect(page.get_by_text("With 2 seeds each")).to_be_visible(timeout=180_000)
    expect(page.get_by_text("more than seed noise").first).to_be_visible()
    chart = page.locator(".nnlab-chart", has_text="Training loss by epoch")
    chart.scroll_into_view_if_needed()
    expect(chart.get_by_text("Epochs 5 (2 seeds)")).to_be_visible()
    expect(chart.locator(".js-fill")).to_have_count(2)
    keep_screenshot(page, "compare")

    page.reload()
    expect(page.get_by_text("With 2 seeds each")).to_be_visible()
    expect(page.get_by_text("Open until")).to_have_count(0)
    expect(page.get_by_text("when 2 results were known")).to_be_visible()
