"""One image, of whatever size and colours → grey levels of the size that a network is given."""

import io
import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from nnlab.datasets.uploaded.limits import MOST_PIXELS, NotAnImageSet, shown
from nnlab.experiment.own_images import IMAGE_SIDES

Fit = Literal["whole", "middle"]
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
_DEEP = ("I", "F")  # modes with more than 8 bits begin so
_WHITE = (255, 255, 255, 255)


@dataclass(frozen=True)
class Preparation:
    """What is done with each image.

    Attributes:
        side: height and width that it is brought to, in pixels.
        fit: of an image that is no square, show the whole, with a border, or its middle.
        invert: swap light and dark.
    """

    side: int = 28
    fit: Fit = "whole"
    invert: bool = False

    def __post_init__(self) -> None:
        low, high = IMAGE_SIDES
        if not low <= self.side <= high:
            raise ValueError(f"side must be from {low} to {high} (got {self.side})")


@dataclass(frozen=True)
class Opened:
    """An image file that was found to be one.

    Attributes:
        grey: its grey levels, 0 to 255.
        pixels: how many were in the file.
        coloured: whether it had colours that are lost.
    """

    grey: Image.Image
    pixels: int
    coloured: bool


def open_picture(content: bytes, name: str, side: int) -> Opened:
    """The image in a file's content; what it is, its content decides and not its name.

    Args:
        content: the file.
        name: for messages.
        side: the size that it will be brought to; a large photograph need not be read in full.

    Raises:
        NotAnImageSet: it is no image of a known kind, damaged, or has too many pixels.
    """
    with warnings.catch_warnings():
        # Its own warning comes from twice our limit on.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                pixels = image.width * image.height
                if pixels > MOST_PIXELS:
                    raise _too_large(name, image.width, image.height)
                image.draft("RGB", (4 * side, 4 * side))
                image.load()
                return Opened(*_grey(ImageOps.exif_transpose(image), pixels))
        except NotAnImageSet:
            raise
        except Image.DecompressionBombError:
            raise _too_large(name) from None
        except Exception:  # Pillow's readers raise whatever a damaged file brings about
            raise NotAnImageSet(
                f"“{shown(name)}” is no image that can be read: allowed are {', '.join(FORMATS)}."
            ) from None


def prepared(grey: Image.Image, preparation: Preparation) -> NDArray[np.uint8]:
    """Grey levels (side, side), 0 to 255; an image of that very size stays as it is."""
    side = preparation.side
    if grey.size != (side, side):
        grey = _resized(grey, side, preparation.fit)
    levels = np.asarray(grey, dtype=np.uint8)
    return 255 - levels if preparation.invert else levels.copy()


def _too_large(name: str, width: int = 0, height: int = 0) -> NotAnImageSet:
    size = f" ({width:,} × {height:,})" if width else ""
    most = f"{MOST_PIXELS // 1_000_000} million"
    return NotAnImageSet(f"“{shown(name)}” has too many pixels{size}; an image has at most {most}.")


def _grey(image: Image.Image, pixels: int) -> tuple[Image.Image, int, bool]:
    """Transparent parts on white, 16 bits brought to 8, colours to their brightness."""
    if image.mode.startswith(_DEEP):
        return _of_deep(np.asarray(image)), pixels, False
    if image.mode != "L" and ("A" in image.getbands() or "transparency" in image.info):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, _WHITE), image)
    if image.mode in ("1", "L"):
        return image.convert("L"), pixels, False
    coloured = image.convert("RGB").resize((16, 16), Image.Resampling.BOX)
    return image.convert("L"), pixels, bool(np.ptp(np.asarray(coloured, int), axis=2).max() > 8)


def _of_deep(levels: NDArray[Any]) -> Image.Image:
    most = 65_535.0 if levels.max(initial=0) > 255 else 255.0
    return Image.fromarray(np.rint(np.clip(levels / most, 0, 1) * 255).astype(np.uint8))


def _resized(grey: Image.Image, side: int, fit: Fit) -> Image.Image:
    if fit == "middle":
        edge = min(grey.size)
        left, top = (grey.width - edge) // 2, (grey.height - edge) // 2
        middle = (left, top, left + edge, top + edge)
        return grey.resize((side, side), Image.Resampling.LANCZOS, box=middle)
    scale = side / max(grey.size)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    whole = Image.new("L", (side, side), _border(grey))
    whole.paste(
        grey.resize(size, Image.Resampling.LANCZOS),
        ((side - size[0]) // 2, (side - size[1]) // 2),
    )
    return whole


def _border(grey: Image.Image) -> int:
    """The middle one of the grey levels along the edge, as the background is."""
    levels = np.asarray(grey)
    edges = (levels[0], levels[-1], levels[:, 0], levels[:, -1])
    return int(np.median(np.concatenate(edges)))
