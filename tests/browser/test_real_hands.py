"""Digits of real hands, drawn with the mouse, before the network that comes with the product."""

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pen import on_screen, pen_digits
from playwright.sync_api import BrowserContext, Page, expect
from starting import start_server
from visiting import Server, draw_strokes, wait_for_workers

pytestmark = pytest.mark.browser

TRAINING_MILLISECONDS = 480_000


@pytest.fixture(scope="module")
def server_with_mnist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An app that finds MNIST, so that its own network can learn."""
    from conftest import SHARED_DATA

    folder = tmp_path_factory.mktemp("with-mnist")
    data = os.environ.get("NNLAB_TEST_DATA", str(SHARED_DATA))
    server = start_server(folder / "home", folder / "server.log", NNLAB_DATA_DIR=data)
    yield server
    server.process.terminate()
    server.process.wait(timeout=30)


def answer(page: Page) -> str:
    """What the card reads, when it has settled after the last stroke."""
    label = page.locator(".st-key-draw-answer .label")
    expect(label).to_have_text(re.compile(r"^(\d|\?)$"))
    page.wait_for_timeout(800)
    return label.inner_text()


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.get_by_text("Draw a digit", exact=True)).to_be_visible()


@pytest.mark.timeout(900)
def test_nine_of_ten_real_digits_are_read_right(
    shared_data: Path, server_with_mnist: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{server_with_mnist.url}/Draw")
    wait_for_workers(page)
    canvas = page.locator("canvas.upper-canvas")
    # Nothing was pressed: the network that comes with the product learns by itself.
    canvas.wait_for(timeout=TRAINING_MILLISECONDS)
    rng = random.Random(4)
    samples = pen_digits(shared_data)
    ten = [rng.choice([s for s in samples if s["label"] == digit]) for digit in range(10)]
    read = []
    for sample in ten:
        draw_strokes(page, on_screen(sample["strokes"], rng))
        read.append(answer(page))
        clear(page)
    right = sum(found == str(sample["label"]) for found, sample in zip(read, ten, strict=True))
    assert right >= 9, read
