"""How it learns: what a run takes over while it trains, and what begins a new one."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

import streamlit as st

from nnlab.experiment import (
    ACTIVATIONS,
    OPTIMIZER_TYPES,
    Dropout,
    Settings,
    bounds,
)
from nnlab.ui.columns import folding_columns
from nnlab.ui.playground.board import Board
from nnlab.ui.playground.loss_choice import loss_choice
from nnlab.ui.playground.structure import activation_of, dropout_of, with_activation, with_dropout
from nnlab.ui.still_drawn import still_drawn

_BATCH_SIZES = (1, 2, 5, 10, 16, 20, 32, 50, 64, 100, 128)
_SEVERAL = "several"


def settings_row(board: Board) -> None:
    """The first four at once, the others with Play from the start."""
    shown = [
        draw
        for path, draw in (
            ("training.optimizer.learning_rate", _learning_rate),
            ("training.l1", lambda b: _penalty(b, "l1")),
            ("training.l2", lambda b: _penalty(b, "l2")),
            ("layers", _dropout),
            ("layers", _activation),
            ("training.optimizer", _optimizer),
            ("training.batch_size", _batch_size),
            ("training.loss", loss_choice),
        )
        if not board.form.hidden(path)
    ]
    if not shown:
        return
    spec = [_WIDTHS.get(draw, 1.0) for draw in shown]
    for column, draw in zip(folding_columns(spec, "learning", narrow=3), shown, strict=True):
        with column:
            draw(board)
    st.caption(
        "Learning rate, penalties and the rate of dropout can be changed while it trains; the"
        " curves show where. Anything else begins anew."
    )


def _live(
    board: Board, label: str, name: str, path: str, settings: Settings, step: float, help: str
) -> None:
    form, field = board.form, path.rsplit(".", 1)[-1]
    low, high = bounds(type(settings), field)
    key = f"exp-{form.generation}-live-{type(settings).__name__}-{field}"

    def take() -> None:
        value = st.session_state[key]
        if value is not None and value != attrgetter(path)(form.experiment):
            board.set_live(name, path, float(value))

    st.number_input(
        label,
        min_value=float(low),
        max_value=float(high),
        value=float(getattr(settings, field)),
        step=step,
        format="%g",
        key=key,
        help=help,
        on_change=still_drawn(board.form, take),
        disabled=form.locked(path),
    )


def _learning_rate(board: Board) -> None:
    optimizer = board.form.experiment.training.optimizer
    _live(
        board, "Learning rate", "learning_rate", "training.optimizer.learning_rate", optimizer,
        optimizer.learning_rate / 2, "Size of each step downhill.",
    )  # fmt: skip


def _penalty(board: Board, field: str) -> None:
    measure = "absolute value" if field == "l1" else "square"
    _live(
        board, f"{field.upper()} penalty", field, f"training.{field}",
        board.form.experiment.training, 0.001,
        f"Added to the loss for every weight's {measure}.",
    )  # fmt: skip


def _dropout(board: Board) -> None:
    form, rate = board.form, dropout_of(board.form.experiment)
    low, high = bounds(Dropout, "rate")
    key = f"exp-{form.generation}-live-dropout"

    def take() -> None:
        value, now = st.session_state[key], dropout_of(form.experiment)
        if value is None or value == (now or 0.0):
            return
        if now is None:
            board.set_layers(with_dropout(form.layers(), value))
        else:
            board.set_dropout(value)

    st.number_input(
        "Dropout",
        float(low),
        float(high),
        rate or 0.0,
        0.05,
        "%.2f",
        key=key,
        help="Share of a layer's outputs that each step sets to 0.",
        on_change=still_drawn(board.form, take),
        disabled=form.locked("layers"),
    )


def _activation(board: Board) -> None:
    form, current = board.form, activation_of(board.form.experiment)
    key = f"exp-{form.generation}-activation-{current}"
    options = [*ACTIVATIONS, *([] if current else [_SEVERAL])]

    def take() -> None:
        if st.session_state[key] not in (_SEVERAL, activation_of(form.experiment)):
            board.set_layers(with_activation(form.layers(), st.session_state[key]))

    st.selectbox(
        "Activation",
        options,
        index=options.index(current or _SEVERAL),
        key=key,
        on_change=still_drawn(board.form, take),
        help="The function applied to each hidden unit's weighted sum. Needs a new start.",
        disabled=form.locked("layers"),
    )


def _optimizer(board: Board) -> None:
    form, current = board.form, board.form.experiment.training.optimizer
    key = f"exp-{form.generation}-optimizer-{current.type}"

    def take() -> None:
        chosen = st.session_state[key]
        if chosen != current.type:
            made = {"type": chosen, "learning_rate": current.learning_rate}
            form.edit("training.optimizer", made)

    _select(
        "Optimizer", list(OPTIMIZER_TYPES), current.type, key, take, board, "training.optimizer"
    )


def _batch_size(board: Board) -> None:
    form, current = board.form, board.form.experiment.training.batch_size
    sizes: list[Any] = sorted({*_BATCH_SIZES, *([] if current == "full" else [int(current)])})
    key = f"exp-{form.generation}-batch-{current}"
    path = "training.batch_size"

    def take() -> None:
        form.edit(path, st.session_state[key])

    _select("Batch size", [*sizes, "full"], current, key, take, board, path)


def _select(
    label: str,
    options: list[Any],
    current: Any,
    key: str,
    take: Callable[[], None],
    board: Board,
    path: str,
) -> None:
    st.selectbox(
        label,
        options,
        index=options.index(current),
        key=key,
        on_change=still_drawn(board.form, take),
        help="Needs a new start.",
        disabled=board.form.locked(path),
    )


# What has long names gets more room.
_WIDTHS = {_learning_rate: 1.15, loss_choice: 1.4}
