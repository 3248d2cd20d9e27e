"""From the first page to a drawn digit recognised, as a newcomer goes."""

import re

import pytest
from playwright.sync_api import Page, expect
from visiting import (
    confusion_cell,
    draw_strokes,
    expect_state,
    go_to,
    keep_screenshot,
    press,
    run_panel,
    set_number,
    train,
    wait_for_curves,
    wait_for_workers,
    watch_curves,
)

pytestmark = pytest.mark.browser


def test_the_whole_journey(visit: Page):
    page = visit
    start_first_network(page)
    watch_a_longer_run_learn(page)
    pause_reload_and_resume(page)
    stop_another_run(page)
    open_a_confusion_cell(page)
    draw_a_digit(page)
    look_back(page)


def start_first_network(page: Page) -> None:
    """One click on Home ends at a trained network: of the built-in set, as MNIST is not here."""
    expect(page.get_by_role("heading", level=1)).to_have_text("See a neural network learn")
    page.get_by_role("button", name="Train your first network").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train")
    wait_for_workers(page)
    expect_state(page, "finished")
    expect(run_panel(page).get_by_text(re.compile(r"Test accuracy 9\d\.\d\d %"))).to_be_visible()


def watch_a_longer_run_learn(page: Page) -> None:
    """The curve moves at least three times while the run is running, on one and the same chart."""
    page.get_by_role("tab", name="Training").click()
    set_number(page, "Epochs", 200)
    train(page)
    expect_state(page, "running")
    watch_curves(page)
    seen = wait_for_curves(page, 5)
    expect_state(page, "running")
    assert (seen["charts"], seen["blank"]) == (1, 0), seen
    expect(
        run_panel(page).get_by_text(re.compile(r"images a second · about .* left"))
    ).to_be_visible()


def pause_reload_and_resume(page: Page) -> None:
    """A paused run stays paused through a reload; a running one goes on through another."""
    press(page, "Pause")
    expect_state(page, "paused")
    page.reload()
    expect_state(page, "paused")
    press(page, "Resume")
    expect_state(page, "running")
    page.reload()
    expect_state(page, "running")
    watch_curves(page)
    wait_for_curves(page, 3)
    expect_state(page, "running")
    keep_screenshot(page, "train")


def stop_another_run(page: Page) -> None:
    """A second run is stopped and keeps its network; the first was not touched."""
    page.get_by_role("tab", name="Training").click()
    set_number(page, "Epochs", 199)
    train(page)
    expect(run_panel(page).get_by_text(re.compile(r"Epoch [1-9]\d of 199"))).to_be_visible()
    press(page, "Stop")
    expect_state(page, "stopped")
    expect(run_panel(page).get_by_text(re.compile(r"Test accuracy \d"))).to_be_visible()


def open_a_confusion_cell(page: Page) -> None:
    """A click in the matrix shows the images behind the cell."""
    go_to(page, "Evaluate")
    expect(page.get_by_text("Test accuracy").first).to_be_visible()
    confusion_cell(page, true=3, predicted=3).click()
    expect(page.get_by_text("3 recognised")).to_be_visible()
    confusion_cell(page, true=4, predicted=9).click()
    expect(page.get_by_text("4 taken for 9")).to_be_visible()
    keep_screenshot(page, "evaluate")


def draw_a_digit(page: Page) -> None:
    """A one in a single stroke, drawn with the mouse, is read as a one."""
    go_to(page, "Draw")
    expect(page.get_by_text("Draw a digit", exact=True)).to_be_visible()
    draw_strokes(page, [[(0.58, 0.15), (0.52, 0.5), (0.45, 0.85)]])
    answer = page.locator(".st-key-draw-answer .label")
    expect(answer).to_have_text("1")
    keep_screenshot(page, "draw")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("Draw a digit", exact=True)).to_be_visible()


def look_back(page: Page) -> None:
    """Data shows the images that were learned from; Home lists the runs."""
    go_to(page, "Data")
    expect(page.get_by_role("heading", name="Look at the images")).to_be_visible()
    keep_screenshot(page, "data")
    page.locator("[data-testid=stSidebar]").get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Your runs")).to_be_visible()
    expect(page.locator("[data-testid=stDataFrame]")).to_be_visible()
    keep_screenshot(page, "home")
