"""How quickly Compare answers when a visitor has many runs, in a real Chromium.

`python -m benchmarks.many_runs [--runs 500] [--times 8] [--json FILE]`, on an idle machine. One
network is trained; its run and its epochs are then copied in the store, with other seeds and
names. Timed from the click or the key to what answers it: the next page of the list (the page's
own clock, to the changed canvas), a tick and the page opened anew (to the text below the list),
and a search by words (to the found run in the table that the list keeps for screen readers, some
0.7 s behind the canvas).
"""

import argparse
import json
import re
import secrets
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import create_engine, insert, select

from benchmarks.app_in_browser import app_in_browser, visiting, wait_for_all_workers
from nnlab.runs.tables import EpochRow, RunRow

ROW_PIXELS = 35
# Click a page's number; resolves with the milliseconds until the list is drawn otherwise.
TURN = """(number) => new Promise((done) => {
  const drawn = () => document.querySelector('[data-testid=stDataFrame] canvas')?.toDataURL();
  const before = drawn(), started = performance.now();
  const buttons = [...document.querySelectorAll('.st-key-compare-foot button')];
  buttons.find((button) => button.innerText.trim() === String(number)).click();
  const look = () => {
    const now = drawn();
    if (now && now !== before) done(performance.now() - started);
    else requestAnimationFrame(look);
  };
  look();
})"""


def measure(runs: int, times: int) -> dict[str, list[float]]:
    """Seconds of each action, by its name."""
    with app_in_browser() as (server, page):
        page.goto(server.url)
        page.get_by_role("button", name="Train your first network").click()
        wait_for_all_workers(page)
        visiting.expect_state(page, "finished")
        copy_run(server.home / "nnlab.sqlite3", runs - 1)
        visiting.go_to(page, "Compare")
        expect(page.get_by_text(f"{runs:d} runs.")).to_be_visible()
        found = {"next page": [_next_page(page, number) for number in range(2, times + 2)]}
        found["tick"] = [_tick(page, row) for row in range(times)]
        found["search"] = [_search(page, f"copy {seed:d}") for seed in range(100, 100 + times)]
        page.get_by_role("textbox", name="Search").fill("")
        found["opened anew"] = [_timed(page.reload, _foot(page)) for _ in range(times)]
    return found


def copy_run(database: Path, copies: int) -> None:
    """The only run of the store, so many times more, one a minute before the other."""
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        run = dict(connection.execute(select(RunRow.__table__)).mappings().one())
        epochs = [dict(row) for row in connection.execute(select(EpochRow.__table__)).mappings()]
        for copy in range(1, copies + 1):
            experiment = {**run["experiment"], "name": f"copy {copy:d}"}
            experiment["training"] = {**experiment["training"], "seed": copy}
            new = {"id": secrets.token_hex(8), "experiment": experiment}
            new["created_at"] = run["created_at"] - timedelta(minutes=copy)
            connection.execute(insert(RunRow), run | new)
            connection.execute(insert(EpochRow), [row | {"run_id": new["id"]} for row in epochs])


def _foot(page: Page) -> Locator:
    return page.locator(".st-key-compare-foot").get_by_text("Tick those to compare")


def _timed(act: Callable[[], object], answer: Locator) -> float:
    started = time.perf_counter()
    act()
    answer.wait_for(state="attached")
    return time.perf_counter() - started


def _table(page: Page) -> Locator:
    return page.locator("[data-testid=stDataFrame]").first


def _next_page(page: Page, number: int) -> float:
    seconds = page.evaluate(TURN, number) / 1000
    # That it is the right one: copies are numbered from the run itself, ten a page.
    expect(_table(page)).to_contain_text(f"copy {10 * (number - 1):d}")
    return seconds


def _tick(page: Page, row: int) -> float:
    place = {"x": 14, "y": ROW_PIXELS * (row + 1) + ROW_PIXELS // 2}
    scroller = _table(page).locator(".dvn-scroller")
    ticked = page.get_by_text(re.compile(rf"compare: {row + 1} ticked"))
    return _timed(lambda: scroller.click(position=place), ticked)


def _search(page: Page, words: str) -> float:
    field = page.get_by_role("textbox", name="Search")
    field.fill(words)
    return _timed(lambda: field.press("Enter"), _table(page).get_by_text(words, exact=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--times", type=int, default=8)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = measure(options.runs, options.times)
    for name, seconds in found.items():
        print(f"{name:12} median {statistics.median(seconds):5.2f} s, most {max(seconds):5.2f} s")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
