"""The training images that a drawing resembles most, in a row (HTML)."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures.images import as_pixels, data_uri

_ROW = (
    '<ol class="nnlab-neighbours" aria-label="{words}" style="display:grid;gap:0.5rem;'
    "list-style:none;margin:0;padding:0;color:inherit;"
    'grid-template-columns:repeat(auto-fill,minmax(4.5rem,1fr))">{cells}</ol>'
)
_CELL = (
    '<li style="margin:0;max-width:7rem"><figure style="margin:0">'
    '<img src="{uri}" alt="{alt}" style="display:block;width:100%;aspect-ratio:{width}/{height};'
    "image-rendering:pixelated;background:#000;border:1px solid rgba(138,143,152,.6);"
    'border-radius:4px;box-sizing:border-box">'
    '<figcaption style="font-size:0.85rem;line-height:1.3;margin-top:0.3rem;'
    'overflow-wrap:anywhere"><strong>{label}</strong><br>'
    '<span title="distance: 0 is the same to the network, 2 the opposite">{distance}</span>'
    "</figcaption></figure></li>"
)


def neighbours_row(
    images: NDArray[Any],
    labels: NDArray[np.integer[Any]],
    distances: NDArray[np.floating[Any]],
    class_names: Sequence[str],
    scale: float = 255.0,
) -> str:
    """Each image with its class and its distance, in the order given; wraps on a narrow page.

    Args:
        images: (k, height, width) from 0 to `scale`.
        labels: int (k,), the images' classes.
        distances: float (k,).
        class_names: in the order of the class numbers; any text.
        scale: the value of full white.

    Raises:
        ValueError: not one label and one distance for each image.
    """
    triples = zip(images, labels, distances, strict=True)
    cells = "".join(
        _cell(as_pixels(image, scale), class_names[label], float(distance), rank)
        for rank, (image, label, distance) in enumerate(triples, 1)
    )
    words = neighbours_words(labels, distances, class_names)
    return _ROW.format(words=escape(words), cells=cells)


def neighbours_words(
    labels: NDArray[np.integer[Any]],
    distances: NDArray[np.floating[Any]],
    class_names: Sequence[str],
) -> str:
    """The same in a sentence: how many of which class, most first, and how far."""
    if len(labels) == 0:
        return "No training images."
    counts = Counter(class_names[label] for label in labels).most_common()
    classes = ", ".join(f"{count} × {name}" for name, count in counts)
    return (
        f"The {len(labels)} nearest training images: {classes}; "
        f"distances {min(distances):.2f} to {max(distances):.2f}."
    )


def _cell(image: NDArray[np.uint8], name: str, distance: float, rank: int) -> str:
    height, width = image.shape
    return _CELL.format(
        uri=data_uri(image),
        alt=escape(f"training image of class {name}, number {rank} by nearness"),
        label=escape(name),
        distance=f"{distance:.2f}",
        width=width,
        height=height,
    )
