"""From a cell of the confusion matrix down to the pixels of one image."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from visiting import confusion_cell, expect_state, go_to, keep_screenshot, wait_for_workers

pytestmark = pytest.mark.browser


def test_from_a_cell_to_the_pixels(visit: Page):
    page = visit
    train_a_short_run(page)
    go_to(page, "Evaluate")
    save_charts(page)
    confusion_cell(page, true=3, predicted=3).press("Enter")
    expect(page.get_by_text("3 recognised")).to_be_visible()
    dialog = open_the_first_image(page)
    see_its_probabilities_over_time(page, dialog)
    see_what_its_pixels_said(page, dialog)
    close(page, dialog)
    answer_only_when_sure(page)


def train_a_short_run(page: Page) -> None:
    """Of the built-in set, as MNIST is not here."""
    page.get_by_role("button", name="Train your first network").click()
    wait_for_workers(page)
    expect_state(page, "finished")


def save_charts(page: Page) -> None:
    """One that is a table of cells and one of Plotly's, both ways; the files show the chart."""
    expect(confusion_cell(page, true=3, predicted=3)).to_have_text(re.compile(r"\d+"))
    right = confusion_cell(page, true=3, predicted=3).inner_text()
    matrix = saved(page, "[class*='-confusion']", "confusion-matrix-number-of-images")
    assert f">{right}</text>" in matrix
    assert "Predicted class" in matrix
    assert "Training" in saved(page, "[class*='st-key-live-loss']", "loss")


def saved(page: Page, place: str, name: str) -> str:
    """What the SVG file of a chart says; the PNG has its picture."""
    chart = page.locator(place).first
    chart.scroll_into_view_if_needed()
    found = {}
    for form in ("PNG", "SVG"):
        chart.hover()
        with page.expect_download() as download:
            chart.get_by_role("button", name=form).click()
        assert download.value.suggested_filename == f"{name}.{form.lower()}"
        found[form] = download.value.path().read_bytes()
    with Image.open(BytesIO(found["PNG"])) as picture:
        assert min(picture.size) > 300
        assert len(picture.convert("RGB").getcolors(1_000_000) or ()) > 5
    return found["SVG"].decode()


def open_the_first_image(page: Page) -> Locator:
    """The least certain of those in the cell; Enter opens it as a click does."""
    page.get_by_role("button", name=re.compile(r"test image \d+, \d+% sure")).first.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("3: right")).to_be_visible()
    return dialog


def see_its_probabilities_over_time(page: Page, dialog: Locator) -> None:
    """It is recognised at the end, so the words say since when; a click chooses a moment."""
    dialog.get_by_role("tab", name="Over time").click()
    expect(dialog.get_by_text(re.compile(r"recognised .* (since|\.)"))).to_be_visible()
    chart = dialog.locator(".nnlab-chart", has_text="Probabilities of this image")
    expect(chart.locator(".legend")).to_contain_text("3 (true)")
    keep_screenshot(page, "over-time")
    point = chart.locator(".scatterlayer .trace").last.locator(".point").first
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 2, y)
    page.wait_for_timeout(200)  # Plotly notices the mouse at most every 50 ms
    page.mouse.click(x, y)


def see_what_its_pixels_said(page: Page, dialog: Locator) -> None:
    """At the moment that was clicked, then at the end, by the keyboard; for another class too."""
    dialog.get_by_role("tab", name="Its pixels").click()
    expect(dialog.get_by_text("Before any training the network gives 3")).to_be_visible()
    dialog.get_by_role("slider").press("End")
    expect(dialog.get_by_text("At the end the network gives 3")).to_be_visible()
    expect(dialog.get_by_text("Integrated gradients (Sundararajan")).to_be_visible()
    keep_screenshot(page, "pixels")
    dialog.get_by_role("radio", name="Occlusion").click()
    expect(dialog.get_by_text("Occlusion (Zeiler and Fergus, 2014)")).to_be_visible()
    dialog.get_by_role("combobox").click()
    page.get_by_role("option", name="5", exact=True).click()
    expect(dialog.get_by_text("At the end the network gives 5")).to_be_visible()


def close(page: Page, dialog: Locator) -> None:
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def answer_only_when_sure(page: Page) -> None:
    """The threshold's slider moves by the keyboard, and the words with it."""
    expect(page.get_by_role("heading", name="How sure, and how often right")).to_be_visible()
    page.get_by_text("Reliability, confidence, and answering only when sure enough").click()
    expect(page.get_by_text(re.compile(r"At least 90 % sure: .* answered"))).to_be_visible()
    page.get_by_role("slider", name="Answer only when at least so sure").press("Home")
    expect(page.get_by_text(re.compile(r"At least 0 % sure: 100.0 % answered"))).to_be_visible()
