"""How long a press of Step takes until the new picture is there, a changed weight, a new speed.

    python -m benchmarks.steering [--presses 40]

Times are from the call of the engine to the frame of the new step in its file, which a browser
reads every 90 ms; for a change in a paused run, to the engine's answer with the new picture.
Workers of its own, on a home of its own.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

OWNER = "benchmark"
PATIENCE_SECONDS = 30


def main() -> None:
    """Print a line for each network."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=40)
    presses = parser.parse_args().presses
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"NNLAB_HOME": home, "NNLAB_READY_MADE": "0", "NNLAB_LARGE_THREADS": "0"}
        from nnlab.work.engine import Engine

        engine = Engine(n_workers=1).start()
        engine.wait_until_ready()
        try:
            for units in ((4,), (8, 8), (16, 16, 16, 16)):
                _measure(engine, units, presses)
        finally:
            engine.close()


def _measure(engine, units: tuple[int, ...], presses: int) -> None:
    from nnlab.experiment import Change

    experiment = _spiral(units)
    engine.untrained_frame(experiment)
    run_id = engine.train(experiment, OWNER, until_step=0)
    _until(lambda: engine.run(run_id).state == "paused")
    steps, edits = [], []
    for press in range(1, presses + 1):
        steps.append(_timed(lambda: engine.step(run_id, OWNER, 1), run_id, press))
        _until(lambda: engine.run(run_id).state == "paused")
        change = Change(field="weight", layer=0, unit=0, input=0, value=press / presses)
        began = time.perf_counter()
        engine.change(run_id, OWNER, [change])
        engine.plane_frame(run_id, None, OWNER)
        edits.append(time.perf_counter() - began)
    speeds = [_faster(engine, run_id) for _ in range(5)]
    engine.stop(run_id, OWNER)
    name = "-".join(map(str, units))
    told = f"a step {_words(steps)}   an edit {_words(edits)}   a speed {_words(speeds)}"
    print(f"{name:12} {told}", flush=True)


def _faster(engine, run_id: str) -> float:
    """From a speed at which a step takes seconds to another: until the picture moves."""
    engine.resume(run_id, OWNER)
    engine.steer(run_id, OWNER, 0.01)
    time.sleep(0.7)
    file = _file(run_id)
    before, began = _step_in(file), time.perf_counter()
    engine.steer(run_id, OWNER, 5.0)
    _until(lambda: _step_in(file) != before)
    passed = time.perf_counter() - began
    engine.pause(run_id, OWNER)
    _until(lambda: engine.run(run_id).state == "paused")
    return passed


def _spiral(units: tuple[int, ...]):
    from nnlab.experiment import Dataset, Dense, Experiment, Points, Training

    return Experiment(
        dataset=Dataset(name="spiral", points=Points()),
        layers=tuple(Dense(units=n, activation="tanh") for n in units),
        training=Training(epochs=200, batch_size=10),
    )


def _timed(press: Callable[[], None], run_id: str, step: int) -> float:
    file = _file(run_id)
    began = time.perf_counter()
    press()
    _until(lambda: _step_in(file) == step)
    return time.perf_counter() - began


def _file(run_id: str) -> Path:
    from nnlab.runs.feed import feed_folder
    from nnlab.runs.frames import frame_name

    return feed_folder() / frame_name(run_id, OWNER)


def _step_in(file: Path) -> int | None:
    return json.loads(file.read_text())["step"] if file.exists() else None


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)


def _words(seconds: list[float]) -> str:
    worst = sorted(seconds)[int(0.95 * (len(seconds) - 1))]
    return f"{1000 * statistics.median(seconds):5.0f} ms ({1000 * worst:.0f} at 95 %)"


if __name__ == "__main__":
    main()
