"""A teacher's task by its link, and a run shown to others, in three browsers of their own."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from visiting import (
    Server,
    expect_state,
    go_to,
    keep_screenshot,
    train,
    wait_for_the_page,
    wait_for_workers,
)

pytestmark = pytest.mark.browser

GOAL = "Find a learning rate with which the test accuracy passes 90 %."


@pytest.fixture
def student(browser: Browser, server: Server) -> Iterator[Page]:
    """Another visitor's tab."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def test_a_task_and_a_shared_run(context: BrowserContext, student: Page, server: Server):
    teacher = context.new_page()
    task = make_task(teacher, server)
    begin(student, task)
    edit_the_address(student, server)
    train_within_the_task(student)
    shared = share_the_run(student)
    look_at_it(teacher, shared)
    expect_strangers_run_not_found(teacher, server, shared)
    withdraw(student)
    teacher.goto(shared)
    expect(teacher.get_by_text("Not found: no run is shared")).to_be_visible()


def make_task(page: Page, server: Server) -> str:
    """An experiment by its own link, then a task of it; returns the task's link."""
    page.goto(f"{server.url}/Train?data=digits&epochs=2&seed=7")
    page.get_by_role("tab", name="Share").click()
    expect(page.locator("code", has_text="data=digits&epochs=2&seed=7")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/Train/?$"))
    goal = page.get_by_label("Goal, in your words")
    goal.fill(GOAL)
    goal.press("Tab")
    page.get_by_role("button", name="Make the task link").click()
    link = page.locator("code", has_text="?task=")
    expect(link).to_be_visible()
    page.get_by_role("button", name="Show large, for the projector").last.click()
    expect(
        page.get_by_role("dialog").get_by_role("img", name=re.compile("QR code"))
    ).to_be_visible()
    keep_screenshot(page, "task-link")
    url = link.first.inner_text()
    assert urlsplit(url).netloc == urlsplit(server.url).netloc
    return url


def begin(page: Page, task: str) -> None:
    """The student finds the task, its goal, and one control to turn."""
    page.goto(task)
    expect(page.get_by_text(GOAL)).to_be_visible()
    page.get_by_role("tab", name="Training").click()
    expect(epochs(page)).to_have_value("2")
    expect(epochs(page)).to_be_disabled()
    expect(page.get_by_role("spinbutton", name="Learning rate")).to_be_enabled()


def edit_the_address(page: Page, server: Server) -> None:
    """Neither beside the task nor alone does the address change what is locked."""
    code = re.compile(r"training\.epochs is fixed by this task and must be 2")
    page.goto(f"{server.url}/Train?epochs=50")
    expect(page.get_by_text(code)).to_be_visible()
    page.get_by_role("tab", name="Training").click()
    expect(epochs(page)).to_have_value("2")
    expect(epochs(page)).to_be_disabled()
    keep_screenshot(page, "task-refused")


def train_within_the_task(page: Page) -> None:
    """Two epochs, as the task says."""
    wait_for_workers(page)
    train(page)
    expect_state(page, "finished")
    expect(page.locator(".st-key-run-panel").get_by_text("after 2 of 2 epochs")).to_be_visible()


def share_the_run(page: Page) -> str:
    """The owner's link to the finished run."""
    go_to(page, "Evaluate")
    wait_for_the_page(page)
    page.get_by_text("Share this run").first.click()
    page.get_by_role("button", name="Share this run").click()
    link = page.locator("code", has_text="?shared=")
    expect(link).to_be_visible()
    return link.inner_text()


def look_at_it(page: Page, shared: str) -> None:
    """Somebody else sees the run, and nothing to press that would change it."""
    page.goto(shared)
    expect(page.get_by_text("read-only, shared")).to_be_visible()
    expect(page.get_by_text("Test accuracy")).to_be_visible()
    expect(page.get_by_role("heading", name="Class by class")).to_be_visible()
    expect(page.locator(".nnlab-chart .js-line").first).to_be_attached()
    for name in ("Pause", "Stop", "Delete", "Withdraw"):
        expect(page.get_by_role("button", name=re.compile(name))).to_have_count(0)
    keep_screenshot(page, "shared-run")
    page.get_by_role("button", name="Open this experiment in Train").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train")


def expect_strangers_run_not_found(page: Page, server: Server, shared: str) -> None:
    """A token that was not given out, and a run that is not one's own."""
    page.goto(shared[:-4] + "AAAA")
    expect(page.get_by_text("Not found: no run is shared")).to_be_visible()
    page.goto(f"{server.url}/Evaluate?run=0123456789abcdef")
    expect(page.get_by_text("Not found. There is no run")).to_be_visible()


def withdraw(page: Page) -> None:
    """The owner ends it."""
    page.get_by_role("button", name="Withdraw the link").click()
    expect(page.locator("code", has_text="?shared=")).to_have_count(0)


def epochs(page: Page):
    return page.get_by_role("spinbutton", name="Epochs", exact=True)
