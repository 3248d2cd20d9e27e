"""How to train: optimizer, schedule, regularisation, early stopping and augmentation."""

from collections.abc import Callable

import streamlit as st

from nnlab.datasets import info_of
from nnlab.experiment import (
    LOSSES,
    NAME_LENGTH,
    OPTIMIZER_TYPES,
    SCHEDULE_TYPES,
    EarlyStopping,
    InvalidExperiment,
    Settings,
    loss_of,
)
from nnlab.ui.controls import alternative, choice, number, row, switch, text
from nnlab.ui.loss_names import LOSS_NAMES
from nnlab.ui.state import State
from nnlab.ui.still_drawn import still_drawn
from nnlab.ui.train.augmentation import augmentation
from nnlab.ui.train.changes import planned_changes
from nnlab.ui.train.length import length

_OPTIMIZER_FIELDS = {
    "momentum": "Momentum",
    "beta_1": "beta_1",
    "beta_2": "beta_2",
    "rho": "rho",
    "epsilon": "epsilon",
    "weight_decay": "Weight decay",
    "initial_accumulator_value": "Initial accumulator",
}
_STEPS = {"epsilon": 1e-7, "weight_decay": 0.001, "beta_2": 0.001}
_SCHEDULE_NAMES = {
    "Constant": "constant",
    "CosineDecay": "cosine decay",
    "ExponentialDecay": "exponential decay",
    "StepDecay": "step decay",
}
_MONITORS = ("val_loss", "val_accuracy")
_SCHEDULE_FIELDS = {
    "alpha": "Final share of the rate",
    "decay_rate": "Factor an epoch",
    "factor": "Factor a step",
    "every_epochs": "Epochs a step",
}


_LOSS_HELP = {
    "classification": "What training makes small. Cross-entropy punishes a confident mistake most;"
    " focal cross-entropy counts what is known well less; squared error compares probabilities"
    " with 0 and 1 (needs softmax); hinge is content once the right class leads by 1 (needs"
    " logits, so its probabilities say little of how sure it is).",
    "regression": "What training makes small. Squared error minds large misses most; absolute"
    " error minds all alike; Huber is squared for small misses and absolute for large ones.",
}


def training_settings(state: State) -> None:
    """The whole form."""
    text(state, "Name of the experiment", "name", state.experiment.name, NAME_LENGTH)
    planned_changes(state)
    length(state)
    _loss(state)
    _optimizer(state)
    _schedule(state)
    _regularisation(state)
    _early_stopping(state)
    augmentation(state)


def _loss(state: State) -> None:
    """The losses that suit the data; the first is what None means."""
    path, task = "training.loss", info_of(state.experiment.dataset).task
    options = tuple(LOSSES[task])
    current = loss_of(state.experiment, task)

    def take(name: str) -> None:
        state.edit(path, None if name == options[0] else name)

    def draw() -> None:
        known = options if current in options else (*options, current)
        choice(
            state, "Loss", path, current, known,
            format_func=lambda name: LOSS_NAMES.get(name, name), help=_LOSS_HELP[task],
            take=still_drawn(state, take),
        )  # fmt: skip

    row(state, 2, (path, draw))


def _optimizer(state: State) -> None:
    optimizer, path = state.experiment.training.optimizer, "training.optimizer"
    rate = _optimizer_field(state, "learning_rate", "Learning rate", optimizer.learning_rate / 2)
    row(
        state,
        2,
        (path, lambda: _type_choice(state, "Optimizer", path, optimizer, OPTIMIZER_TYPES)),
        rate,
    )
    fields = [
        _optimizer_field(state, field, label, _STEPS.get(field, 0.01))
        for field, label in _OPTIMIZER_FIELDS.items()
        if hasattr(optimizer, field)
    ]
    if optimizer.type == "SGD":
        nesterov = f"{path}.nesterov"
        fields.append((nesterov, lambda: switch(state, "Nesterov", nesterov, optimizer.nesterov)))
    row(state, 3, *fields)


