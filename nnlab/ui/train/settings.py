"""How to train: optimizer, schedule, regularisation, early stopping and augmentation."""

import streamlit as st

from nnlab.experiment import (
    NAME_LENGTH,
    OPTIMIZER_TYPES,
    SCHEDULE_TYPES,
    EarlyStopping,
    InvalidExperiment,
    Settings,
)
from nnlab.ui.controls import choice, number, switch, text
from nnlab.ui.state import State
from nnlab.ui.train.augmentation import augmentation
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
_SCHEDULE_FIELDS = {
    "alpha": "Final share of the rate",
    "decay_rate": "Factor an epoch",
    "factor": "Factor a step",
    "every_epochs": "Epochs a step",
}


def training_settings(state: State) -> None:
    """The whole form."""
    text(state, "Name of the experiment", "name", state.experiment.name, NAME_LENGTH)
    length(state)
    _optimizer(state)
    _schedule(state)
    _regularisation(state)
    _early_stopping(state)
    augmentation(state)


def _optimizer(state: State) -> None:
    optimizer = state.experiment.training.optimizer
    kind, rate = st.columns(2)
    with kind:
        _type_choice(state, "Optimizer", "training.optimizer", optimizer, OPTIMIZER_TYPES)
    with rate:
        number(
            state,
            "Learning rate",
            "training.optimizer.learning_rate",
            optimizer,
            name=f"{optimizer.type}.learning_rate",
            step=optimizer.learning_rate / 2,
            format="%g",
            help="Size of each step downhill.",
        )
    fields = [name for name in _OPTIMIZER_FIELDS if hasattr(optimizer, name)]
    columns = st.columns(max(len(fields), 3), vertical_alignment="bottom")
    for column, field in zip(columns, fields, strict=False):
        with column:
            number(
                state,
                _OPTIMIZER_FIELDS[field],
                f"training.optimizer.{field}",
                optimizer,
                name=f"{optimizer.type}.{field}",
                step=_STEPS.get(field, 0.01),
                format="%g",
            )
    if optimizer.type == "SGD":
        with columns[1]:
            switch(state, "Nesterov", "training.optimizer.nesterov", optimizer.nesterov)


def _schedule(state: State) -> None:
    schedule = state.experiment.training.schedule
    columns = st.columns(3, vertical_alignment="bottom")
    with columns[0]:
        _type_choice(
            state,
            "Learning-rate schedule",
            "training.schedule",
            schedule,
            SCHEDULE_TYPES,
            _SCHEDULE_NAMES,
        )
    fields = [name for name in _SCHEDULE_FIELDS if hasattr(schedule, name)]
    for column, field in zip(columns[1:], fields, strict=False):
        whole = isinstance(getattr(schedule, field), int)
        with column:
            number(
                state,
                _SCHEDULE_FIELDS[field],
                f"training.schedule.{field}",
                schedule,
                name=f"{schedule.type}.{field}",
                step=1 if whole else 0.05,
                format=None if whole else "%.2f",
            )


def _regularisation(state: State) -> None:
    training = state.experiment.training
    for column, field in zip(st.columns(3), ("l1", "l2"), strict=False):
        with column:
            number(
                state,
                f"{field.upper()} penalty",
                f"training.{field}",
                training,
                step=0.0001,
                format="%g",
                help="Added to the loss for every kernel weight's "
                + ("absolute value." if field == "l1" else "square."),
            )


def _early_stopping(state: State) -> None:
    early = state.experiment.training.early_stopping
    key = f"exp-{state.generation}-early"

    def flip() -> None:
        wanted = EarlyStopping().model_dump() if st.session_state[key] else None
        state.edit("training.early_stopping", wanted)

    st.toggle(
        "Early stopping",
        value=early is not None,
        key=key,
        on_change=flip,
        help="End when the validation figure has not improved for a while.",
    )
    if early is None:
        return
    monitor, patience, best = st.columns(3, vertical_alignment="bottom")
    path = "training.early_stopping"
    with monitor:
        options = ("val_loss", "val_accuracy")
        choice(state, "Watch", f"{path}.monitor", early.monitor, options)
    with patience:
        number(state, "Patience", f"{path}.patience", early, help="Epochs without improvement.")
    with best:
        switch(
            state, "Keep the best weights", f"{path}.restore_best_weights",
            early.restore_best_weights,
        )  # fmt: skip


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
        state.edit(path, types[st.session_state[key]]().model_dump(mode="json"))

    st.selectbox(
        label,
        options,
        index=options.index(type(current).__name__),
        key=key,
        on_change=change,
        format_func=lambda name: (names or {}).get(name, name),
    )


def problem_list(error: InvalidExperiment) -> None:
    """Every problem of an experiment, named by field."""
    for problem in error.problems:
        st.error(f"**{problem.field}** {problem.message}", icon=":material/error:")
