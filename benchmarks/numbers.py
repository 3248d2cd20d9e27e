"""How many numbers of several digits are taken apart rightly, and how many digits stay whole.

`python -m benchmarks.numbers PEN_DIGITS.json.gz [--count 300]`

Two to four digits of one writer side by side (tests/pen_numbers.py), four kinds: `boxes`, 5 to 40 %
of a digit's width between the boxes around them; `slanted`, as much from ink to ink, row by row, so
that the boxes overlap; `tight`, 2 to 8 %; `touching`, up to 10 % over each other. Each is separated
by its pixels alone and with the strokes. A number is right when the count is and each part has more
than 93 % of its digit's ink, and hardly any of another's.
"""

import argparse
import gzip
import json
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from pen_numbers import Number, number  # noqa: E402 - found by the path above

from nnlab.drawing import Part, separate  # noqa: E402

KINDS = {
    "boxes": ((0.05, 0.4), False),
    "slanted": ((0.05, 0.4), True),
    "tight": ((0.02, 0.08), True),
    "touching": ((-0.1, 0.0), True),
}
INK, SHARE = 64, 0.93

Sample = dict[str, Any]


def composed(writers: list[list[Sample]], kind: str, seed: int) -> Number:
    gap, fitted = KINDS[kind]
    rng = random.Random(f"{kind}{seed}")
    samples = rng.sample(rng.choice(writers), rng.randint(2, 4))
    return number(samples, rng, rng.uniform(*gap), fitted)


def judged(parts: list[Part], drawn: Number) -> tuple[bool, bool]:
    """Whether the count is right, and whether each part is its digit."""
    if len(parts) != len(drawn.inks):
        return False, False
    pairs = [(p.rgba[..., 0] > INK, ink > INK) for p, ink in zip(parts, drawn.inks, strict=True)]
    return True, all((p & i).sum() > SHARE * max(p.sum(), i.sum()) for p, i in pairs)


def line(name: str, found: list[tuple[bool, ...]]) -> str:
    return f"| {name} | " + " | ".join(f"{share:.3f}" for share in np.mean(found, axis=0)) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pen_digits", type=Path)
    parser.add_argument("--count", type=int, default=300, help="numbers of each kind")
    options = parser.parse_args()
    with gzip.open(options.pen_digits, "rt", encoding="utf-8") as file:
        samples: list[Sample] = json.load(file)
    by_writer = defaultdict(list)
    for sample in samples:
        by_writer[sample["writer"]].append(sample)
    writers = [digits for digits in by_writer.values() if len(digits) >= 4]
    print("| kind | count, pixels | right, pixels | count, strokes | right, strokes |")
    for kind in KINDS:
        drawn = [composed(writers, kind, seed) for seed in range(options.count)]
        print(line(kind, [
            (*judged(separate(n.canvas), n), *judged(separate(n.canvas, n.strokes), n))
            for n in drawn
        ]), flush=True)  # fmt: skip
    singles = (number([s], random.Random(i), 0, False) for i, s in enumerate(samples))
    whole = [[len(separate(n.canvas, s)) == 1 for s in (None, n.strokes)] for n in singles]
    by_pixels, by_strokes = np.mean(whole, axis=0)
    print(f"single digits in one piece: pixels {by_pixels:.4f}, strokes {by_strokes:.4f}")


if __name__ == "__main__":
    main()
