"""A recipe is reproduced from the page, live, and stays through a reload."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from skipping import skip_or_fail
from visiting import go_to, keep_screenshot, wait_for_workers

from nnlab.datasets import status
from nnlab.recipes import RECIPES

pytestmark = pytest.mark.browser

RECIPE = "c-one-epoch"
ROW_HEIGHT = 35  # pixels, of Streamlit's tables


def test_a_recipe_is_reproduced_live(visit: Page):
    if status("fashion_mnist").state != "ready":
        skip_or_fail("Fashion-MNIST is not on this computer")
    page = visit
    wait_for_workers(page)
    go_to(page, "Reproduce")
    select_row(page, row_of(RECIPE))
    page.get_by_role("button", name="Run the selected rows").click()
    expect(page.get_by_text("Training:").first).to_be_visible()
    expect(page.get_by_role("button", name="Stop")).to_be_disabled(timeout=120_000)
    wait_for_last_figures(page, row_of(RECIPE))
    result = cells(page, row_of(RECIPE))
    assert "✓ agrees" in result
    assert any("±" in cell for cell in result)
    page.reload()
    expect(page.get_by_role("button", name="Run all")).to_be_enabled()
    assert cells(page, row_of(RECIPE)) == result
    keep_screenshot(page, "reproduce")


def row_of(name: str) -> int:
    """The first row of the recipe: a row for each published figure."""
    before = list(RECIPES)[: list(RECIPES).index(name)]
    return sum(len(RECIPES[other].published) for other in before)


def select_row(page: Page, row: int) -> None:
    """Click the box at the row's left end."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + ROW_HEIGHT * (row + 1.5))


def wait_for_last_figures(page: Page, row: int) -> None:
    """The table tells screen readers of its last change a moment after the buttons' row ends."""
    expect(cells_of(page, row).filter(has_text=re.compile("training, "))).to_have_count(0)


def cells_of(page: Page, row: int) -> Locator:
    grid = page.get_by_test_id("stDataFrame").first
    return grid.locator(f'tr[aria-rowindex="{row + 2}"] td')


def cells(page: Page, row: int) -> list[str]:
    """What stands in a row, as a screen reader is told it; recipe, figure, published and so on."""
    line = cells_of(page, row)
    line.first.wait_for(state="attached")
    return [cell.text_content() or "" for cell in line.all()][1:]
