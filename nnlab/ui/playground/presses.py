"""What a press in the picture does."""

import math
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from nnlab.experiment import InvalidExperiment, Points, Problem
from nnlab.runs.run import RunNotFound
from nnlab.ui.playground.board import Board
from nnlab.ui.playground.structure import with_another_layer, with_units, without_last_layer


def press(board: Board, asked: Mapping[str, Any]) -> None:
    """Do what the picture asks for; what is not allowed is noted in the form's `refused`.

    Raises:
        KeyError, TypeError, ValueError: no message of the picture.
    """
    kind, stack = asked["kind"], board.form.layers()
    if kind == "layer":
        more = int(asked["by"]) > 0
        board.set_layers(with_another_layer(stack) if more else without_last_layer(stack))
    elif kind == "units":
        board.set_layers(with_units(stack, int(asked["layer"]), 1 if asked["by"] > 0 else -1))
    elif kind == "feature":
        _toggle(board, str(asked["name"]))
    elif kind == "weight":
        _weigh(board, asked)
    else:
        raise ValueError(kind)


def _toggle(board: Board, name: str) -> None:
    points = board.form.experiment.dataset.points or Points()
    features = set(points.features) ^ {name}
    if board.start_edits():
        board.form.edit("training.changes", None)
    board.form.edit(
        "dataset.points", points.model_dump(mode="json") | {"features": sorted(features)}
    )


def _weigh(board: Board, asked: Mapping[str, Any]) -> None:
    value = float(asked["value"])
    if not math.isfinite(value):
        board.form.refused = InvalidExperiment([Problem("weight", "must be a finite number")])
        return
    source = asked["input"]
    try:
        board.set_weight(
            int(asked["layer"]), int(asked["unit"]), None if source is None else int(source), value
        )
    except ValidationError as error:
        board.form.refused = InvalidExperiment([Problem("weight", _why_not(error))])
    except RunNotFound:
        board.run_id = None


def _why_not(error: ValidationError) -> str:
    """What a change's own check says of a value; of a place, that there is no such weight."""
    said = next((each["msg"] for each in error.errors() if each["loc"] == ("value",)), None)
    if said is None:
        return "no such weight"
    return said.removeprefix("Value error, ").removesuffix(" for weight")  # it is named before
