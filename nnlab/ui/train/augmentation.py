"""Changed copies of the training images: whether, how many, and how much they are changed."""

from collections.abc import Callable

from nnlab.datasets import info_of
from nnlab.experiment import Augmentation
from nnlab.ui.controls import alternative, number, row
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
    described, chosen = info_of(dataset), dataset.augmentation
    if not described.has_images and chosen is None:
        return
    digits = described.shows_digits
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
        fields = shown[start : start + _PER_ROW]
        row(state, _PER_ROW, *(_field(state, field, chosen) for field in fields))


def _field(state: State, field: str, chosen: Augmentation) -> tuple[str, Callable[[], None]]:
    path = f"{PATH}.{field}"
    label, step, words = _FIELDS[field]
    shape = "%d" if field == "copies" else "%g"

    def draw() -> None:
        number(state, label, path, chosen, step=step, format=shape, help=words)

    return path, draw
