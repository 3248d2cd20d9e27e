"""A zip of images is learned from; its network leaves as a file and comes in again."""

import io
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from upload_files import png, zipped
from visiting import expect_state, go_to, keep_screenshot, run_panel, train, wait_for_workers

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def light_and_dark() -> bytes:
    """Images that differ by how light they are, in two folders."""
    draw = np.random.default_rng(1)
    entries = []
    for name, level in (("light <b>", 200), ("dark", 40)):
        for i in range(40):
            levels = draw.normal(level, 10, (20, 20, 3)).clip(0, 255).astype(np.uint8)
            entries.append((f"pictures/{name}/{i}.png", png(levels)))
    return zipped(entries)


def accuracy(page: Page) -> str:
    """What the panel of the run says of it."""
    told = run_panel(page).get_by_text("Test accuracy").first.inner_text()
    found = re.search(r"accuracy \d+\.\d+\D*loss \d+\.\d+", told)
    assert found is not None, told
    return found[0]


def with_lambda(model: bytes) -> bytes:
    """The model with a layer that would run code."""
    with zipfile.ZipFile(io.BytesIO(model)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = parts["config.json"].replace(b'"Flatten"', b'"Lambda"')
    assert config != parts["config.json"]
    return zipped({**parts, "config.json": config}.items())


def test_own_images_are_learned_from_and_the_model_comes_in_again(
    visit: Page, tmp_path: Path
) -> None:
    page = visit
    wait_for_workers(page)
    go_to(page, "Data")
    page.get_by_role("button", name="Your own images…").click()
    upload = page.locator(".st-key-own-images-upload input[type=file]")
    upload.set_input_files({"name": "e.zip", "mimeType": "application/zip", "buffer": b"PK evil"})
    expect(page.get_by_text("The zip is damaged, or is none")).to_be_visible()
    page.reload()
    upload.set_input_files(
        {"name": "shades.zip", "mimeType": "application/zip", "buffer": light_and_dark()}
    )
    expect(page.get_by_text("80 images in 2 classes: 40 of dark, 40 of light ‹b›")).to_be_visible()
    keep_screenshot(page, "own-images")
    page.get_by_role("button", name="Use these images").click()
    expect(page.get_by_role("heading", name="Look at the images")).to_be_visible()

    go_to(page, "Train")
    train(page)
    expect_state(page, "finished")
    before = accuracy(page)

    page.get_by_role("tab", name="Take away").click()
    page.get_by_role("button", name="Make the zip").click()
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("button", name="Keras model").click(timeout=120_000)
    download.value.save_as(tmp_path / "mine.keras")
    model = (tmp_path / "mine.keras").read_bytes()

    bring = page.locator(".st-key-bring-in-model input[type=file]")
    evil = {"name": "e.keras", "mimeType": "application/zip", "buffer": with_lambda(model)}
    bring.set_input_files(evil)
    expect(page.get_by_text("is a Lambda layer, which holds code")).to_be_visible()
    page.reload()
    page.get_by_role("tab", name="Take away").click()
    bring.set_input_files(tmp_path / "mine.keras")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("as a run of yours")).to_be_visible(timeout=120_000)
    expect(run_panel(page).get_by_text("trained elsewhere")).to_be_visible()
    assert accuracy(page) == before
    page.get_by_role("link", name="Evaluate it").click()
    expect(page.get_by_text("how it was trained is not known")).to_be_visible()
