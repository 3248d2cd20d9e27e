"""From the first page to a drawn digit recognised, as a newcomer goes."""

import re

import pytest
from playwright.sync_api import Page, expect
from visiting import (
    expect_state,
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


def stop_another_run(page: Page) -> None:
    """A second run is stopped and keeps its network; the first was not touched."""
    page.get_by_role("tab", name="Training").click()
    set_number(page, "Epochs", 199)
    train(page)
    expect(run_panel(page).get_by_text(re.compile(r"Epoch \d+ of 199"))).to_be_visible()
    press(page, "Stop")
    expect_state(page, "stopped")
    expect(run_panel(page).get_by_text(re.compile(r"Test accuracy \d"))).to_be_visible()
