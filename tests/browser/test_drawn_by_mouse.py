"""Drawing, before the network that comes with the product: nobody trains anything here."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pen import on_screen, pen_digits
from playwright.sync_api import Browser, BrowserContext, Page, expect
from real_data import data_folder
from starting import start_server
from visiting import Server, draw_strokes, wait_for_workers

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

TRAINING_MILLISECONDS = 480_000
ONE = [(0.5, 0.15), (0.5, 0.85)]
SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)]


@pytest.fixture(scope="module")
def server_with_mnist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app that finds MNIST, so that its own network can learn."""
    folder = tmp_path_factory.mktemp("with-mnist")
    data = {"NNLAB_DATA_DIR": str(data_folder())}
    server = start_server(folder / "home", folder / "server.log", **data)
    yield server
    server.process.terminate()
    server.process.wait(timeout=30)


@pytest.fixture
def draw_page(shared_data: Path, server_with_mnist: Server, context: BrowserContext) -> Page:
    """The Draw page of a newcomer, as soon as there is paper."""
    return open_paper(context, server_with_mnist)


def open_paper(context: BrowserContext, server: Server, query: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{server.url}/Draw{query}")
    wait_for_workers(page)
    # Nothing was pressed: the network that comes with the product learns by itself.
    page.locator("canvas.upper-canvas").wait_for(timeout=TRAINING_MILLISECONDS)
    return page


def answer(page: Page, place: str = "draw-answer") -> str:
    """What the card reads, when it has settled after the last stroke."""
    label = page.locator(f".st-key-{place} .label")
    expect(label).to_have_text(re.compile(r"^(\d+|\?)$"))
    page.wait_for_timeout(800)
    return label.inner_text()


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("Draw a digit", exact=True)).to_be_visible()


def choose_mode(page: Page, name: str) -> None:
    page.locator(".st-key-draw-mode").get_by_text(name, exact=True).click()


def test_nine_of_ten_real_digits_are_read_right(draw_page: Page, shared_data: Path) -> None:
    rng = random.Random(4)
    samples = pen_digits(shared_data)
    ten = [rng.choice([s for s in samples if s["label"] == digit]) for digit in range(10)]
    read = []
    for sample in ten:
        draw_strokes(draw_page, on_screen(sample["strokes"], rng))
        read.append(answer(draw_page))
        clear(draw_page)
    right = sum(found == str(sample["label"]) for found, sample in zip(read, ten, strict=True))
    assert right >= 9, read


def test_drawings_are_kept_downloaded_and_uploaded_again(draw_page: Page, tmp_path: Path) -> None:
    page = draw_page
    for strokes, digit in (([SEVEN], "7"), ([ONE], "1")):
        draw_strokes(page, strokes)
        assert answer(page) == digit
        page.get_by_role("button", name="Yes, keep it").click()
        expect(page.get_by_text("Draw a digit", exact=True)).to_be_visible()
    page.get_by_role("tab", name="My handwriting").click()
    mine = page.locator(".st-key-my-handwriting")
    expect(mine.get_by_text("2 of 2", exact=True)).to_be_visible()

    with page.expect_download() as download:
        mine.get_by_role("button", name="Download").click()
    file = tmp_path / "mine.json"
    download.value.save_as(file)
    assert [d["label"] for d in json.loads(file.read_text())["drawings"]] == [7, 1]

    bomb = b"\x89PNG\r\n\x1a\n" + b"\0" * 5000
    upload(page, tmp_path / "bomb.png", bomb, "not a set of drawings")
    expect(mine.get_by_text("2 of 2", exact=True)).to_be_visible()  # nothing is lost

    page.reload()
    page.get_by_role("tab", name="My handwriting").click()
    expect(mine.get_by_text("2 of 2", exact=True)).to_be_visible()
    upload(page, file, file.read_bytes(), "Nothing new in this file")


def upload(page: Page, file: Path, content: bytes, told: str) -> None:
    """Through the popover, as a person does; then `told` is read below."""
    file.write_bytes(content)
    page.get_by_role("button", name="Upload", exact=True).first.click()
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".st-key-my-handwriting").get_by_test_id("stAlert")).to_contain_text(told)
    page.keyboard.press("Escape")


def test_a_number_is_read_digit_by_digit(draw_page: Page) -> None:
    page = draw_page
    choose_mode(page, "Number")
    expect(page.get_by_text("Draw a number", exact=True)).to_be_visible()
    draw_strokes(page, [[(0.1, 0.15), (0.1, 0.85)], [(0.25, 0.2), (0.42, 0.2), (0.32, 0.85)]])
    expect(page.locator(".st-key-draw-number-answer .label")).to_have_text("17")
    draw_strokes(page, [[(0.6, 0.15), (0.6, 0.85)]])
    expect(page.locator(".st-key-draw-number-answer .label")).to_have_text("171")
    expect(page.locator(".st-key-draw-number-digits li")).to_have_count(3)


def join(page: Page, nickname: str) -> None:
    """Leave the field first, so that the button is not drawn anew under the mouse."""
    field = page.get_by_role("textbox", name="Nickname")
    field.fill(nickname)
    field.press("Tab")
    expect(page.locator("[data-testid='stStatusWidget']")).to_have_count(0)
    page.get_by_role("button", name="Join", exact=True).click()


def test_a_class_plays_one_round_on_one_board(
    draw_page: Page, browser: Browser, server_with_mnist: Server
) -> None:
    teacher = draw_page
    choose_mode(teacher, "Challenge")
    teacher.get_by_role("button", name="Start a class round").click()
    sign = teacher.locator(".st-key-challenge-code-sign .code")
    expect(sign).not_to_be_empty()  # its letters come a moment after its frame
    code = sign.inner_text().replace(" ", "")

    with browser.new_context(viewport={"width": 820, "height": 1180}) as other:
        other.set_default_timeout(60_000)
        student = open_paper(other, server_with_mnist, f"?round={code}")
        join(student, "<b>Ada</b>")
        student.get_by_role("button", name="Start drawing").click()
        asked = student.locator(".ask b")
        expect(asked).to_have_text(re.compile(r"^\d$"))
        student.get_by_role("button", name="Skip").click()
        expect(student.locator(".round .count")).to_have_text("Digit 2 of 10")
        board = teacher.locator(".st-key-challenge-board")
        expect(board.get_by_text("<b>Ada</b>")).to_be_visible()
