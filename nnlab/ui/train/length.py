"""How long to train, in epochs, batches and steps, and from which seed."""

from collections.abc import Callable

import streamlit as st

from nnlab.check import training_images
from nnlab.datasets import info
from nnlab.experiment import BATCH_SIZES, Batches, Training, batches
from nnlab.ui.controls import alternative, number, row
from nnlab.ui.state import State

_NEW_STEPS = 100
_EPOCHS_HELP = "Passes over all images, unless an epoch has steps of its own."
_SEED_HELP = "Start weights, order of images and dropout. The same seed gives the same result."


def length(state: State) -> None:
    """The fields, and in words what they come to."""
    _fields(state)
    _switches(state)
    experiment = state.experiment
    images = training_images(experiment.dataset)
    if images is not None:
        st.caption(_words(state)(_in_words(batches(experiment.training, images))))


def _words(state: State) -> Callable[[str], str]:
    """What makes a text about images one about what is learned from."""
    return info(state.experiment.dataset.name).words


def _fields(state: State) -> None:
    training = state.experiment.training
    epochs, batch, seed = "training.epochs", "training.batch_size", "training.seed"
    words = _words(state)
    row(
        state,
        3,
        (epochs, lambda: number(state, "Epochs", epochs, training, help=words(_EPOCHS_HELP))),
        (batch, lambda: _batch_size(state)),
        (seed, lambda: number(state, "Seed", seed, training, help=words(_SEED_HELP))),
    )


def _batch_size(state: State) -> None:
    training, path = state.experiment.training, "training.batch_size"
    if training.batch_size != "full":
        help = _words(state)("Images in one step.")
        number(state, "Batch size", path, training, limits=BATCH_SIZES, help=help)
        return
    images = training_images(state.experiment.dataset)
    shown = _words(state)("all images" if images is None else f"all {images:,} images")
    st.text_input("Batch size", shown, key=f"exp-{state.generation}-full-{shown}", disabled=True)


def _switches(state: State) -> None:
    """Other ways to count than whole passes of small batches."""
    training, steps = state.experiment.training, "training.steps_per_epoch"
    fields = [
        ("training.batch_size", lambda: _full_batch(state)),
        (steps, lambda: _count_steps(state)),
    ]
    if training.steps_per_epoch is not None:
        fields.append((steps, lambda: number(state, "Steps per epoch", steps, training)))
    row(state, 3, *fields)


def _full_batch(state: State) -> None:
    full = state.experiment.training.batch_size == "full"
    alternative(
        state,
        "Full batch",
        "training.batch_size",
        Training().batch_size if full else "full",
        full,
        help=_words(state)("All training images in each step: the exact gradient, but slow steps."),
    )


def _count_steps(state: State) -> None:
    counted = state.experiment.training.steps_per_epoch is not None
    alternative(
        state,
        "Count steps",
        "training.steps_per_epoch",
        None if counted else _NEW_STEPS,
        counted,
        help="An epoch ends after so many steps; the next goes on where it stopped.",
    )


def _in_words(counted: Batches) -> str:
    """E.g. `1,000 steps, 1.8 passes over 55,000 images`."""
    steps = "1 step" if counted.steps == 1 else f"{counted.steps:,} steps"
    passes = f"{counted.passes:,.2g}" if counted.passes < 10 else f"{counted.passes:,.0f}"
    word = "pass" if passes == "1" else "passes"
    return f"{steps}, {passes} {word} over {counted.n_images:,} images"
