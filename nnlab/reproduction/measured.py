"""The figures that come with the product: made by `reproduce --all --write`, never typed."""

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from nnlab.recipes import RECIPES, Recipe
from nnlab.reproduction.comparison import Comparison

FILE = Path(__file__).with_name("measured.json")


@dataclass(frozen=True)
class Measured:
    """What one recipe gave: a list of values (one a seed) for each published figure, in order.

    `fingerprint` is the experiment's: figures of another experiment are not shown as this one's.
    `seconds` is the time that all its runs spent in training.
    """

    fingerprint: str
    seconds: float
    ours: tuple[tuple[float, ...], ...]


def measured(recipe: str) -> list[Comparison]:
    """The published figures of the recipe by that name beside those that come with the product.

    Without values where the recipe has changed since.
    """
    published = RECIPES[recipe].published
    found = kept().get(recipe)
    if found is None or found.fingerprint != RECIPES[recipe].experiment.fingerprint():
        return [Comparison(figure, ()) for figure in published]
    return [Comparison(*pair) for pair in zip(published, found.ours, strict=True)]


def latest(recipe: Recipe, here: Sequence[Comparison]) -> list[Comparison]:
    """`here`, what was run on this computer; each figure not run yet as it comes with the product.

    Args:
        recipe: whose figures.
        here: a comparison for each of its published figures, in order.
    """
    pairs = zip(here, measured(recipe.name), strict=True)
    return [run if run.ours else shipped for run, shipped in pairs]


@functools.cache
def kept() -> dict[str, Measured]:
    """All of them by the recipe's name."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        name: Measured(
            entry["fingerprint"], entry["seconds"], tuple(tuple(row) for row in entry["ours"])
        )
        for name, entry in data.items()
    }


def write_measured(found: Mapping[str, Measured]) -> None:
    """Put new figures in the place of the old ones; those of other recipes stay."""
    merged = {**kept(), **found}
    data = {name: asdict(merged[name]) for name in RECIPES if name in merged}
    FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    kept.cache_clear()
