"""Changes of settings while a network trains, marked on its learning curves (Plotly)."""

from collections.abc import Sequence
from typing import Any

from nnlab.experiment import Change
from nnlab.figures import palette

# Marks that stand nearer than this share of the axis are told together.
NEAR = 0.03
# Of words along a line no more is read.
MOST_WORDS = 34


def with_changes_marked(
    figure: dict[str, Any], changes: Sequence[Change], steps_per_epoch: int, *, low: bool = False
) -> dict[str, Any]:
    """`figure` with a dotted line, and words along it, where each change takes effect.

    Changes close to each other share a line, at the first of them; of one setting the last value
    is told, as of a slider that was drawn.

    Args:
        figure: of `learning_curves`; left as it is.
        changes: in the order of their steps.
        steps_per_epoch: of the training.
        low: whether the words stand at the bottom, as where curves run along the top.
    """
    layout = figure["layout"]
    first, last = layout["xaxis"]["range"]
    groups = _groups(changes, NEAR * (last - first) * steps_per_epoch)
    marks = [(round(group[0].step / steps_per_epoch, 4), words_of(group)) for group in groups]
    shapes = [*layout.get("shapes", []), *(_line(epoch) for epoch, _ in marks)]
    words = [*layout.get("annotations", []), *(_words(*mark, last, low) for mark in marks)]
    return {"data": figure["data"], "layout": layout | {"shapes": shapes, "annotations": words}}


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


def _line(epoch: float) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": "paper", "layer": "below",
        "x0": epoch, "x1": epoch, "y0": 0, "y1": 1,
        "line": {"color": palette.PURPLE, "width": 1.5, "dash": "dot"},
    }  # fmt: skip


def _words(epoch: float, text: str, last: float, low: bool) -> dict[str, Any]:
    inwards = epoch > (1 - NEAR) * last  # beside the axis's end there is no room
    short = text if len(text) <= MOST_WORDS else f"{text[: MOST_WORDS - 1].rstrip(', ')}…"
    return {
        "x": epoch, "xref": "x", "xanchor": "right" if inwards else "left",
        "y": 0 if low else 1, "yref": "paper", "yanchor": "bottom" if low else "top",
        "text": short, "hovertext": text, "textangle": 90, "showarrow": False,
        "font": {"size": 10.5},
    }  # fmt: skip
