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
_LEVEL_NAME = 3


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
    counts: NDArray[np.integer[Any]],
    class_names: Sequence[str],
    normalised: bool,
    things: str = "images",
) -> Cells:
    """What stands in each cell.

    Right answers are blue, mistakes red on a logarithmic scale of their share of the true class:
    beside a thousand right answers five mistakes would not be seen otherwise.

    Args:
        counts: images by true class (row) and predicted class (column), int (classes, classes).
        class_names: in the order of the class numbers.
        normalised: write shares of the true class instead of numbers of images.
        things: what is counted, in the plural.

    Raises:
        ValueError: `counts` is not (classes, classes).
    """
    classes = len(class_names)
    if counts.shape != (classes, classes):
        raise ValueError(f"need a square of {classes} classes, got {counts.shape}")
    numbers, shares = counts.tolist(), normalise_rows(counts).tolist()
    places = [[(row, column) for column in range(classes)] for row in range(classes)]

    def told(row: int, column: int) -> str:
        names = class_names[row], class_names[column]
        return cell_words(names, numbers[row][column], shares[row][column], things)

    return Cells(
        [[_text(numbers[r][c], shares[r][c], normalised, classes) for r, c in row]
         for row in places],
        _colours(counts),
        [[told(*place) for place in row] for row in places],
    )  # fmt: skip


def too_long(class_names: Sequence[str]) -> bool:
    """Whether the names of classes do not fit side by side below the narrowest cells."""
    return max(map(len, class_names)) > _LEVEL_NAME


def cell_words(names: tuple[str, str], count: int, share: float, things: str) -> str:
    """One cell as a sentence; `names` are those of the true and the predicted class."""
    true, predicted = names
    counted = f"{count:,} {things[:-1] if count == 1 else things}"
    return f"true {true}, predicted {predicted}: {counted} ({share:.1%} of class {true})"


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
