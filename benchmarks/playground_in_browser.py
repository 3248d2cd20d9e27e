"""The Playground as a visitor sees it: pictures a second, and how soon the first comes after Play.

`python -m benchmarks.playground_in_browser [--rounds 5]`. The app with two workers and a real
Chromium share this machine, which should be idle otherwise. The page's own experiment is played
from the seed, at the default size, as fast as it can; a picture counts when it is drawn on the
canvas. Needs tests/'s requirements.
"""

import argparse
import re
import statistics
from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Page, expect

from benchmarks.app_in_browser import app_in_browser, wait_for_all_workers

# Without polling: whoever measures must not be what is measured.
WATCH = """(board) => {
  const seen = window.seen = { pressed: null, drawn: [] };
  document.addEventListener('pointerdown', () => { seen.pressed ??= performance.now(); }, true);
  new MutationObserver(() => {
    if (seen.pressed !== null) seen.drawn.push([performance.now(), Number(board.dataset.step)]);
  }).observe(board, { attributeFilter: ['data-frames'] });
}"""


@dataclass(frozen=True)
class Round:
    """One playing.

    Attributes:
        first: seconds from the press on Play to the first picture of the run.
        moved: the same to the first that has moved.
        often: pictures a second from that one to the first of the last step.
        longest: seconds, the longest time without a new one.
        whole: seconds from the press to the first picture of the last step.
        test: accuracy on the test points in the end, as the page tells it.
    """

    first: float
    moved: float
    often: float
    longest: float
    whole: float
    test: str


def play(page: Page) -> Round:
    """From the start weights to the end."""
    expect(page.locator(".board")).to_have_attribute("data-step", "0")
    page.get_by_text("These are the start weights").wait_for()
    page.wait_for_timeout(3000)  # to look at it; the worker gets ready meanwhile
    page.locator(".board").evaluate(WATCH)
    page.get_by_role("button", name=re.compile("^Play")).click()
    page.get_by_text("This run has ended").wait_for()
    seen = page.evaluate("() => window.seen")
    drawn = [((at - seen["pressed"]) / 1000, step) for at, step in seen["drawn"]]
    moving = _while_it_trains(drawn)
    test = page.locator(".figures div").last.locator("b").inner_text()
    return Round(
        first=drawn[0][0],
        moved=moving[0],
        often=(len(moving) - 1) / (moving[-1] - moving[0]),
        longest=max(b - a for a, b in pairwise(moving)),
        whole=moving[-1],
        test=test,
    )


def _while_it_trains(drawn: list[tuple[float, int]]) -> list[float]:
    """When pictures came, from the first that has moved to the first of the last step.

    The same network comes once more when the run is stored and the page is at rest.
    """
    last = drawn[-1][1]
    end = next(n for n, (_, step) in enumerate(drawn) if step == last)
    return [at for at, step in drawn[: end + 1] if step]


def measure(rounds: int) -> list[Round]:
    """One after another; each begins from the seed again, the first as a visitor's first does."""
    found = []
    with app_in_browser() as (server, page):
        page.goto(f"{server.url}/Playground")
        wait_for_all_workers(page)
        for _ in range(rounds):
            found.append(play(page))
            print(found[-1], flush=True)
            page.get_by_role("button", name=re.compile("^Reset")).click()
    return found


def table(found: list[Round]) -> list[str]:
    """Rows: the first playing, and the median of all."""
    rows = ["| | first playing | median | |", "|---|---|---|---|"]
    for name, words in (
        ("first", "first picture after Play, s"),
        ("moved", "first picture that has moved, s"),
        ("often", "pictures a second"),
        ("longest", "longest time without a new one, s"),
        ("whole", "all 200 epochs, s"),
    ):
        values = [getattr(each, name) for each in found]
        median = statistics.median(values)
        rows.append(
            f"| {words} | {values[0]:.2f} | {median:.2f} | {min(values):.2f} to {max(values):.2f} |"
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    found = measure(parser.parse_args().rounds)
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
