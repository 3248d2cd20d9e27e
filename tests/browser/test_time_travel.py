"""A newcomer finds out when a network first told 4 from 9, with the slider alone, and shows it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import (
    confusion_cell,
    go_to,
    keep_screenshot,
    set_number,
    train,
    wait_for_workers,
)

pytestmark = pytest.mark.browser

FOUR, NINE = 4, 9


def test_when_it_first_told_four_from_nine(visit: Page):
    page = visit
    train_a_short_run(page)
    watch_it_learn_on_evaluate(page)
    seen = travel_over_all_moments(page)
    point_at_the_moment(page, seen)
    look_at_the_images_of_then(page)


def train_a_short_run(page: Page) -> None:
    """Slow steps on the built-in digits, so that there is something to see on the way."""
    go_to(page, "Train")
    wait_for_workers(page)
    page.get_by_role("tab", name="Training").click()
    set_number(page, "Epochs", 12)
    train(page)


def watch_it_learn_on_evaluate(page: Page) -> None:
    """The page opens while the run trains and is at its end when it has ended."""
    go_to(page, "Evaluate")
    expect(page.get_by_role("heading", name="How it learned")).to_be_visible()
    expect(moment(page)).to_have_attribute("aria-valuetext", "the end")


def travel_over_all_moments(page: Page) -> dict[str, float]:
    """From the end to the start by keyboard; the share of fours taken for nines at each moment."""
    confusion_cell(page, true=FOUR, predicted=NINE).click()
    expect(page.get_by_text("4 taken for 9")).to_be_visible()
    seen: dict[str, float] = {}
    slider = moment(page)
    slider.focus()
    while True:
        name = slider.get_attribute("aria-valuetext")
        assert name is not None
        seen[name] = told_at(page, name)
        if name == "start":
            return seen
        page.keyboard.press("ArrowLeft")
        expect(slider).not_to_have_attribute("aria-valuetext", name)


def told_at(page: Page, name: str) -> float:
    """The cell's share at the moment `name`, as it is read aloud, once the page has come there."""
    chart = page.locator(f"[role=img][aria-label^='Now '][aria-label*='({name})']")
    expect(chart).to_be_visible()
    label = chart.get_attribute("aria-label")
    assert label is not None
    (share,) = re.findall(r"^Now ([\d.]+) %", label)
    expect_cell(page, float(share))
    return float(share)


def expect_cell(page: Page, share: float) -> None:
    """The cell itself says the same: its count is that share of the class's images."""
    page.wait_for_function(
        """([four, nine, share]) => {
          const cell = (row, column) => Number(
            document.querySelector(`.nnlab-matrix td[data-at="${row},${column}"]`).textContent);
          const row = [...Array(10).keys()].map((column) => cell(four, column));
          const total = row.reduce((sum, count) => sum + count, 0);
          return Math.abs(100 * row[nine] / total - share) < 0.06;
        }""",
        arg=[FOUR, NINE, share],
    )


def point_at_the_moment(page: Page, seen: dict[str, float]) -> None:
    """It ends better than it was at its worst; a click in the chart of the cell goes back there."""
    worst = max(seen, key=lambda name: seen[name])
    assert seen[worst] > seen["the end"], seen
    chart = page.locator("[class*='-cell-history'] .nnlab-chart")
    chart.scroll_into_view_if_needed()
    order = list(reversed(seen))  # as they are on the chart
    place = chart.evaluate(
        """(chart, at) => {
          const {xaxis, yaxis} = chart._fullLayout, box = chart.getBoundingClientRect();
          const y = chart._fullData[0].y[at];
          return [box.x + xaxis._offset + xaxis.c2p(at), box.y + yaxis._offset + yaxis.c2p(y)];
        }""",
        order.index(worst),
    )
    page.mouse.move(place[0] - 3, place[1])
    page.wait_for_timeout(200)  # Plotly notices the mouse at most every 50 ms
    page.mouse.click(*place)
    expect(moment(page)).to_have_attribute("aria-valuetext", worst)
    assert told_at(page, worst) == seen[worst]


def look_at_the_images_of_then(page: Page) -> None:
    """The cell's images are those of the chosen moment, and each opens."""
    images = page.locator("[class*='-cell-images']").get_by_role("button")
    expect(images.first).to_be_visible()
    keep_screenshot(page, "time-travel")
    images.first.click()
    expect(page.get_by_role("dialog")).to_contain_text("9: wrong")


def moment(page: Page) -> Locator:
    """The time slider."""
    return page.get_by_role("slider", name="Moment of the training")
