"""From which size on a network trains faster on all cores: `python -m benchmarks.threads`.

Milliseconds a step with one thread and with one a core, by the multiply-adds of a step. This is
where the bound in `nnlab/work/slots.py` comes from.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.contenders.ours import all_images
from nnlab.architecture import summarize
from nnlab.experiment import Conv2D, Dataset, Dense, Experiment, Flatten, MaxPooling2D, Training

IMAGES = 12_800
PASSES = 4
DENSE = [
    (128, 32),
    (128, 128),
    (256, 64),
    (256, 128),
    (512, 32),
    (512, 64),
    (512, 128),
    (1024, 256),
]
CONVOLUTIONS = [(4, 16), (8, 32), (16, 32), (32, 32), (32, 128)]


def experiments() -> dict[str, Experiment]:
    """By a short name."""
    found = {}
    for units, size in DENSE:
        found[f"dense {units}, batch {size}"] = _experiment((Flatten(), Dense(units=units)), size)
    for filters, size in CONVOLUTIONS:
        layers = (Conv2D(filters=filters, padding="valid"), MaxPooling2D(), Flatten())
        found[f"convolution {filters}, batch {size}"] = _experiment(layers, size)
    return found


def _experiment(layers: tuple, size: int) -> Experiment:
    training = Training(epochs=1, batch_size=size)
    return Experiment(dataset=Dataset(name="mnist"), layers=layers, training=training)


def milliseconds_a_step(experiment: Experiment) -> float:
    """The quickest of some passes, in this process, whose threads are set."""
    from nnlab.training.chunks import ChunkedSteps
    from nnlab.training.compiled import CompiledNetwork
    from nnlab.training.device import DeviceImages
    from nnlab.training.feed import feed
    from nnlab.training.kept import Kept

    splits = all_images()
    x, y = splits.x_train[:IMAGES], splits.y_train[:IMAGES]
    data = DeviceImages.of(x, y, splits.info.scale)
    kept = Kept(feed(data, experiment.training))
    steps = ChunkedSteps(CompiledNetwork(experiment, splits), experiment.training, kept)
    taken = []
    for turn in range(PASSES):
        steps.begin_epoch(turn)
        started = time.perf_counter()
        while steps.step < steps.steps_per_epoch:
            steps(None)
        taken.append((time.perf_counter() - started) / steps.steps_per_epoch * 1000)
    return min(taken[1:])


def measure() -> None:
    """In a process of its own: prints the figures as JSON."""
    from nnlab.training.warm_up import warm_up

    warm_up()
    print(json.dumps({name: milliseconds_a_step(e) for name, e in experiments().items()}))


def _with_threads(threads: int) -> dict[str, float]:
    environment = {**os.environ, "NNLAB_WORKER_THREADS": str(threads)}
    command = [sys.executable, "-c", "from benchmarks.threads import measure; measure()"]
    root = Path(__file__).resolve().parents[1]
    answer = subprocess.run(
        command, cwd=root, env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout.splitlines()[-1])


def main() -> None:
    cores = os.cpu_count() or 1
    one, all_ = _with_threads(1), _with_threads(cores)
    print(f"{'':26} million    one thread  {cores} threads   times as fast")
    for name, experiment in experiments().items():
        size = experiment.training.batch_size
        work = summarize(experiment, (28, 28, 1), 10).multiply_adds * int(size) / 1e6
        gain = one[name] / all_[name]
        print(f"{name:26} {work:7.1f}  {one[name]:9.2f} ms  {all_[name]:6.2f} ms  {gain:14.2f}")


if __name__ == "__main__":
    main()
