"""From pen-up to the new prediction on the screen, in a real Chromium, and where the time goes.

`python -m benchmarks.pen_up PEN_DIGITS.json.gz [--ready-made] [--digits 30] [--json FILE]`, on an
idle machine. The beginner network reads, or with `--ready-made` the one that comes with the app.

Digits of real hands are drawn with the mouse. Each stroke is timed by the page's own clock: from
the release of the button to the message that leaves the browser, to the server's answer, to the
changed card, and to the frame in which it can be seen. Without MNIST the built-in set is learned.
"""

import argparse
import json
import random
import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks.app_in_browser import app_in_browser, pen, visiting, wait_for_all_workers

# Notes the times of the newest stroke: sent, answered, changed, seen; in milliseconds.
WATCH = """() => {
  const marks = window.marks = {};
  const note = (name) => { if (marks.up !== undefined) marks[name] ??= performance.now(); };
  document.addEventListener('mouseup', () => {
    for (const name of Object.keys(marks)) delete marks[name];
    marks.up = performance.now();
  }, true);
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...message) {
    note('sent');
    if (!this.watched) {
      this.watched = true;
      this.addEventListener('message', () => note('answered'));
    }
    return send.apply(this, message);
  };
  const card = [...document.querySelectorAll('.st-key-draw-answer *')]
    .map((host) => host.shadowRoot?.querySelector('.card')).find(Boolean);
  new MutationObserver(() => {
    if (marks.up === undefined || marks.changed !== undefined) return;
    note('changed');
    requestAnimationFrame(() => requestAnimationFrame(() => note('seen')));
  }).observe(card, {subtree: true, childList: true, characterData: true, attributes: true});
}"""
STEPS = ("sent", "answered", "changed", "seen")


def measure(path: Path, digits: int, ready_made: bool) -> list[dict[str, float]]:
    """Milliseconds after pen-up of each step, for every stroke."""
    rng = random.Random(0)
    chosen = rng.sample(pen.pen_digits(path), digits)
    with app_in_browser(ready_made) as (server, page):
        (_wait_for_ready_made if ready_made else _train_the_first)(page, server.url)
        page.locator("canvas.upper-canvas").wait_for()
        page.wait_for_timeout(4000)
        page.evaluate(WATCH)
        return [
            marks
            for sample in chosen
            for marks in _drawn(page, pen.on_screen(sample["strokes"], rng))
        ]


def _train_the_first(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Train your first network").click()
    wait_for_all_workers(page)
    visiting.expect_state(page, "finished")
    visiting.run_panel(page).get_by_role("button", name="Draw").click()


def _wait_for_ready_made(page: Page, url: str) -> None:
    page.goto(f"{url}/Draw")
    page.locator("canvas.upper-canvas").wait_for(timeout=600_000)


def _drawn(page: Page, strokes: list[list[tuple[float, float]]]) -> list[dict[str, float]]:
    """One digit, stroke by stroke; then a clean sheet."""
    found = []
    for stroke in strokes:
        visiting.draw_strokes(page, [stroke])
        page.wait_for_function("() => window.marks.seen !== undefined")
        marks: dict[str, float] = page.evaluate("() => window.marks")
        found.append({step: marks[step] - marks["up"] for step in STEPS})
        page.wait_for_timeout(250)
    page.get_by_role("button", name="Clear", exact=True).click()
    page.wait_for_timeout(700)
    return found


def summary(strokes: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Median and 95th percentile, in milliseconds after pen-up."""
    return {
        step: {
            "median": statistics.median(values),
            "p95": statistics.quantiles(values, n=20)[-1],
        }
        for step in STEPS
        if (values := [stroke[step] for stroke in strokes])
    }


def table(found: dict[str, dict[str, float]], strokes: int) -> list[str]:
    """Lines for a page."""
    lines = [f"{strokes} strokes; milliseconds after pen-up", f"{'':12} median    p95"]
    return lines + [f"{step:12} {v['median']:6.0f} {v['p95']:6.0f}" for step, v in found.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pen_digits", type=Path)
    parser.add_argument("--ready-made", action="store_true")
    parser.add_argument("--digits", type=int, default=30)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    strokes = measure(options.pen_digits.parent, options.digits, options.ready_made)
    found: dict[str, Any] = summary(strokes)
    print("\n".join(table(found, len(strokes))))
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
