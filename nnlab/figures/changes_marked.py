"""Changes of settings while a network trains, marked on its learning curves (Plotly).

A mark has a number: words would stand on the curve, and on each other where marks are close. What
the numbers mean is told below the pointer, and beside the chart by `in_words`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nnlab.experiment import Change
from nnlab.figures import palette

# Marks that stand nearer than this share of the axis are told together.
NEAR = 0.03
# So near to the one before, a number stands in a second row.
CLOSE = 0.08
ROW = 19  # pixels
# So many marks are told in a line of text; the rest is in a table.
MOST_TOLD = 8


@dataclass(frozen=True)
class Mark:
    """One or more changes close to each other, at the first of them; numbers begin with 1."""

    number: int
    epoch: float
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """What it is about; of one setting the last value, as of a slider that was drawn."""
        return words_of(self.changes)


def marks_of(changes: Sequence[Change], steps_per_epoch: int, epochs: float) -> list[Mark]:
    """The marks on an axis of so many epochs.

    Args:
        changes: in the order of their steps.
        steps_per_epoch: of the training.
        epochs: length of the axis.
    """
    groups = _groups(changes, NEAR * epochs * steps_per_epoch)
    return [
        Mark(number, round(group[0].step / steps_per_epoch, 4), tuple(group))
        for number, group in enumerate(groups, 1)
    ]


def with_changes_marked(
    figure: dict[str, Any], changes: Sequence[Change], steps_per_epoch: int, *, low: bool = False
) -> dict[str, Any]:
    """`figure` with a dotted line, and a number on it, where each change takes effect.

    Args:
        figure: of `learning_curves`; left as it is.
        changes: in the order of their steps.
        steps_per_epoch: of the training.
        low: whether the numbers stand at the bottom, as where curves run along the top.
    """
    layout = figure["layout"]
    first, last = layout["xaxis"]["range"]
    marks = marks_of(changes, steps_per_epoch, last - first)
    rows = _rows(marks, CLOSE * (last - first))
    shapes = [*layout.get("shapes", []), *(_line(mark.epoch) for mark in marks)]
    numbers = [_number(mark, row, low) for mark, row in zip(marks, rows, strict=True)]
    notes = [*layout.get("annotations", []), *numbers]
    return {"data": figure["data"], "layout": layout | {"shapes": shapes, "annotations": notes}}


def in_words(marks: Sequence[Mark]) -> str:
    """The marks in a line, e.g. `Marks: 1: learning rate 0.03; 2: 3 weights edited.`"""
    told = [f"{mark.number}: {mark.words}" for mark in marks[:MOST_TOLD]]
    more = len(marks) - len(told)
    return f"Marks: {'; '.join(told)}{f'; and {more} more' if more else ''}."


def words_of(changes: Sequence[Change]) -> str:
    """Several changes as one mark's words, e.g. `learning rate 0.03, 3 weights edited`."""
    last = {change.target: change for change in changes}.values()
    edited = sum(change.field == "weight" for change in last)
    told = [change.words for change in last if change.field != "weight" or edited == 1]
    return ", ".join([*told, *([f"{edited} weights edited"] if edited > 1 else [])])


def _groups(changes: Sequence[Change], near: float) -> list[list[Change]]:
    groups: list[list[Change]] = []
    for change in changes:
        if groups and change.step - groups[-1][0].step < near:
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups


def _rows(marks: Sequence[Mark], close: float) -> list[int]:
    """0, or 1 beside a number in row 0, so that no two of them meet."""
    rows: list[int] = []
    for at, mark in enumerate(marks):
        beside = at > 0 and mark.epoch - marks[at - 1].epoch < close
        rows.append(1 if beside and rows[-1] == 0 else 0)
    return rows


def _line(epoch: float) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "paper", "layer": "below",
        "x0": epoch, "x1": epoch, "y0": 0, "y1": 1,
        "line": {"color": palette.PURPLE, "width": 1.5, "dash": "dot"},
    }  # fmt: skip


def _number(mark: Mark, row: int, low: bool) -> dict[str, Any]:
    """On a ground of its own, so that it can be read also where a curve runs below it."""
    return {
        "x": mark.epoch, "xref": "x", "xanchor": "center",
        "y": 0 if low else 1, "yref": "paper", "yanchor": "bottom" if low else "top",
        "yshift": ROW * row if low else -ROW * row,
        "text": str(mark.number), "hovertext": mark.words, "showarrow": False,
        "font": {"size": 11, "color": palette.ON_CELL}, "bgcolor": palette.CELL_NEUTRAL,
        "bordercolor": palette.PURPLE, "borderwidth": 1, "borderpad": 1,
    }  # fmt: skip
