"""A teacher plays on the plane: steps, holds, sets a weight, tries all data and a mission."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import Server, go_to, keep_screenshot, wait_for_workers

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

# The colours of the large picture as one number. What a drawing did is complete when an observer
# is told of it.
_WATCH = """(board) => {
  const canvas = board.querySelector('.plane > canvas');
  window.sum = () => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, at) => (sum * 31 + value * (at % 7)) % 1000003, 7);
  };
  window.drawn = {};
  new MutationObserver(() => { window.drawn[board.dataset.step] = window.sum(); })
    .observe(board, { attributeFilter: ['data-frames'] });
}"""
_ENOUGH = 4
_PATIENCE = 120_000  # milliseconds; other work may have the processors

# Percent of the training points, twelve epochs of a small network.
_LEAST = {
    "Circle": 80, "Exclusive or": 70, "Two Gaussians": 90, "Spiral": 50, "Moons": 70, "Blobs": 90,
    "Rings": 50,
}  # fmt: skip


def test_it_is_stepped_played_held_and_a_weight_is_set(visit: Page, server: Server):
    page = visit
    begin(page, server, "data=spiral&layers=dense-6-tanh&epochs=400")
    board(page).evaluate(_WATCH)
    stepped(page)
    played_and_held(page)
    a_weight_by_hand(page)


def test_every_set_trains(visit: Page, server: Server):
    page = visit
    begin(page, server, "data=circle&layers=dense-8-relu,dense-8-relu&epochs=12")
    for name in sets(page):
        page.get_by_role("radio", name=name, exact=True).click()
        expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()
        at_rest(page, "These are the start weights", step=0)
        before = told(page, "Training loss")
        play(page)
        at_rest(page, "This run has ended", step=12 * 40)
        assert told(page, "Training loss") < 0.99 * before, name
        if name in _LEAST:
            assert told(page, "accuracy") >= _LEAST[name], name
    keep_screenshot(page, "playground")


def test_a_mission_is_tried_in_vain_and_then_passed(visit: Page, server: Server):
    page = visit
    begin(page, server, "data=spiral&layers=dense-4-tanh")
    page.get_by_role("button", name="Exclusive or in one step").click()
    mission = page.locator(".st-key-mission")
    mission.get_by_text("About 50 %").click()
    mission.get_by_role("button", name="That is my prediction").click()
    mission.get_by_role("button", name="Set it up", exact=True).click()
    expect(page.get_by_role("radio", name="Exclusive or", exact=True)).to_be_checked()
    at_rest(page, "These are the start weights", step=0)
    play(page)
    at_rest(page, "This run has ended")
    verdict = mission.locator(".st-key-mission-verdict")
    expect(verdict).to_contain_text(re.compile(r"Test accuracy: [3-8]\d\.\d %, wanted at least 95"))
    expect(verdict).not_to_contain_text("Done")
    expect(page.get_by_text("0 of 10 passed")).to_be_visible()

    for name in ("x · y", "x", "y"):
        page.get_by_role("button", name=f"Input {name}", exact=True).click()
    expect(page.get_by_role("button", name="Input y", exact=True)).to_have_attribute(
        "aria-pressed", "false"
    )
    at_rest(page, "These are the start weights", step=0)
    play(page)
    expect(page.get_by_text("1 of 10 passed")).to_be_visible(timeout=_PATIENCE)
    expect(verdict).to_contain_text("by the input alone")
    expect(mission.get_by_text("You predicted it")).to_be_visible()


# --- what a teacher does ----------------------------------------------------------------------


def begin(page: Page, server: Server, query: str) -> None:
    go_to(page, "Playground")
    wait_for_workers(page)
    page.goto(f"{server.url}/Playground?{query}&val=test&batch=10")  # 40 batches an epoch
    at_rest(page, "These are the start weights", step=0)


def board(page: Page) -> Locator:
    return page.locator(".board")


def at_rest(page: Page, note: str, step: int | None = None) -> None:
    """The page says so, and shows the network of that step."""
    page.locator(".note", has_text=note).wait_for(timeout=_PATIENCE)
    if step is not None:
        expect(board(page)).to_have_attribute("data-step", str(step), timeout=_PATIENCE)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{name}")).click()


def play(page: Page) -> None:
    """Pressed, and taken up."""
    press(page, "Play")
    expect(page.locator(".note", has_text="start weights")).to_have_count(0)


def told(page: Page, name: str) -> float:
    """A figure above the picture, of training."""
    place = page.locator(".figures div", has_text=name).first.locator("b")
    return float(place.inner_text().removesuffix(" %"))


def sets(page: Page) -> list[str]:
    """All that can be chosen, without one's own points."""
    choices = page.get_by_role("radiogroup", name="Data").get_by_role("radio")
    names = choices.evaluate_all("all => all.map((each) => each.getAttribute('aria-label'))")
    assert set(_LEAST) <= set(names)
    return [name for name in names if name != "Your own points"]


def stepped(page: Page) -> None:
    press(page, "Step")
    at_rest(page, "On hold", step=1)
    press(page, "Epoch")
    at_rest(page, "On hold", step=41)


def played_and_held(page: Page) -> None:
    """The picture is another one at each step that is seen; held, it stays at one."""
    page.evaluate("window.drawn = {}")
    page.keyboard.press("Alt+p")
    enough = f"() => Object.keys(window.drawn).length >= {_ENOUGH}"
    page.wait_for_function(enough, timeout=_PATIENCE)
    press(page, "Pause")
    at_rest(page, "On hold")
    drawn = page.evaluate("window.drawn")
    assert len(set(drawn.values())) == len(drawn)
    held = int(board(page).get_attribute("data-step") or 0)
    assert 41 < held < 400 * 40
    press(page, "Step")
    at_rest(page, "On hold", step=held + 1)


def a_weight_by_hand(page: Page) -> None:
    """The network's own answers change, and the weight is the one that was typed."""
    page.mouse.move(2, 2)
    before = page.evaluate("window.sum()")
    page.get_by_role("button", name="Layer 1, unit 2", exact=True).click()
    page.get_by_role("button", name=re.compile("^x ")).click()
    page.get_by_role("spinbutton", name="Weight from x of Layer 1, unit 2").fill("-5")
    expect(page.get_by_role("button", name="x −5", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.move(2, 2)
    expect(page.get_by_role("heading", name="The answers of the network")).to_be_visible()
    page.wait_for_function("before => window.sum() !== before", arg=before)
    press(page, "Step")  # it goes on from there, and the run tells of it
    expect(page.get_by_text("1 change while training")).to_be_visible(timeout=_PATIENCE)
