"""What fine-tuning on one's own digits gains: one half of a writer's digits, tried on the other.

`python -m benchmarks.fine_tuning PEN_DIGITS.json.gz [--compare] [--json FILE]`, with MNIST in
`NNLAB_DATA_DIR`. The file is as for `benchmarks.drawing`. Each writer with at least 20 digits has
them drawn at random places and sizes with one pen, as on the Draw page; every other one, digit by
digit, is learned from and the rest is read before and after. `--compare` tries other settings.
"""

import argparse
import gzip
import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

from nnlab.datasets import load_splits
from nnlab.experiment import Experiment
from nnlab.handwriting import fine_tuning
from nnlab.handwriting.halves import halves
from nnlab.handwriting.rendering import SIDE, prepared
from nnlab.models.state import begin_with, read_state
from nnlab.recipes import FIRST_RECIPE, RECIPES
from nnlab.runs.drawings import Drawing, KeptDrawing
from nnlab.runs.run import utc_now
from nnlab.training.evaluate import evaluate
from nnlab.training.fit import fit
from nnlab.training.warm_up import warm_up
from nnlab.training.workshop import compiled_network

LEAST = 20  # digits of a writer
# Compared: each of these in place of what the Draw page takes, the others as they are.
OTHERS = {
    "REPLAYED": (1_000, 2_000, 10_000),
    "SHARE": (0.1, 0.5),
    "RATE": (0.1, 0.5, 1.0),
    "EPOCHS": (1, 2, 5),
}


class Deaf:
    """Hears of a training and asks for nothing."""

    def point(self, point: Any) -> None: ...
    def epoch(self, record: Any) -> None: ...
    def moment(self, moment: Any) -> None: ...

    def checkpoint(self, checkpoint: Any, *, best: bool = False) -> None: ...
    def requested(self) -> None: ...


@dataclass(frozen=True)
class Trained:
    """An experiment, its weights and its accuracy on the test images."""

    experiment: Experiment
    weights: dict[str, Any]
    accuracy: float


@dataclass(frozen=True)
class Gain:
    """One writer: digits kept back, how many were read right, test accuracy after."""

    writer: str
    learned: int
    held: int
    before: int
    after: int
    accuracy: float


def writers(path: Path, seed: int = 0) -> dict[str, list[KeptDrawing]]:
    """The drawings of each writer with enough of them."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        samples = json.load(file)
    by_writer: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for sample in samples:
        by_writer[f"{sample['source']}-{sample['writer']}"].append(sample)
    rng = random.Random(seed)
    return {name: _drawings(found, rng) for name, found in by_writer.items() if len(found) >= LEAST}


def _drawings(samples: list[dict[str, Any]], rng: random.Random) -> list[KeptDrawing]:
    pen = rng.uniform(14, 29)
    return [KeptDrawing(i, utc_now(), _placed(s, pen, rng)) for i, s in enumerate(samples)]


def _placed(sample: dict[str, Any], pen: float, rng: random.Random) -> Drawing:
    side = rng.uniform(0.35, 0.80) * SIDE - pen
    width, height = np.ptp(np.concatenate([np.asarray(s) for s in sample["strokes"]]), axis=0)
    left = rng.uniform(pen / 2, SIDE - pen / 2 - width * side)
    top = rng.uniform(pen / 2, SIDE - pen / 2 - height * side)
    strokes = tuple(
        tuple((left + x * side, top + y * side) for x, y in stroke) for stroke in sample["strokes"]
    )
    return Drawing(sample["label"], SIDE, (pen,) * len(strokes), strokes)


def train(experiment: Experiment, start: dict[str, Any] | None = None) -> Trained:
    """Trains in this process, from the seed's weights or from `start`."""
    splits = load_splits(experiment.dataset)
    with compiled_network(experiment, splits) as compiled:
        if start is not None:
            begin_with(compiled.model, start)
        fit(experiment, splits, Deaf(), None, compiled)
        accuracy = evaluate(compiled, splits).accuracy
        return Trained(experiment, read_state(compiled.model), accuracy)


def right(trained: Trained, drawings: tuple[KeptDrawing, ...]) -> int:
    """How many of the drawings the network reads right."""
    images = np.stack([prepared(kept.drawing, 28) for kept in drawings])
    labels = np.array([kept.drawing.label for kept in drawings])
    splits = load_splits(trained.experiment.dataset)
    with compiled_network(trained.experiment, splits) as compiled:
        begin_with(compiled.model, trained.weights)
        answers = np.asarray(compiled.model(images[..., np.newaxis], training=False))
    return int((answers.argmax(axis=1) == labels).sum())


def gain(base: Trained, writer: str, drawings: list[KeptDrawing]) -> Gain:
    """Fine-tunes on one half and reads the other."""
    learned, held = halves(drawings)
    drawn = fine_tuning.freeze([kept.drawing for kept in learned], base.experiment.dataset.name)
    after = train(fine_tuning.fine_tuned(base.experiment, "base", drawn), base.weights)
    counts = right(base, held), right(after, held)
    return Gain(writer, len(learned), len(held), *counts, after.accuracy)


def settings() -> Iterator[dict[str, Any]]:
    """Those that are compared, first of all the Draw page's own."""
    yield {}
    for name, values in OTHERS.items():
        yield from ({name: value} for value in values)


def summary(gains: list[Gain]) -> str:
    held = sum(g.held for g in gains)
    before, after = sum(g.before for g in gains), sum(g.after for g in gains)
    worse = sum(g.after < g.before for g in gains)
    tests = [g.accuracy for g in gains]
    return (
        f"{len(gains)} writers, {held} digits kept back: {before / held:.4f} → {after / held:.4f}; "
        f"worse for {worse} writers; test images {np.mean(tests):.4f}, at least {min(tests):.4f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pen_digits", type=Path)
    parser.add_argument("--compare", action="store_true", help="other settings as well")
    parser.add_argument("--writers", type=int, help="only so many")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, mock.patch.dict("os.environ", NNLAB_HOME=home):
        _measure(options)


def _measure(options: argparse.Namespace) -> None:
    warm_up()
    base = train(RECIPES[FIRST_RECIPE].experiment)
    print(f"{FIRST_RECIPE}: test images {base.accuracy:.4f}", flush=True)
    found = dict(list(writers(options.pen_digits).items())[: options.writers])
    for chosen in settings() if options.compare else [{}]:
        with mock.patch.multiple(fine_tuning, **chosen) if chosen else mock.MagicMock():
            gains = [gain(base, *item) for item in found.items()]
        print(chosen or "as on the Draw page", summary(gains), flush=True)
    if not options.compare:
        for g in gains:
            print(f"| {g.writer} | {g.learned} | {g.before} → {g.after} of {g.held} |")
    if options.json:
        options.json.write_text(json.dumps([vars(g) for g in gains], indent=2) + "\n")


if __name__ == "__main__":
    main()
