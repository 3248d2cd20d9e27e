"""Changed copies of the training images: whether, how many, and how much they are changed."""

import streamlit as st

from nnlab.datasets import info
from nnlab.experiment import Augmentation
from nnlab.ui.controls import alternative, number
from nnlab.ui.state import State

PATH = "dataset.augmentation"
_PER_ROW = 4
# Field: label, step of the number field, help.
_FIELDS = {
    "copies": ("Copies of each image", 1, "Beside the image itself, each changed in its own way."),
    "rotation": ("Rotation", 0.01, "Up to this share of a full turn, either way."),
    "zoom_height": ("Zoom, height", 0.05, "Higher or lower by up to this share."),
    "zoom_width": ("Zoom, width", 0.05, "Wider or narrower by up to this share."),
    "shear": ("Shear", 0.05, "Leaning by up to this share of the height."),
    "elastic": (
        "Elastic distortion",
        0.004,
        "How far the image is bent, as a share of its side: a standard deviation.",
    ),
    "contrast": ("Contrast", 0.5, "Edges up to this much steeper; strokes thinner or thicker."),
    "writing_variants": (
        "Writing variants",
        0.1,
        "Share of zeros that get a slash, ones a flag or a foot, sevens a bar, nines a hook.",
    ),
}


def augmentation(state: State) -> None:
    """A switch, and the fields while it is on."""
    dataset = state.experiment.dataset
    digits = info(dataset.name).shows_digits
    chosen = dataset.augmentation
    new = Augmentation() if digits else Augmentation(writing_variants=0)
    alternative(
        state,
        "Augmentation",
        PATH,
        new.model_dump() if chosen is None else None,
        chosen is not None,
        help="Learn from changed copies of the training images, too.",
    )
    if chosen is not None:
        _fields(state, chosen, digits)


def _fields(state: State, chosen: Augmentation, digits: bool) -> None:
    # On pictures without digits the last field stays only where it has to be set to 0.
    shown = [f for f in _FIELDS if f != "writing_variants" or digits or chosen.writing_variants]
    for start in range(0, len(shown), _PER_ROW):
        columns = st.columns(_PER_ROW, vertical_alignment="bottom")
        for column, field in zip(columns, shown[start : start + _PER_ROW], strict=False):
            label, step, words = _FIELDS[field]
            with column:
                number(
                    state,
                    label,
                    f"{PATH}.{field}",
                    chosen,
                    step=step,
                    format="%d" if field == "copies" else "%g",
                    help=words,
                )
