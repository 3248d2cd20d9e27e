"""A trained network is asked "what if", and the run stays as it is."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import expect_state, go_to, keep_screenshot, set_number, train, wait_for_workers

pytestmark = pytest.mark.browser

ROW = 7  # turned by 70°


def test_what_if(visit: Page):
    page = visit
    train_a_short_run(page)
    before = figures(page)
    go_to(page, "What if")
    turn_the_images(page)
    switch_a_unit_off(page)
    silence_a_class(page)
    assert figures(page) == before


def train_a_short_run(page: Page) -> None:
    go_to(page, "Train")
    wait_for_workers(page)
    page.get_by_role("combobox", name="Data set").click()
    page.get_by_role("option", name="MNIST, 5,000 digits").click()
    page.get_by_role("tab", name="Training").click()
    set_number(page, "Epochs", 3)
    train(page)
    expect_state(page, "finished")


def figures(page: Page) -> list[str]:
    """What Evaluate says of the run."""
    go_to(page, "Evaluate")
    metrics = page.locator(".st-key-evaluate-figures").get_by_test_id("stMetricValue")
    expect(metrics).to_have_count(4)
    return metrics.all_text_contents()


def turn_the_images(page: Page) -> None:
    """The curve's table has what the figures say at the slider's place."""
    expect(page.get_by_text("All figures here are of all 1,000 test images.")).to_be_visible()
    expect(page.get_by_text("The curve stands on 19 passes")).to_be_visible()
    slider = page.get_by_role("slider", name="How much")
    slider.focus()
    for _ in range(ROW - 3):
        slider.press("ArrowRight")
    expect(metric(page, "Turned by 70°")).to_be_visible()
    turned = value(page, "Turned by 70°")
    assert number(turned) < number(value(page, "Untouched")) - 20
    page.get_by_text("The curve as a table").click()
    cells = page.get_by_test_id("stDataFrame").first.locator(f'tr[aria-rowindex="{ROW + 2}"] td')
    expect(cells.filter(has_text="turned by 70°")).to_have_count(1)
    # A screen reader is told the share itself.
    assert float(cells.nth(2).text_content() or "nan") == pytest.approx(
        number(turned) / 100, abs=6e-4
    )
    keep_screenshot(page, "what_if")


def switch_a_unit_off(page: Page) -> None:
    page.get_by_role("tab", name="Switch off units").click()
    expect(metric(page, "32 units off")).to_be_visible()
    page.get_by_role("radio", name="By number").click()
    box = page.get_by_role("combobox", name="Units off, by number")
    box.click()
    box.press_sequentially("17")
    page.get_by_role("option", name="17", exact=True).click()
    box.press("Escape")
    expect(metric(page, "1 unit off")).to_be_visible()
    expect(page.get_by_text(re.compile(r"The curve stands on \d+ passes"))).to_be_visible(
        timeout=120_000  # a hundred passes
    )


def silence_a_class(page: Page) -> None:
    page.get_by_role("tab", name="Silence a class").click()
    page.get_by_role("button", name="3", exact=True).click()
    expect(page.get_by_text(re.compile(r"of 100 images were recognised"))).to_be_visible()
    assert number(value(page, "Silent: 3")) < number(value(page, "Untouched")) - 3


def metric(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stMetric").filter(
        has=page.get_by_test_id("stMetricLabel").get_by_text(label, exact=True)
    )


def value(page: Page, label: str) -> str:
    return metric(page, label).get_by_test_id("stMetricValue").inner_text()


def number(percent: str) -> float:
    return float(percent.replace("%", "").strip())
