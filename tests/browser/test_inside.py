"""A short training, looked into: weights that move, an image on its way, a sum that adds up."""

import re

import pytest
from playwright.sync_api import Page, expect
from visiting import (
    expect_state,
    go_to,
    keep_screenshot,
    set_number,
    train,
    wait_for_workers,
)

pytestmark = pytest.mark.browser

QUERY = "data=mnist_5k&layers=flatten,dense-24&epochs=2"


def test_the_inside_of_a_short_training(visit: Page):
    page = visit
    train_a_short_run(page)
    watch_weights_move(page)
    follow_an_image(page)
    add_up_a_neuron(page)


def train_a_short_run(page: Page) -> None:
    page.goto(f"{page.url.rstrip('/')}/Train?{QUERY}")
    wait_for_workers(page)
    expect(page.get_by_text("→ 10 · 250 parameters")).to_be_visible()
    train(page)
    expect_state(page, "finished")
    go_to(page, "Inside")


def watch_weights_move(page: Page) -> None:
    """At the start of training they were others than at its end."""
    slider = page.get_by_role("slider", name="Moment of the training")
    expect(slider).to_have_attribute("aria-valuetext", "the end")
    first = page.get_by_role("button", name=re.compile("^weights of unit 0"))
    image = first.locator("img")
    at_the_end = image.get_attribute("src")
    keep_screenshot(page, "inside")

    slider.focus()
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "start")
    expect(image).not_to_have_attribute("src", str(at_the_end))
    slider.press("End")
    expect(image).to_have_attribute("src", str(at_the_end))


def follow_an_image(page: Page) -> None:
    """Another image is another flow; a click on a unit opens it below."""
    page.get_by_role("radio", name="Activations").click()
    columns = page.locator(".flow .column")
    expect(columns).to_have_count(4)
    shown = columns.first.locator("img")
    before = shown.get_attribute("src")
    set_number(page, "Number", 11)
    expect(shown).not_to_have_attribute("src", str(before))

    cells = page.locator(".flow [data-layer='1'] .units i")
    expect(cells).to_have_count(24)
    cells.nth(17).hover()
    value = cells.nth(17).get_attribute("data-v")
    expect(page.get_by_text(f"Dense 24 · ReLU, 17: {value}")).to_be_visible()
    cells.nth(17).click()
    expect(page.get_by_text(f"Output of unit 17: {value}")).to_be_visible()


def add_up_a_neuron(page: Page) -> None:
    """The figures on the page, added up as a person would, and held against the flow's."""
    page.get_by_role("button", name=re.compile("How unit 17 comes to it")).click()
    expect(page.get_by_text("Test image 11").first).to_be_visible()
    rows = page.locator(".nnlab-sum tr")
    expect(rows.first).to_be_visible()
    cells = [row.locator("td").all_inner_texts() for row in rows.all()[1:]]
    written = [row[3].replace("−", "-") for row in cells]
    *terms, weighted, bias, z = [int(figure.replace(".", "")) for figure in written[:-1]]
    assert sum(terms) == weighted
    assert weighted + bias == z
    output, total = float(written[-1]), float(written[-2])
    assert output == pytest.approx(max(total, 0.0), rel=1e-3, abs=1e-4)

    page.get_by_role("radio", name="Activations").click()
    expect(page.get_by_text(re.compile(r"Output of unit 17: "))).to_be_visible()
    said = page.locator(".flow [data-layer='1'] .units i").nth(17).get_attribute("data-v")
    assert float(str(said).replace("−", "-")) == pytest.approx(output, rel=1e-3)
