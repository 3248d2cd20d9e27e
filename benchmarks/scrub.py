"""From a movement of the time slider to the changed Evaluate page, in a real Chromium.

`python -m benchmarks.scrub [--epochs 20] [--json FILE]`, on an idle machine; trains the beginner
network, on MNIST where it is there. A digit is drawn before and a cell of the confusion matrix is
chosen, so that every panel is on the page.

The slider is moved with the keyboard, once over all moments (each is then read from its file) and
back. Each movement is timed by the page's own clock, from the slider's `input` event: to the
message that leaves the browser, to each panel's change, and to the frame in which the last of them
can be seen.
"""

import argparse
import json
import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks.app_in_browser import app_in_browser, visiting, wait_for_all_workers

# By name: what is watched, found anew at each movement; and when it was last changed.
PANELS = {
    "headline": ".st-key-evaluate-figures [data-testid=stMetricValue]",
    "curves": "[class*='st-key-live-loss'] .nnlab-chart",
    "sheet": "[class*='-cards'] .place",
    "matrix": "[class*='-confusion'] .nnlab-matrix",
    "cell": "[class*='-cell-history'] .nnlab-chart",
    "weights": ".st-key-evaluate-weights .picture",
    "drawing": ".st-key-evaluate-drawing-card .picture",
}
# Notes the times of the newest movement, in milliseconds after it.
WATCH = """(panels) => {
  const marks = window.marks = {}, now = () => performance.now() - window.moved;
  window.moved = Infinity;
  const find = (path) => {
    const [outer, inner] = path.split(' ');
    const host = document.querySelector(outer);
    if (!host) return null;
    const shadows = [host, ...host.querySelectorAll('*')].map((part) => part.shadowRoot);
    return [host, ...shadows].map((part) => part?.querySelector(inner)).find(Boolean);
  };
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  const observers = Object.keys(panels).map((name) => [name, new MutationObserver(() => {
    if (!(now() >= 0)) return;
    marks[name] = now();
    requestAnimationFrame(() => requestAnimationFrame(() => { marks.seen = now(); }));
  })]);
  window.watchAgain = () => {
    for (const [name, observer] of observers) {
      observer.disconnect();
      const place = find(panels[name]);
      if (place) observer.observe(place, all);
    }
  };
  window.watchAgain();
  document.addEventListener('input', () => {
    for (const name of Object.keys(marks)) delete marks[name];
    window.moved = performance.now();
  }, true);
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...message) {
    if (now() >= 0) marks.sent ??= now();
    return send.apply(this, message);
  };
}"""
BETWEEN_MOVES = 900  # milliseconds


def measure(epochs: int) -> dict[str, list[dict[str, float]]]:
    """Milliseconds after each movement: over all moments for the first time, and back."""
    with app_in_browser() as (server, page):
        prepare(page, server.url, epochs)
        return {"first time": moves(page, "ArrowLeft"), "again": moves(page, "ArrowRight")}


def prepare(page: Page, url: str, epochs: int) -> None:
    """A trained network, a drawing, a chosen cell, and the watch on all panels."""
    page.goto(url)
    page.get_by_role("button", name="Train your first network").click()
    wait_for_all_workers(page)
    visiting.expect_state(page, "finished")
    page.get_by_role("tab", name="Training").click()
    visiting.set_number(page, "Epochs", epochs)
    page.wait_for_timeout(1000)
    visiting.train(page)
    visiting.expect_state(page, "running")
    visiting.expect_state(page, "finished")
    visiting.run_panel(page).get_by_role("button", name="Draw").click()
    page.locator("canvas.upper-canvas").wait_for()
    page.wait_for_timeout(3000)
    visiting.draw_strokes(page, [[(0.35, 0.15), (0.3, 0.5), (0.7, 0.5)], [(0.68, 0.2), (0.6, 0.9)]])
    page.wait_for_timeout(2000)
    visiting.go_to(page, "Evaluate")
    begin(page)


def begin(page: Page) -> None:
    """Choose a cell and watch; the page is open at Evaluate."""
    page.locator(".st-key-evaluate-drawing-card .picture").wait_for()
    page.wait_for_timeout(2000)
    visiting.confusion_cell(page, true=4, predicted=9).click()
    page.get_by_text("4 taken for 9").wait_for()
    page.wait_for_timeout(2000)
    page.evaluate(WATCH, PANELS)


def moves(page: Page, key: str) -> list[dict[str, float]]:
    """Press the key until the slider stands at its end."""
    slider = page.get_by_role("slider", name="Moment of the training")
    slider.focus()
    found = []
    end = slider.get_attribute("min" if key == "ArrowLeft" else "max")
    while slider.input_value() != end:
        page.evaluate("() => window.watchAgain()")
        page.keyboard.press(key)
        page.wait_for_timeout(BETWEEN_MOVES)
        found.append(page.evaluate("() => ({...window.marks})"))
    return found


def summary(found: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Median, 95th percentile and number of movements that changed it; in milliseconds."""
    told = {}
    for name in ("sent", *PANELS, "seen"):
        values = [marks[name] for marks in found if name in marks]
        if len(values) > 1:
            told[name] = {
                "median": statistics.median(values),
                "p95": statistics.quantiles(values, n=20)[-1],
                "changes": len(values),
            }
    return told


def table(name: str, found: list[dict[str, float]]) -> list[str]:
    """Lines for a page."""
    lines = [
        f"{name}: {len(found)} movements; milliseconds after the slider's input event",
        f"{'':12} median    p95  changes",
    ]
    return lines + [
        f"{step:12} {v['median']:6.0f} {v['p95']:6.0f} {v['changes']:8.0f}"
        for step, v in summary(found).items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    found = measure(options.epochs)
    for name, moved in found.items():
        print("\n".join(table(name, moved)))
    if options.json:
        told: dict[str, Any] = {name: summary(moved) for name, moved in found.items()}
        options.json.write_text(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main()