def _optimizer_field(
    state: State, field: str, label: str, step: float
) -> tuple[str, Callable[[], None]]:
    optimizer, path = state.experiment.training.optimizer, f"training.optimizer.{field}"
    help_text = "Size of each step downhill." if field == "learning_rate" else None
    name = f"{optimizer.type}.{field}"

    def draw() -> None:
        number(
            state, label, path, optimizer, name=name, step=step, format="%g", help=help_text
        )  # fmt: skip

    return path, draw


def _schedule(state: State) -> None:
    schedule, path = state.experiment.training.schedule, "training.schedule"

    def kind() -> None:
        label = "Learning-rate schedule"
        _type_choice(state, label, path, schedule, SCHEDULE_TYPES, _SCHEDULE_NAMES)

    fields = [name for name in _SCHEDULE_FIELDS if hasattr(schedule, name)]
    row(state, 3, (path, kind), *(_schedule_field(state, field) for field in fields))


def _schedule_field(state: State, field: str) -> tuple[str, Callable[[], None]]:
    schedule, path = state.experiment.training.schedule, f"training.schedule.{field}"
    whole = isinstance(getattr(schedule, field), int)

    def draw() -> None:
        number(
            state,
            _SCHEDULE_FIELDS[field],
            path,
            schedule,
            name=f"{schedule.type}.{field}",
            step=1 if whole else 0.05,
            format=None if whole else "%.2f",
        )

    return path, draw


def _regularisation(state: State) -> None:
    row(state, 3, *(_penalty(state, field) for field in ("l1", "l2")))


def _penalty(state: State, field: str) -> tuple[str, Callable[[], None]]:
    path = f"training.{field}"
    measure = "absolute value" if field == "l1" else "square"

    def draw() -> None:
        number(
            state,
            f"{field.upper()} penalty",
            path,
            state.experiment.training,
            step=0.0001,
            format="%g",
            help=f"Added to the loss for every kernel weight's {measure}.",
        )

    return path, draw


def _early_stopping(state: State) -> None:
    early, path = state.experiment.training.early_stopping, "training.early_stopping"
    alternative(
        state,
        "Early stopping",
        path,
        EarlyStopping().model_dump() if early is None else None,
        early is not None,
        help="End when the validation figure has not improved for a while.",
    )
    if early is None:
        return
    watch, patience, best = f"{path}.monitor", f"{path}.patience", f"{path}.restore_best_weights"
    numbers = info_of(state.experiment.dataset).regression
    options = ("val_loss",) if numbers and early.monitor == "val_loss" else _MONITORS
    words = "Epochs without improvement."
    keep = early.restore_best_weights
    row(
        state,
        3,
        (watch, lambda: choice(state, "Watch", watch, early.monitor, options)),
        (patience, lambda: number(state, "Patience", patience, early, help=words)),
        (best, lambda: switch(state, "Keep the best weights", best, keep)),
    )


def _type_choice(
    state: State,
    label: str,
    path: str,
    current: Settings,
    types: dict[str, type[Settings]],
    names: dict[str, str] | None = None,
) -> None:
    """A select box of kinds; another kind starts from its own default values."""
    key = f"exp-{state.generation}-{path}-type"
    options = tuple(types)

    def change() -> None:
        chosen = types[st.session_state[key]]
        if chosen is not type(current):  # its values stay as they are
            state.edit(path, chosen().model_dump(mode="json"))

    st.selectbox(
        label,
        options,
        index=options.index(type(current).__name__),
        key=key,
        on_change=still_drawn(state, change),
        format_func=lambda name: (names or {}).get(name, name),
        disabled=state.locked(path),
    )


def problem_list(error: InvalidExperiment) -> None:
    """Every problem of an experiment, named by field."""
    for problem in error.problems:
        st.error(f"**{problem.field}** {problem.message}", icon=":material/error:")
