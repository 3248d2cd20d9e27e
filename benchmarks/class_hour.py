"""A long lesson: sessions come and go, and memory has to stay flat.

`python -m benchmarks.class_hour --data FOLDER [--minutes 10] [--pupils 8] [--check] [--json FILE]`

Pupils come, open Home, train the beginner recipe for one epoch from a seed that nobody had, pause
and resume, draw, look at the other pages, reload, delete their run, and leave; then others take
their places. What takes an hour in a class happens in some minutes, since nobody stops to think.
Memory of each process is fitted with a straight line from the end of the warm-up on, and told as
what would be gained in an hour of this, beside the number of visits it was measured over.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.class_of_thirty import alone, wait_for_workers
from benchmarks.classroom.app import MB, App, Sample, Watch, running_app
from benchmarks.classroom.visit import Visit

WARM_UP_SHARE = 1 / 3
# What a process may gain, by the fitted line, between the end of the warm-up and the end.
MOST_GAINED = 30 * MB


@dataclass
class Told:
    """What the lesson was like."""

    visits: int = 0
    errors: list[str] = field(default_factory=list)


async def pupil(app: App, names: Sequence[str], seed: int, end: float, told: Told) -> None:
    """One place in the class room: one visitor after another, until the end."""
    chance = random.Random(seed)
    while time.monotonic() < end:
        visit = Visit(app.url, chance.choice(names), chance)
        told.errors += await visit.make()
        told.visits += 1


async def lesson(app: App, names: Sequence[str], options: argparse.Namespace) -> tuple[Watch, Told]:
    """All places, and the watch beside them."""
    await wait_for_workers(app)
    watch, told = Watch(app), Told()
    watching = asyncio.create_task(watch.keep_watching())
    end = time.monotonic() + 60 * options.minutes
    places = range(options.pupils)
    # Each place has visitors of its own: no two are the same person, who delete each other's runs.
    of_place = [names[place :: options.pupils] for place in places]
    await asyncio.gather(*(pupil(app, of_place[place], place, end, told) for place in places))
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return watch, told


def after_warm_up(samples: Sequence[Sample]) -> list[Sample]:
    """The samples that count."""
    begin = samples[0].at + WARM_UP_SHARE * (samples[-1].at - samples[0].at)
    return [sample for sample in samples if sample.at >= begin]


def gained(samples: Sequence[Sample], process: str) -> tuple[float, float]:
    """Bytes by the fitted line over the time watched, and bytes an hour.

    The line is Theil and Sen's, the median of the slopes between pairs, which single peaks do not
    move.
    """
    there = [sample for sample in samples if process in sample.memory]
    at = np.array([sample.at for sample in there])
    bytes_ = np.array([float(sample.memory[process]) for sample in there])
    first, second = np.triu_indices(len(at), 1)
    slope = float(np.median((bytes_[second] - bytes_[first]) / (at[second] - at[first])))
    return slope * float(at[-1] - at[0]), slope * 3600


def table(samples: Sequence[Sample]) -> list[str]:
    """Lines of a Markdown table, a line a process that was there all the time."""
    lines = [
        "| process | MB at first | MB at last | gained, MB | an hour, MB |",
        "|---|---|---|---|---|",
    ]
    for process in lasting(samples):
        first, last = (sample.memory[process] / MB for sample in (samples[0], samples[-1]))
        total, hourly = (value / MB for value in gained(samples, process))
        lines.append(
            f"| {process.split()[0]} | {first:.0f} | {last:.0f} | {total:+.1f} | {hourly:+.0f} |"
        )
    ends = (samples[0], samples[-1])
    files, threads = ([getattr(end, name) for end in ends] for name in ("files", "threads"))
    lines.append(f"| app's open files | {files[0]} | {files[1]} | | |")
    lines.append(f"| app's threads | {threads[0]} | {threads[1]} | | |")
    return lines


def lasting(samples: Sequence[Sample]) -> list[str]:
    """The processes of the first sample that are in the last one, too."""
    return [name for name in samples[0].memory if name in samples[-1].memory]


def as_json(watch: Watch) -> list[dict[str, Any]]:
    """All samples."""
    return [vars(sample) for sample in watch.samples]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="folder with mnist.npz; else NNLAB_DATA_DIR")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pupils", type=int, default=8)
    parser.add_argument("--visitors", type=int, default=30, help="who take turns in the places")
    parser.add_argument("--check", action="store_true", help="exit code 1 where memory grows")
    parser.add_argument("--json", type=Path, help="write all samples there")
    parser.add_argument("--log", type=Path, help="keep the app's log there")
    options = parser.parse_args()
    chance = random.Random(0)
    names = [f"{chance.getrandbits(128):032x}" for _ in range(options.visitors)]
    with tempfile.TemporaryDirectory() as folder:
        alone(Path(folder), options.data, 2, names)
        with running_app(Path(folder), options.data) as app:
            watch, told = asyncio.run(lesson(app, names, options))
            if options.log:
                options.log.write_text(app.log.read_text())
    samples = after_warm_up(watch.samples)
    print(f"{told.visits} visits in {options.minutes:g} minutes, after a third of them:")
    print("\n".join(table(samples)))
    print("\n".join(f"- {error}" for error in sorted(set(told.errors))))
    if options.json:
        options.json.write_text(json.dumps(as_json(watch)) + "\n")
    grown = [name for name in lasting(samples) if gained(samples, name)[0] > MOST_GAINED]
    if options.check and (grown or told.errors):
        sys.exit(1)


if __name__ == "__main__":
    main()
