"""How well a run did, in four figures and a line of settings."""

from math import isfinite

import numpy as np
import streamlit as st

from nnlab.analysis.losses import mean_loss
from nnlab.architecture import layer_title
from nnlab.experiment import loss_of
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place
from nnlab.ui.columns import folding_columns
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.loss_names import LOSS_NAMES
from nnlab.ui.wording import percent

_LOSS_HELP = {
    "sparse_categorical_crossentropy": "Cross-entropy: how little probability the network gives to"
    " the right classes. 0 is perfect; a confident mistake costs most.",
    "categorical_hinge": "Hinge: how far the right class falls short of a lead of 1 over the"
    " others. Known at the end only, as moments are recorded as probabilities.",
}


def headline(run: Run, answers: Answers, place: Place | None = None) -> None:
    """The figures, each explained where the pointer rests.

    Args:
        run: the run.
        answers: those at `place`.
        place: a moment of its training; None for the end.
    """
    share, mean = _measured(run, answers, place)
    accuracy, loss, errors, hardest = folding_columns(4, "evaluate-figures", narrow=2)
    accuracy.metric(
        "Test accuracy",
        percent(share, 2),
        help=f"Share of the test {answers.things} that the network names right. It never trained on"
        " them.",
        border=True,
    )
    loss.metric(
        "Test loss",
        _loss_text(mean, at_end=place is None or place.end),
        help=_LOSS_HELP.get(_loss(run), f"What training made small: {LOSS_NAMES[_loss(run)]}."),
        border=True,
    )
    errors.metric(
        f"Errors in {answers.total:,}",
        f"{answers.errors:,}",
        help=f"Test {answers.things} that the network takes for another class.",
        border=True,
    )
    _hardest(answers, hardest)
    st.caption(_what_of(answers) + settings_line(run, len(answers.class_names)))


def _measured(run: Run, answers: Answers, place: Place | None) -> tuple[float | None, float | None]:
    """Accuracy and loss: at the end those that the run was tested with, from all test images."""
    if place is None or place.end:
        return run.test_accuracy, run.test_loss
    return answers.accuracy, mean_loss(_loss(run), answers.probabilities, answers.y_true)


def _loss(run: Run) -> str:
    return loss_of(run.experiment, "classification")


def _loss_text(mean: float | None, *, at_end: bool) -> str:
    """The hinge of a moment cannot be told from its probabilities."""
    if mean is None and not at_end:
        return "–"
    return "not a number" if mean is None or not isfinite(mean) else f"{mean:.4f}"


def _what_of(answers: Answers) -> str:
    """Which images the figures are of, where they are not of all; always a line of its own."""
    if not answers.partial:
        return ""
    return (
        f"**Figures of {answers.total:,} of {answers.n_test:,} test {answers.things}, evenly"
        " chosen:** these were answered at this moment.  \n"
    )


def _hardest(answers: Answers, place: st.delta_generator.DeltaGenerator) -> None:
    f1 = answers.per_class.f1
    place.metric(
        "Hardest class",
        answers.class_names[int(np.argmin(f1))],
        help=f"The class of the lowest F1 score, {percent(float(f1.min()))}. F1 joins precision"
        " and recall; see the table below.",
        border=True,
    )


def settings_line(run: Run, n_classes: int) -> str:
    """Network and training, a line each."""
    experiment = run.experiment
    training, optimizer = experiment.training, experiment.training.optimizer
    layers = [layer_title(layer) for layer in experiment.layers]
    network = " → ".join([*layers, layer_title(experiment.output, n_classes)])
    if run.brought_in:
        return f"{network}  \nBrought in from a file: how it was trained is not known."
    parts = (
        *([LOSS_NAMES[training.loss]] if training.loss else []),
        f"{optimizer.type}, learning rate {optimizer.learning_rate:g}",
        f"batch size {training.batch_size}",
        f"{run.epoch} of {training.epochs} epochs",
        f"seed {training.seed}",
    )
    return f"{network}  \n{' · '.join(parts)}"
