"""A class on one link: real sessions that all press Train within a minute, watch and draw.

`python -m benchmarks.class_of_thirty --sessions 1,10,30,60 --data FOLDER [--check] [--json FILE]`,
on an idle machine; FOLDER holds `mnist.npz`.

Starts the app as the README does, on an empty home and reachable from this machine only, and ends
it again. For each size of class: first a few trainings without any session, to know what they take
one after another on all workers; then the class. Every pupil is one visitor with a cookie, who
opens Home, opens the beginner recipe, enters a seed of its own and presses Train at a time drawn
from one minute; its page polls as in a browser. In a second tab it draws digits, for a network of
an earlier day. With `--check` the exit code is 1 where a limit is exceeded.
"""

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.classroom.app import ROOT, App, Watch, processor_seconds, running_app, variables
from benchmarks.classroom.privacy import leaks
from benchmarks.classroom.pupil import LOOK_AROUND_SECONDS, Noted, Pupil
from benchmarks.classroom.report import Alone, Class, exceeded, table
from benchmarks.classroom.tab import Tab
from nnlab.runs.store import RunStore

MINUTE = 60.0
MOST_SESSIONS = 100
# For the class as a whole, a pupil's training included.
PATIENCE_SECONDS = 240
TRAININGS_ALONE = 6
_READY = re.compile(r"(\d+) of \1 workers? ready")


def alone(home: Path, data: str | None, trainings: int, visitors: Sequence[str]) -> Alone:
    """The trainings without sessions; afterwards each visitor has a network."""
    command = [sys.executable, "-m", "benchmarks.classroom.alone", str(trainings)]
    if visitors:
        command += ["--visitors", ",".join(visitors)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=variables(home, data),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,  # what it said is told below
    )
    if done.returncode:
        raise RuntimeError(f"the trainings alone failed: {done.stderr[-3000:]}")
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return Alone(trainings, told["seconds"], told["workers"])


async def wait_for_workers(app: App) -> None:
    """Until all of them have TensorFlow loaded, as the sidebar tells."""
    tab = Tab(app.url, "f" * 32)
    await tab.open()
    await tab.until(
        lambda: tab.has(lambda element: bool(_READY.search(element.markdown.body))),
        180,
        "the workers are not ready",
    )
    await tab.close()


async def lesson(class_: Sequence[Pupil], within: float, draws: bool, seed: int) -> None:
    """All of them at once."""
    chance = random.Random(seed)
    first = time.monotonic() + LOOK_AROUND_SECONDS[1] + 1
    # One begins at the start of the minute, so that there is one.
    moments = [first, *(first + chance.uniform(0, within) for _ in class_[1:])]
    end = first + within + PATIENCE_SECONDS
    pairs = zip(class_, moments, strict=True)
    await asyncio.gather(*(pupil.lesson(moment, end, draws) for pupil, moment in pairs))


async def measure(app: App, names: Sequence[str], options: argparse.Namespace) -> dict[str, Any]:
    """One class; what was noted, and what processes used from the first Train on."""
    await wait_for_workers(app)
    class_ = [Pupil(app.url, 100 + number, name) for number, name in enumerate(names)]
    watch = Watch(app)
    watching = asyncio.create_task(watch.keep_watching())
    before = {"app": processor_seconds(app.process.pid), "script": time.process_time()}
    began = time.monotonic()
    await lesson(class_, options.within, not options.no_drawing, options.seed)
    seconds = time.monotonic() - began
    used = {
        "app": (processor_seconds(app.process.pid) - before["app"]) / seconds,
        "script": (time.process_time() - before["script"]) / seconds,
    }
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return {"noted": [pupil.noted for pupil in class_], "used": used, "peak": watch.peak}


def hold(size: int, options: argparse.Namespace) -> Class:
    """Measure a class of this size on a home of its own."""
    chance = random.Random(options.seed + size)
    names = [f"{chance.getrandbits(128):032x}" for _ in range(size)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        found = alone(home, options.data, options.alone, names)
        with running_app(home, options.data) as app:
            told = asyncio.run(measure(app, names, options))
            seen = leaks(RunStore(f"sqlite:///{home / 'nnlab.sqlite3'}"), told["noted"])
            log = app.log.read_text()
        if options.log:
            options.log.write_text(log)
    used = told["used"]
    return Class(told["noted"], found, told["peak"], used["app"], used["script"], seen)


def as_json(one: Class) -> dict[str, Any]:
    """The figures of each pupil, for looking into."""
    return {
        "alone": vars(one.alone),
        "seconds": one.seconds,
        "memory": one.peak.memory,
        "app": one.app_share,
        "script": one.client_share,
        "pupils": [_as_json(noted) for noted in one.pupils],
    }


def _as_json(noted: Noted) -> dict[str, Any]:
    return {
        "opened": noted.opened,
        "first point": noted.first_point,
        "largest gap": noted.largest_gap,
        "seconds": noted.finished - noted.pressed,
        "curve grew after": [round(at - noted.pressed, 2) for at in noted.grown],
        "points seen": len(noted.grown),
        "feed read": noted.reads,
        "reruns": noted.reruns,
        "drawings": noted.drawings,
        "errors": noted.errors,
    }


def sizes(text: str) -> list[int]:
    """`1,10,30` as numbers."""
    found = [int(part) for part in text.split(",")]
    if not all(1 <= size <= MOST_SESSIONS for size in found):
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_SESSIONS} sessions")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=sizes, default=[30], help="one or several, as 1,10,30")
    parser.add_argument("--data", help="folder with mnist.npz; else NNLAB_DATA_DIR")
    parser.add_argument("--within", type=float, default=MINUTE, help="seconds in which all begin")
    parser.add_argument("--alone", type=int, default=TRAININGS_ALONE, help="trainings without")
    parser.add_argument("--no-drawing", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--check", action="store_true", help="exit code 1 beyond a limit")
    parser.add_argument("--json", type=Path, help="write each pupil's figures there")
    parser.add_argument("--log", type=Path, help="keep the app's log there")
    options = parser.parse_args()
    classes = []
    for size in options.sessions:
        classes.append(hold(size, options))
        print(f"{size} sessions measured", file=sys.stderr)
    print("\n".join(table(classes)))
    for one in classes:
        for text in sorted({*one.errors, *one.leaks}):
            print(f"- {len(one.pupils)} sessions: {text}")
    if options.json:
        options.json.write_text(json.dumps([as_json(one) for one in classes], indent=2) + "\n")
    beyond = [text for one in classes for text in exceeded(one)]
    print("\n".join(beyond))
    if options.check and beyond:
        sys.exit(1)


if __name__ == "__main__":
    main()
