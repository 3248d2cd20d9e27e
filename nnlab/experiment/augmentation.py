"""How the training images are multiplied: changed copies of each of them."""

from pydantic import Field

from nnlab.experiment.base import Settings


class Augmentation(Settings):
    """Changed copies of the training images, which are learned from beside the images themselves.

    Every copy draws its own changes; a range is symmetric, as in Keras's `RandomRotation`,
    `RandomZoom` and `RandomShear`. A copy keeps its original's size and centre of mass.

    Attributes:
        copies: of each training image.
        rotation: up to this share of a full turn, either way.
        zoom_height, zoom_width: higher and wider, or less so, by up to this share.
        shear: sideways by up to this share of the distance from the middle line.
        elastic: standard deviation of the displacements, as a share of the image's side, that a
            smooth field of 7×7 points bends the image by.
        contrast: edges become up to this much steeper (2: three times as steep), about a level
            that is drawn too, so that strokes become thinner or thicker.
        writing_variants: share of the zeros that get a slash, the ones a flag, a foot or both,
            the sevens a bar and the nines a hook. For digits only.
    """

    copies: int = Field(1, ge=1, le=3)
    rotation: float = Field(0.02, ge=0.0, le=0.5)
    zoom_height: float = Field(0.1, ge=0.0, le=0.5)
    zoom_width: float = Field(0.25, ge=0.0, le=0.5)
    shear: float = Field(0.15, ge=0.0, le=1.0)
    elastic: float = Field(0.016, ge=0.0, le=0.1)
    contrast: float = Field(2.0, ge=0.0, le=10.0)
    writing_variants: float = Field(0.4, ge=0.0, le=1.0)
