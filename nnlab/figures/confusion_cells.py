"""The cells of a confusion matrix: text, colour, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import normalise_rows
from nnlab.figures import palette

# With more classes than this the numbers would not fit into their cells.
WRITTEN_CLASSES = 15
# Shares of mistakes outside these bounds look like the bounds.
LOWEST, HIGHEST = 0.001, 0.2


@dataclass(frozen=True)
class Cells:
    """A confusion matrix to be drawn; each list has a row for each true class.

    Attributes:
        texts: written in the cells; empty where there is nothing or no room.
        colours: "#rrggbb", empty for a cell without images.
        words: each cell as a sentence.
    """

    texts: list[list[str]]
    colours: list[list[str]]
    words: list[list[str]]


def cells_of(
    counts: NDArray[np.integer[Any]], class_names: Sequence[str], normalised: bool
) -> Cells:
    """What stands in each cell.

    Right answers are blue, mistakes red on a logarithmic scale of their share of the true class:
    beside a thousand right answers five mistakes would not be seen otherwise.

    Args:
        counts: images by true class (row) and predicted class (column), int (classes, classes).
        class_names: in the order of the class numbers.
        normalised: write shares of the true class instead of numbers of images.

    Raises:
        ValueError: `counts` is not (classes, classes).
    """
    classes = len(class_names)
    if counts.shape != (classes, classes):
        raise ValueError(f"need a square of {classes} classes, got {counts.shape}")
    numbers, shares = counts.tolist(), normalise_rows(counts).tolist()
    places = [[(row, column) for column in range(classes)] for row in range(classes)]
    return Cells(
        [[_text(numbers[r][c], shares[r][c], normalised, classes) for r, c in row]
         for row in places],
        _colours(counts),
        [[cell_words(class_names[r], class_names[c], numbers[r][c], shares[r][c]) for r, c in row]
         for row in places],
    )  # fmt: skip


def cell_words(true: str, predicted: str, count: int, share: float) -> str:
    """One cell as a sentence."""
    images = "1 image" if count == 1 else f"{count:,} images"
    return f"true {true}, predicted {predicted}: {images} ({share:.1%} of class {true})"


def short_share(share: float) -> str:
    """A per cent of few characters: 0.3%, 12%; what would round to nothing is <0.1%."""
    if share < 0.0005:
        return "<0.1%"
    return f"{share:.1%}" if share < 0.0995 else f"{share:.0%}"


def _text(count: int, share: float, normalised: bool, classes: int) -> str:
    if not count or classes > WRITTEN_CLASSES:
        return ""
    return short_share(share) if normalised else str(count)


def _colours(counts: NDArray[np.integer[Any]]) -> list[list[str]]:
    shares = normalise_rows(counts)
    with np.errstate(divide="ignore"):
        wrong = np.log10(shares / LOWEST) / np.log10(HIGHEST / LOWEST)
    right = np.eye(len(shares), dtype=bool)
    strength = np.where(right, shares, np.clip(wrong, 0, 1))
    scales = (_scale(palette.CELL_WRONG), _scale(palette.CELL_RIGHT))
    return [
        [scales[int(right[r, c])][round(value * 255)] if shares[r, c] > 0 else ""
         for c, value in enumerate(row)]
        for r, row in enumerate(strength.tolist())
    ]  # fmt: skip


def _scale(colour: str) -> list[str]:
    """256 colours from the neutral one to `colour`."""
    ends = np.array([[int(each[i : i + 2], 16) for i in (1, 3, 5)]
                     for each in (palette.CELL_NEUTRAL, colour)])  # fmt: skip
    steps = np.linspace(ends[0], ends[1], 256).round().astype(int)
    return ["#" + bytes(step.tolist()).hex() for step in steps]
