"""The live picture of a network on points: how soon, how often, and at what price.

`python -m benchmarks.playground [--rounds 5]`. An engine with one worker trains the
spiral's 500 points with three hidden layers of 8 units and batches of 10:

- the first frame after Play, where the page has asked for the untrained picture before, as it
  always does, and where it has not;
- frames a second while it trains alone, 200 epochs of one pass each;
- the same training in this process with frames and without, in turn, in seconds of a processor.
"""

import argparse
import dataclasses
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from nnlab.datasets import Splits, load_splits
from nnlab.experiment import Dataset, Dense, Experiment, Points, Training
from nnlab.runs.feed import feed_folder
from nnlab.runs.frames import FrameFile, frame_name
from nnlab.work.engine import Engine
from nnlab.work.live_frames import ALONE_SECONDS
from nnlab.work.newest import NewestOnly

OWNER = "benchmark"
WAIT_SECONDS = 120.0
EPOCHS = 200


def spiral(units: int = 8, seed: int = 0) -> Experiment:
    return Experiment(
        dataset=Dataset(name="spiral", points=Points(count=500)),
        layers=tuple(Dense(units=units, activation="tanh") for _ in range(3)),
        training=Training(epochs=EPOCHS, batch_size=10, seed=seed),
    )


def until(found: Callable[[], bool]) -> float:
    """Seconds until it holds."""
    began = time.perf_counter()
    while not found():
        if time.perf_counter() - began > WAIT_SECONDS:
            raise TimeoutError
        time.sleep(0.002)
    return time.perf_counter() - began


class Watched:
    """The frame file of a run, as a browser reads it."""

    def __init__(self, run_id: str) -> None:
        self.path: Path = feed_folder() / frame_name(run_id, OWNER)

    def step(self) -> int | None:
        """Of the newest frame, None before the first."""
        try:
            return int(json.loads(self.path.read_text())["step"])
        except FileNotFoundError:
            return None

    def frames_a_second(self, last: int) -> float:
        """Files that come in the place of the one before, up to that of step `last`."""
        seen, began = set(), time.perf_counter()
        while self.step() != last:
            seen.add(self.path.stat().st_mtime_ns)
            time.sleep(0.005)
        return len(seen) / (time.perf_counter() - began)


def end(engine: Engine, run_id: str) -> None:
    engine.stop(run_id, OWNER)
    until(lambda: not engine.run(run_id).active)
    engine.delete(run_id, OWNER)


def play(engine: Engine, experiment: Experiment) -> tuple[float, float, float]:
    """Seconds to the first frame and to the first that has moved, and frames a second then."""
    began = time.perf_counter()
    run_id = engine.train(experiment, OWNER)
    watched = Watched(run_id)
    until(lambda: watched.step() is not None)
    first = time.perf_counter() - began
    until(lambda: bool(watched.step()))
    moved = time.perf_counter() - began
    often = watched.frames_a_second(engine.run(run_id).steps)
    end(engine, run_id)
    return first, moved, often


def by_the_engine(rounds: int) -> list[str]:
    """Rows of the table."""
    prepared, cold, untrained = [], [], []
    engine = Engine(n_workers=1).start()
    engine.wait_until_ready(WAIT_SECONDS)
    try:
        for number in range(rounds):
            cold.append(play(engine, spiral(units=20 + number)))
            shown = spiral(units=8 + number)
            began = time.perf_counter()
            engine.untrained_frame(shown)
            untrained.append(time.perf_counter() - began)
            time.sleep(4)  # to look at it, and press Play
            prepared.append(play(engine, shown))
    finally:
        engine.close()
    return [
        _row("picture before training, a structure that is new", untrained),
        _row("first frame after Play, made ready before", [first for first, _, _ in prepared]),
        _row("first frame that has moved, made ready", [moved for _, moved, _ in prepared]),
        _row("first frame after Play, a structure that is new", [first for first, _, _ in cold]),
        _row("first frame that has moved, one that is new", [moved for _, moved, _ in cold]),
        _row("frames a second, trained alone", [often for _, _, often in prepared], "1/s", 1),
    ]


def _row(name: str, values: list[float], unit: str = "s", digits: int = 2) -> str:
    median, low, high = (
        f"{value:.{digits}f}" for value in (statistics.median(values), min(values), max(values))
    )
    return f"| {name}, {unit} | {median} | {low} to {high} |"


def cost(rounds: int) -> list[str]:
    """The same training with frames and without, in turn."""
    from nnlab.training.warm_up import warm_up

    os.environ["NNLAB_WORKER_THREADS"] = "1"
    warm_up()
    experiment = spiral()
    splits = load_splits(experiment.dataset)
    _train(experiment, splits, frames=True)  # traces
    pairs = [
        (_train(experiment, splits, frames=False), _train(experiment, splits, frames=True))
        for _ in range(rounds)
    ]
    return [
        _row(f"{EPOCHS} epochs without frames", [plain for plain, _ in pairs]),
        _row(f"{EPOCHS} epochs with frames", [with_ for _, with_ in pairs]),
        _row("ratio", [with_ / plain for plain, with_ in pairs], "with / without", 3),
        _row("one frame", _milliseconds_a_frame(experiment, splits), "ms", 1),
    ]


def _train(experiment: Experiment, splits: Splits, *, frames: bool) -> float:
    """Seconds of a processor, all threads together."""
    from nnlab.training.fit import fit
    from nnlab.training.frames import Frames
    from nnlab.training.kept import Kept
    from nnlab.training.practice import Nobody
    from nnlab.training.workshop import compiled_network

    kept = Kept.of(experiment, splits, records=True)
    with (
        NewestOnly(FrameFile("benchmark", OWNER).write, "frames") as newest,
        compiled_network(experiment, splits) as compiled,
    ):
        if frames:
            every = Frames("benchmark", experiment, splits, newest.put, lambda: ALONE_SECONDS)
            kept = dataclasses.replace(kept, frames=every)
        began = time.process_time()
        fit(experiment, splits, Nobody(), compiled=compiled, kept=kept)
        return time.process_time() - began


def _milliseconds_a_frame(experiment: Experiment, splits: Splits) -> list[float]:
    from nnlab.models.plane_frame import Plane, frame_of
    from nnlab.training.workshop import compiled_network

    plane, found = Plane.of(experiment.dataset, splits), []
    known = {"loss": 0.5, "accuracy": 0.5}
    with compiled_network(experiment, splits) as compiled:
        for _ in range(100):
            began = time.perf_counter()
            frame_of(compiled.model, plane, train=known)
            found.append(1000 * (time.perf_counter() - began))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ |= {"NNLAB_READY_MADE": "0", "NNLAB_LARGE_THREADS": "0"}
    with tempfile.TemporaryDirectory() as home:
        os.environ["NNLAB_HOME"] = home
        print("| | median | |")
        print("|---|---|---|")
        for row in by_the_engine(options.rounds):
            print(row, flush=True)
        for row in cost(options.rounds):
            print(row, flush=True)


if __name__ == "__main__":
    main()
