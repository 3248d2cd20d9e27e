"""Every lesson under a person's hand: a control moves, the picture follows."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import go_to, keep_screenshot, wait_for_workers

from nnlab.curriculum import LESSONS

pytestmark = pytest.mark.browser

PICTURES = ".st-key-lesson-picture :is(.nnlab-chart .main-svg, .picture)"
# A control of each lesson, and a key that moves it.
CONTROLS = {
    "tensors": ("First value of B", "ArrowRight"),
    "linear_regression": ("Slope of your line", "ArrowRight"),
    "neuron": ("Weight w₁", "ArrowLeft"),
    "logits": ("logit 3", "ArrowUp"),
    "cross_entropy": ("Image 1", "ArrowRight"),
    "logistic_regression": ("Step", "PageUp"),
    "backpropagation": ("Input x₁", "ArrowLeft"),
    "optimizers": ("Start at x", "ArrowRight"),
    "batch_size": ("Batch size", "ArrowRight"),
    "initialization": ("Hidden layers", "ArrowLeft"),
    "confusion": ("Temperature", "ArrowRight"),
}
_MARKUP = "chart => chart.innerHTML"


def test_every_lesson_moves_under_the_hand(visit: Page):
    """On a tablet's width, by the keyboard; one visitor goes through all of them."""
    page = visit
    page.set_viewport_size({"width": 820, "height": 1180})
    wait_for_workers(page)
    go_to(page, "Learn")
    expect(page.get_by_text(f"0 of {len(LESSONS)} lessons done")).to_be_visible()
    for name, lesson in LESSONS.items():
        page.get_by_role("link", name=re.compile(rf"\d+\. {re.escape(lesson.title)}$")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(lesson.title)
        if name == "overfitting":
            train_and_watch(page)
        else:
            move_and_watch(page, *CONTROLS[name])
        assert_nothing_sticks_out(page, name)
        expect(page.locator(".st-key-lesson-code code")).to_contain_text("def ")
        page.get_by_role("link", name="All lessons").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Learn")


def train_and_watch(page: Page) -> None:
    """The one lesson whose picture is a real run: its curves appear while it trains."""
    page.locator(PICTURES).first.wait_for(timeout=60_000)
    page.wait_for_timeout(600)
    before = markup(page)
    page.get_by_role("button", name="Train", exact=True).click()
    wait_for_change(page, before)


def move_and_watch(page: Page, label: str, key: str) -> None:
    """Press a key on a slider until the picture has changed; it must within the timeout."""
    slider = page.get_by_role("slider", name=label, exact=True)
    expect(slider).to_be_visible(timeout=60_000)
    page.locator(PICTURES).first.wait_for(timeout=60_000)
    page.wait_for_timeout(600)  # the first drawing is settled
    before, value = markup(page), slider.get_attribute("aria-valuetext")
    slider.focus()
    for _ in range(3):
        page.keyboard.press(key)
    assert slider.get_attribute("aria-valuetext") != value
    wait_for_change(page, before)


def wait_for_change(page: Page, before: str) -> None:
    page.wait_for_function(
        """([selector, before]) => [...document.querySelectorAll(selector)]
             .map(chart => chart.innerHTML).join() !== before""",
        arg=[PICTURES, before],
    )


def markup(page: Page) -> str:
    pictures: Locator = page.locator(PICTURES)
    return ",".join(picture.evaluate(_MARKUP) for picture in pictures.all())


def assert_nothing_sticks_out(page: Page, name: str) -> None:
    """The page does not scroll sideways."""
    wide, room = page.evaluate(
        """() => {
          const main = document.querySelector('[data-testid=stMain]');
          return [main.scrollWidth, main.clientWidth];
        }"""
    )
    assert wide <= room, name


def test_a_lesson_is_predicted_left_and_found_again(visit: Page):
    page = visit
    page.goto(f"{page.url.rstrip('/')}/Learn?lesson=logits")
    wait_for_workers(page)
    question = LESSONS["logits"].question
    expect(page.get_by_role("button", name="Reveal the answer")).to_be_disabled()
    page.get_by_text(question.options[question.answer]).click()
    page.get_by_role("button", name="Reveal the answer").click()
    expect(page.get_by_text(f"Right: {question.options[question.answer]}")).to_be_visible()
    drag_to_the_end(page, "Added to all ten")
    slider = page.get_by_role("slider", name="Added to all ten")
    expect(page.get_by_text("NaN").first).to_be_visible()
    keep_screenshot(page, "learn")
    page.wait_for_timeout(1000)  # the hand's last position is on its way
    page.reload()
    expect(slider).to_have_attribute("aria-valuetext", "100")
    expect(page.get_by_text("NaN").first).to_be_visible()
    expect(page.get_by_text(f"Right: {question.options[question.answer]}")).to_be_visible()
    page.get_by_role("link", name="All lessons").click()
    expect(page.get_by_text(f"1 of {len(LESSONS)} lessons done")).to_be_visible()


def drag_to_the_end(page: Page, label: str) -> None:
    """With the mouse, from the middle to beyond the right end; the picture moves on the way."""
    slider = page.get_by_role("slider", name=label)
    page.locator(PICTURES).first.wait_for()
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    before = markup(page)
    page.mouse.move(box["x"] + 0.8 * box["width"], middle, steps=5)
    page.wait_for_function(
        """([selector, before]) => [...document.querySelectorAll(selector)]
             .map(chart => chart.innerHTML).join() !== before""",
        arg=[PICTURES, before],
    )
    page.mouse.move(box["x"] + box["width"] + 30, middle, steps=5)
    page.mouse.up()


def test_the_address_follows_from_lesson_to_lesson(visit: Page):
    """So that a reload, a bookmark and the browser's Back lead to what was on the screen."""
    page = visit
    first, second = list(LESSONS.values())[:2]
    go_to(page, "Learn")
    page.get_by_role("link", name=re.compile(rf"\. {re.escape(first.title)}$")).click()
    expect(page).to_have_url(re.compile(rf"Learn\?lesson={first.name}$"))
    page.get_by_role("link", name=f"→ {second.title}").click()
    expect(page).to_have_url(re.compile(rf"Learn\?lesson={second.name}$"))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(second.title)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    page.get_by_role("link", name="All lessons").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Learn")
    expect(page).to_have_url(re.compile(r"Learn$"))


def test_a_recipe_opens_from_its_lesson(visit: Page):
    page = visit
    page.goto(f"{page.url.rstrip('/')}/Learn?lesson=logits")
    page.get_by_role("button", name="Train it: Fashion workshop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Train")
    expect(page.get_by_role("combobox", name="Data set")).to_have_value("Fashion-MNIST")
