"""How many digits of real hands are read right: drawn anywhere, at any size, with any pen.

`python -m benchmarks.drawing PEN_DIGITS.json.gz [--recipe handwriting-ready] [--json FILE]`

The file holds dicts with `label`, `writer`, `source` and `strokes` (lists of (x, y), longer side 1,
y down).
Each digit is drawn at a random place of a 280 px canvas, at 35 to 80 % of it, with a pen of 12 to
24 px, and read twice: prepared as on the Draw page, and only shrunk as in most demonstrations.
"""

import argparse
import gzip
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from pen import anywhere  # noqa: E402 - found by the path above

from benchmarks.service import OWNER, wait, warm_engine  # noqa: E402
from nnlab.drawing import prepare_in_stages  # noqa: E402
from nnlab.recipes import FIRST_RECIPE, HANDWRITING_READY, RECIPES  # noqa: E402
from nnlab.work.engine import Engine  # noqa: E402

AT_ONCE = 500


@dataclass
class Drawn:
    """All samples, ready for a network: (n, 28, 28) each, and what they are."""

    prepared: NDArray[np.float32]
    shrunk: NDArray[np.float32]
    labels: NDArray[np.int64]
    sources: NDArray[np.str_]
    writers: int


def draw(path: Path, seed: int = 0) -> Drawn:
    """Every sample of the file, drawn once."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        samples: list[dict[str, Any]] = json.load(file)
    rng = random.Random(seed)
    prepared, shrunk = [], []
    for sample in samples:
        canvas = anywhere(sample["strokes"], rng)
        stages = prepare_in_stages(canvas)
        assert stages is not None, "a sample without ink"
        prepared.append(stages.seen)
        shrunk.append(stages.shrunk)
    return Drawn(
        np.stack(prepared),
        np.stack(shrunk),
        np.array([sample["label"] for sample in samples]),
        np.array([sample["source"] for sample in samples]),
        len({(sample["source"], sample["writer"]) for sample in samples}),
    )


def read(engine: Engine, run_id: str, images: NDArray[np.float32]) -> NDArray[np.int64]:
    """The class that the run's network gives each image."""
    parts = [
        engine.predict(run_id, images[start : start + AT_ONCE], OWNER)
        for start in range(0, len(images), AT_ONCE)
    ]
    return np.concatenate(parts).argmax(axis=1)


def figures(engine: Engine, recipe: str, drawn: Drawn) -> dict[str, Any]:
    """Trains the recipe; shares of digits read right, and the commonest confusions."""
    started = time.perf_counter()
    run_id = engine.train(RECIPES[recipe].experiment, OWNER)
    wait(engine, [run_id])
    seconds = time.perf_counter() - started
    run = engine.run(run_id)
    answers, of_shrunk = (read(engine, run_id, x) for x in (drawn.prepared, drawn.shrunk))
    right = answers == drawn.labels
    wrong = zip(drawn.labels[~right], answers[~right], strict=True)
    return {
        "seconds": seconds,
        "digits": len(drawn.labels),
        "writers": drawn.writers,
        "test accuracy": run.test_accuracy,
        "prepared": float(right.mean()),
        "shrunk": float((of_shrunk == drawn.labels).mean()),
        "by source": {s: float(right[drawn.sources == s].mean()) for s in np.unique(drawn.sources)},
        "by digit": [float(right[drawn.labels == digit].mean()) for digit in range(10)],
        "confusions": Counter(f"{a} read as {b}" for a, b in wrong).most_common(8),
    }


def table(found: dict[str, dict[str, Any]]) -> list[str]:
    """Lines for a page."""
    lines = []
    for recipe, values in found.items():
        lines.append(
            f"{recipe}: {values['digits']:,} digits by {values['writers']} writers; trained in "
            f"{values['seconds']:.0f} s, test accuracy {values['test accuracy']:.4f}"
        )
        lines.append(f"  prepared {values['prepared']:.4f}, only shrunk {values['shrunk']:.4f}")
        sources = ", ".join(f"{name} {share:.3f}" for name, share in values["by source"].items())
        lines.append(f"  by source: {sources}")
        digits = ", ".join(f"{digit} {share:.3f}" for digit, share in enumerate(values["by digit"]))
        lines.append(f"  by digit: {digits}")
        confusions = ", ".join(f"{what} {times} times" for what, times in values["confusions"])
        lines.append(f"  most often: {confusions}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pen_digits", type=Path)
    parser.add_argument("--recipe", action="append", choices=list(RECIPES), default=[])
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    drawn = draw(options.pen_digits)
    with warm_engine() as engine:
        recipes = options.recipe or [FIRST_RECIPE, HANDWRITING_READY]
        found = {recipe: figures(engine, recipe, drawn) for recipe in recipes}
    print("\n".join(table(found)))
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
