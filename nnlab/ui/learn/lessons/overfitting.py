"""A real run of the visitor's, and the moment when it begins to memorise."""

from typing import Any

import numpy as np
import streamlit as st

from nnlab.experiment import (
    Adam,
    Dataset,
    Dense,
    Dropout,
    EarlyStopping,
    Experiment,
    Flatten,
    Training,
)
from nnlab.figures.overfitting import Marks, overfitting_curves
from nnlab.runs.history import History
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.ui.learn.desk import Desk
from nnlab.ui.learn.own_run import begin, end, history_of, open_on_train, own_runs
from nnlab.ui.live_chart import live_chart
from nnlab.ui.once import once
from nnlab.ui.sliders import Slider
from nnlab.ui.wording import percent, time_left

EPOCHS = 40
SET, IN_ALL, HELD_OUT = "mnist_5k", 5000, 1000
LEARNING_RATE = 0.002
UNITS = ("32", "128", "512")
LOOK_EVERY_SECONDS = 0.3
_STYLE = """
<style>
  .st-key-overfitting-words {min-height: 6.5rem;}
  .st-key-overfitting-controls button {white-space: nowrap;}
</style>
"""


def show(desk: Desk) -> None:
    """The picture and its controls; redraws itself while a run goes on."""
    desk.start(images=300, rate=0.0, units="512", early=False, epoch=EPOCHS)
    run, before = own_runs(desk)
    st.html(_STYLE)
    _controls(desk, run)
    weights = desk.ask("parameters", units=int(desk.values["units"]))
    history = history_of(desk, run)
    marks = _marks(desk, history)
    figure = overfitting_curves(
        history.point_columns(),
        history.epoch_columns(),
        EPOCHS,
        marks,
        history_of(desk, before).epoch_columns(),
    )
    words = _gap(history, marks)
    live_chart(figure, "overfitting", words)
    desk.sliders(Slider("epoch", "Epoch", 1, EPOCHS, 1, digits=0, play=True), key="epoch")
    with st.container(key="overfitting-words", gap="xxsmall"):
        st.caption(words)
        st.caption(f"{_turn(history, marks, run)} {_status(desk, run, weights)}")
    desk.numbers(_table(history))
    if run is not None and not run.active:
        open_on_train(run)
    desk.every = LOOK_EVERY_SECONDS if run is not None and run.active else None


def _controls(desk: Desk, run: Run | None) -> None:
    desk.sliders(
        Slider("images", "Training images", 100, 3000, 100, digits=0),
        Slider("rate", "Dropout rate", 0, 0.8, 0.1, digits=1),
    )
    with st.container(key="overfitting-controls", horizontal=True, vertical_alignment="bottom"):
        desk.choice("Units", "units", UNITS)
        desk.switch("Early stopping", "early")
        if run is not None and run.active:
            asked = run.requested is not None
            _button("Stop", "stop", disabled=asked, on_click=lambda: end(desk))
        else:
            _button("Train", "play_arrow", type="primary", on_click=once(lambda: _train(desk)))


def _button(label: str, icon: str, **options: Any) -> None:
    st.button(label, icon=f":material/{icon}:", key=f"overfitting-{label}", **options)


def _train(desk: Desk) -> None:
    desk.values["epoch"] = EPOCHS  # the mark runs along with the curve
    begin(desk, experiment_of(desk.values))


def experiment_of(values: dict[str, Any]) -> Experiment:
    """What `nnlab.lessons.overfitting` shows, as an Experiment.

    Args:
        values: `images` to train on, `units`, dropout `rate`, `early` stopping or not.
    """
    images, units, rate = int(values["images"]), int(values["units"]), values["rate"]
    return Experiment(
        name=f"Overfitting: {images} images, {units} units, dropout {rate:.1f}",
        # Neither trained on nor held out: the rest is for testing.
        dataset=Dataset(name=SET, test_size=IN_ALL - HELD_OUT - images, validation_size=HELD_OUT),
        layers=(Flatten(), Dense(units=units), Dropout(rate=round(rate, 2))),
        training=Training(
            epochs=EPOCHS,
            optimizer=Adam(learning_rate=LEARNING_RATE),
            early_stopping=EarlyStopping(restore_best_weights=False) if values["early"] else None,
        ),
    )


def _marks(desk: Desk, history: History) -> Marks:
    losses = tuple(record.val_loss for record in history.epochs if record.val_loss is not None)
    if not losses:
        return Marks()
    return Marks(
        at=min(int(desk.values["epoch"]), len(losses)),
        lowest=int(np.argmin(losses)) + 1,
        stop=desk.ask("stopping_epoch", val_loss=losses),
    )


def _gap(history: History, marks: Marks) -> str:
    """What the mark shows."""
    if marks.at is None:
        return "Press **Train** and follow both losses, epoch by epoch."
    record = history.epochs[marks.at - 1]
    assert record.val_loss is not None
    return (
        f"Epoch {record.epoch}: training loss {record.loss:.3f}, validation loss "
        f"{record.val_loss:.3f}, **gap {_signed(record.val_loss - record.loss)}**. Right: "
        f"{percent(record.accuracy)} of the training images, "
        f"{percent(record.val_accuracy)} of the validation images."
    ).replace(" %", "\u00a0%")


def _signed(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


def _turn(history: History, marks: Marks, run: Run | None) -> str:
    """Where the validation loss turned, and what early stopping makes of it."""
    if marks.lowest is None or run is None:
        return ""
    lowest = history.epochs[marks.lowest - 1].val_loss
    words = f"Lowest validation loss: {lowest:.3f}, epoch {marks.lowest} (★)."
    if marks.stop is None:
        return words
    did = "ended it" if run.experiment.training.early_stopping else "would have ended it"
    return f"{words} Early stopping {did} after epoch {marks.stop}."


def _status(desk: Desk, run: Run | None, weights: int) -> str:
    if run is None or not run.active:
        images = int(desk.values["images"])
        trouble = f"{run.message} " if run and run.message else ""
        return f"{trouble}Next run: {weights:,} weights, {images:,} images."
    if run.requested:
        return "Stopping …"
    if run.state == RunState.QUEUED:
        return "Waiting for a worker that is free."
    left = "" if run.seconds_left is None else f", {time_left(run.seconds_left)}"
    return f"Training: epoch {min(run.epoch + 1, EPOCHS)} of {EPOCHS}{left}."


def _table(history: History) -> dict[str, list[Any]]:
    names = {
        "epoch": "epoch",
        "loss": "training loss",
        "val_loss": "validation loss",
        "accuracy": "training accuracy",
        "val_accuracy": "validation accuracy",
    }
    columns = history.epoch_columns()
    return {
        title: [None if value is None else round(value, 4) for value in columns[name]]
        for name, title in names.items()
    }
