"""A class: the teacher's projector and two students' tablets, each a browser of its own."""

import csv
import io
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from visiting import Server, expect_state, go_to, set_number, train, wait_for_workers

pytestmark = pytest.mark.browser

OpenTab = Callable[[str], Page]


@pytest.fixture
def open_tab(browser: Browser, server: Server) -> Iterator[OpenTab]:
    """A new visitor's tab at a path of the app."""
    contexts = []

    def open_it(path: str) -> Page:
        context = browser.new_context(viewport={"width": 1180, "height": 900})
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{server.url}/{path}")
        return page

    yield open_it
    for context in contexts:
        context.close()


def test_a_class_trains_together(open_tab: OpenTab):
    teacher = open_tab("Class")
    code = open_room(teacher)
    ada, ben = join(open_tab(f"Class?room={code}"), "Ada"), join(open_tab("Class"), "Ben", code)
    set_a_task(teacher)
    wait_for_workers(ada)
    train_at_rate(ada, 0.003)
    train_at_rate(ben, 0.01)
    see_them_live(teacher)
    foreign = look_at_a_room_mates_run(ben)
    freeze(teacher, ada)
    save_the_results(teacher)
    nobody_else_finds_it(open_tab, foreign)


def open_room(page: Page) -> str:
    page.get_by_role("button", name="Open a room").click()
    code = page.locator(".st-key-room-code-sign .code")
    expect(code).to_have_text(re.compile("^[0-9A-Z]{6}$"))
    expect(page.get_by_text("No runs yet")).to_be_visible()
    return code.inner_text()


def join(page: Page, nickname: str, code: str | None = None) -> Page:
    if code is not None:
        page.get_by_role("textbox", name="Code").fill(code.lower())
    page.get_by_role("textbox", name="Nickname").fill(nickname)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_text(f"You are {nickname}.")).to_be_visible()
    return page


def set_a_task(page: Page) -> None:
    """Two epochs on the small digits; the learning rate is the students' to find."""
    go_to(page, "Train")
    page.get_by_role("combobox", name="Data set").click()
    page.get_by_role("option", name="Digits, 8×8").click()
    expect(page.get_by_text("360 to test")).to_be_visible()
    page.get_by_role("tab", name="Training").click()
    set_number(page, "Epochs", 2)
    go_to(page, "Class")
    page.get_by_text("Set a task").click()
    expect(page.get_by_text("Digits, 8×8 · Flatten")).to_be_visible()
    page.get_by_role("textbox", name="Goal").fill("Find a good learning rate.")
    page.get_by_text("Only some").click()
    expect(page.get_by_text("Settings that are theirs")).to_be_visible()
    page.get_by_role("button", name="Start the task").click()
    expect(page.get_by_text("End task 1, or set another")).to_be_visible()


def train_at_rate(page: Page, rate: float) -> None:
    """The task has come by itself; only the rate can be changed."""
    expect(page.get_by_text("Find a good learning rate.")).to_be_visible()
    page.get_by_role("link", name="To the task").click()
    page.get_by_role("tab", name="Training").click()
    expect(page.get_by_role("spinbutton", name="Epochs", exact=True)).to_be_disabled()
    field = page.get_by_role("spinbutton", name="Learning rate", exact=True)
    field.fill(str(rate))
    field.press("Enter")
    train(page)
    expect_state(page, "finished")


def rows(page: Page) -> Locator:
    return page.locator(".st-key-room-table tbody tr")


def see_them_live(page: Page) -> None:
    """Nobody has touched the projector since the task began."""
    expect(rows(page)).to_have_count(2)
    for nickname, rate in (("Ada", "0.003"), ("Ben", "0.01")):
        row = rows(page).filter(has_text=nickname)
        expect(row).to_contain_text(rate)
        expect(row).to_contain_text(re.compile(r"\d\d\.\d %"))
        expect(row).to_contain_text("finished")
        assert row.locator("polyline").get_attribute("points")
    heading = page.locator(".st-key-room-table").get_by_role("button", name="Nickname")
    heading.click()
    expect(rows(page).first).to_contain_text("Ada")
    heading.click()
    expect(rows(page).first).to_contain_text("Ben")
    page.get_by_text("All curves").click()
    expect(page.locator(".scatterlayer .js-line")).to_have_count(2)
    page.get_by_text("Setting and accuracy").click()
    expect(page.locator(".scatterlayer .point")).to_have_count(2)


def look_at_a_room_mates_run(page: Page) -> str:
    """Ben opens Ada's run; it can be seen, and not be steered. Its name in the address."""
    go_to(page, "Class")
    rows(page).filter(has_text="Ada").click()
    expect(page.get_by_text("What is taken for what")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Test accuracy \d"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Stop|Pause|Resume|Delete"))).to_have_count(0)
    expect(page).to_have_url(re.compile(r"[?&]wall=[0-9a-f]{16}$"))
    return page.url.rsplit("=", 1)[1]


def freeze(teacher: Page, student: Page) -> None:
    """A frozen room takes no run; the student reads why."""
    teacher.get_by_role("button", name="Freeze").click()
    expect(teacher.get_by_role("button", name="Unfreeze")).to_be_visible()
    train(student)
    expect(student.get_by_text("the teacher has frozen room")).to_be_visible()
    go_to(student, "Class")
    expect(rows(student)).to_have_count(2)


def save_the_results(page: Page) -> None:
    """A line a run, for a spreadsheet."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    lines = {line["nickname"]: line for line in csv.DictReader(io.StringIO(text))}
    assert {name: line["task"] for name, line in lines.items()} == {"Ada": "1", "Ben": "1"}
    assert lines["Ada"]["training.optimizer.learning_rate"] == "0.003"


def nobody_else_finds_it(open_tab: OpenTab, key: str) -> None:
    """Neither a stranger, nor a member of another room."""
    page = open_tab(f"Class?wall={key}")
    expect(page.get_by_text("Run not found")).to_be_visible()
    page.get_by_role("button", name="Open a room").click()
    expect(page.get_by_text("Run not found")).to_be_visible()
    page.get_by_role("button", name="Back to the wall").click()
    expect(page.get_by_text("No runs yet")).to_be_visible()
