"""Images as pictures in a page: PNG data URIs, and sheets of many with captions."""

import base64
import io
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SMALLEST_CELL = 64
_GAP = 10

_SHEET = (
    '<div class="nnlab-sheet" role="list" style="display:grid;gap:{gap}px;'
    "grid-template-columns:repeat(auto-fill,minmax(max({cell}px,calc((100% - {gaps}px) / {columns}"
    ')),1fr));color:inherit">{cells}</div>'
)
_CELL = (
    '<figure role="listitem" style="margin:0;min-width:0;text-align:center">'
    '<img src="{uri}" alt="{alt}" style="width:100%;aspect-ratio:{width}/{height};'
    "image-rendering:pixelated;border:1px solid currentColor;border-radius:3px;"
    'box-sizing:border-box;display:block">'
    '<figcaption style="font-size:0.85rem;line-height:1.3;margin-top:4px;'
    'overflow-wrap:anywhere">{caption}</figcaption></figure>'
)


def as_pixels(values: NDArray[Any], scale: float) -> NDArray[np.uint8]:
    """Numbers from 0 to `scale` (images or mean images, any shape) as uint8 from 0 to 255."""
    return np.clip(np.rint(values * (255.0 / scale)), 0, 255).astype(np.uint8)


def data_uri(image: NDArray[np.uint8], upscale: int = 1) -> str:
    """An image, uint8 (height, width) grey, or (height, width, 3 or 4) RGB(A), as a PNG.

    Args:
        image: the pixels, 0 black and 255 full.
        upscale: each pixel becomes a square of this many pixels a side.

    Raises:
        ValueError: another type or shape.
    """
    if image.dtype != np.uint8 or not (image.ndim == 2 or image.shape[2:] in ((3,), (4,))):
        raise ValueError(f"need uint8 (H, W) or (H, W, 3 or 4), got {image.dtype} {image.shape}")
    return _encoded(image.tobytes(), image.shape, upscale)


# The same images are shown again and again, with other words beside them.
@lru_cache(maxsize=2048)
def _encoded(pixels: bytes, shape: tuple[int, ...], upscale: int) -> str:
    image = np.frombuffer(pixels, np.uint8).reshape(shape)
    larger = np.repeat(np.repeat(image, upscale, axis=0), upscale, axis=1)
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(larger)).save(stream, "PNG")
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode("ascii")


def image_sheet(
    images: Sequence[NDArray[np.uint8]],
    captions: Sequence[str],
    columns: int = 5,
    alts: Sequence[str] | None = None,
) -> str:
    """An HTML grid of images with captions, `columns` wide, fewer where the page is narrow.

    Args:
        images: uint8 images as for `data_uri`, or one array (n, height, width).
        captions: one for each image; plain text.
        columns: at most this many side by side.
        alts: what a screen reader says instead of "image of" and the caption.

    Raises:
        ValueError: not one caption (and alt text) for each image.
    """
    spoken = [f"image of {caption}" for caption in captions] if alts is None else alts
    triples = zip(images, captions, spoken, strict=True)
    cells = "".join(_cell(image, caption, alt) for image, caption, alt in triples)
    gaps = _GAP * (columns - 1)
    return _SHEET.format(cells=cells, columns=columns, gap=_GAP, gaps=gaps, cell=_SMALLEST_CELL)


def _cell(image: NDArray[np.uint8], caption: str, alt: str) -> str:
    height, width = image.shape[:2]
    return _CELL.format(
        uri=data_uri(image),
        alt=escape(alt),
        caption=escape(caption),
        width=width,
        height=height,
    )
