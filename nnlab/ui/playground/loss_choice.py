"""Which loss the Playground's network makes small."""

import streamlit as st

from nnlab.datasets import info_of
from nnlab.experiment import LOSSES, OUTPUTS, loss_of
from nnlab.ui.playground.board import Board
from nnlab.ui.still_drawn import still_drawn

_PATH = "training.loss"
# As short as the row of settings needs them; the help says them in full.
_NAMES = {
    "sparse_categorical_crossentropy": "cross-entropy",
    "categorical_focal_crossentropy": "focal",
    "categorical_hinge": "hinge",
    "mean_squared_error": "squared error",
    "mean_absolute_error": "absolute error",
    "huber": "Huber",
}
_HELP = {
    "classification": "Squared error compares probabilities with 0 and 1, as TensorFlow Playground"
    " does. Needs a new start.",
    "regression": "Squared error minds large misses most, absolute error minds all alike; Huber is"
    " squared for small misses and absolute for large ones. Needs a new start.",
}


def loss_choice(board: Board) -> None:
    """A select box of the losses that suit the data; the output follows where a loss needs it."""
    form = board.form
    experiment = form.experiment
    task = info_of(experiment.dataset).task
    options, current = list(LOSSES[task]), loss_of(experiment, task)
    shown = options if current in options else [*options, current]
    key = f"exp-{form.generation}-loss-{task}-{current}"
    st.selectbox(
        "Loss",
        shown,
        index=shown.index(current),
        key=key,
        format_func=lambda name: _NAMES[name],
        help=_HELP[task],
        disabled=form.locked(_PATH),
        on_change=still_drawn(form, lambda: _take(board, st.session_state[key])),
    )


def _take(board: Board, name: str) -> None:
    form = board.form
    experiment = form.experiment
    task = info_of(experiment.dataset).task
    if name == loss_of(experiment, task):
        return
    allowed = LOSSES[task].get(name, OUTPUTS[task])
    if experiment.output.activation not in allowed:
        if form.locked("output.activation"):
            return  # `check` would refuse the pair
        form.edit("output.activation", allowed[0])
    form.edit(_PATH, None if name == next(iter(LOSSES[task])) else name)
