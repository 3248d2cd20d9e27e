"""What speaks for a class and what against it, laid over the drawing (Plotly, plain dict)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.lesson import layout

HEIGHT = 420
# How strong the colour is at these shares of the scale: one pixel is often far ahead of the others,
# which would hardly be seen if strength went with the value.
_STRENGTHS = ((1.0, 0.95), (0.25, 0.5))
_NAMES = (
    ("at the top left", "at the top", "at the top right"),
    ("on the left", "in the middle", "on the right"),
    ("at the bottom left", "at the bottom", "at the bottom right"),
)
# Less than this share of what speaks for it (or against it) is not worth a word.
_LITTLE = 0.02


def attribution_overlay(
    values: NDArray[np.floating[Any]],
    image: NDArray[np.floating[Any]],
    class_name: str,
    unit: str,
) -> dict[str, Any]:
    """The drawing's outline over what each of its pixels says: blue for the class, red against.

    The scale reaches equally far both ways, and no colour at all is zero, so the picture reads
    the same on a light page as on a dark one.

    Args:
        values: float (height, width), above 0 what speaks for the class.
        image: float (height, width) from 0 to 1, the drawing as the network sees it.
        class_name: any text.
        unit: what the values are, for the scale: "share in the logit".

    Raises:
        ValueError: the two differ in shape.
    """
    if values.shape != image.shape:
        raise ValueError(f"values {values.shape} do not fit an image of {image.shape}")
    furthest = float(np.abs(values).max()) or 1.0
    name = plain_text(class_name)
    traces = [_coloured(values, furthest, name, unit), _outline(image)]
    return {"data": traces, "layout": _layout(values.shape, name)}


def attribution_words(
    values: NDArray[np.floating[Any]], class_name: str, unit: str = "share in the logit"
) -> str:
    """The same in a sentence or two, for those who hear the page.

    Names the parts of the image (a ninth each) that say most for and most against.
    """
    for_it, against = (float(np.maximum(part, 0).sum()) for part in (values, -values))
    if for_it + against == 0:
        return f"Nothing in the image speaks for or against {class_name}."
    said = [
        f"what speaks most {word} {class_name} is {_strongest(part)} of the image"
        for word, part, total in (("for", values, for_it), ("against", -values, against))
        if total >= _LITTLE * (for_it + against)
    ]
    largest = float(np.abs(values).max())
    words = f"{'; '.join(said)}. The strongest pixel: {largest:.2g} ({unit})."
    return words[0].upper() + words[1:]


def _strongest(values: NDArray[np.floating[Any]]) -> str:
    """The ninth of the image whose values above 0 add up to most."""
    rows, columns = (np.arange(length) * 3 // length for length in values.shape)
    sums = np.zeros((3, 3))
    np.add.at(sums, (rows[:, np.newaxis], columns[np.newaxis]), np.maximum(values, 0))
    row, column = np.unravel_index(sums.argmax(), sums.shape)
    return _NAMES[row][column]


def _coloured(
    values: NDArray[np.floating[Any]], furthest: float, name: str, unit: str
) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "z": [[float(f"{value:.4g}") for value in row] for row in values],
        "zmin": -furthest,
        "zmax": furthest,
        "colorscale": _scale(),
        "colorbar": {
            "title": {"text": unit, "side": "right", "font": {"size": 13}},
            "thickness": 14,
            "outlinecolor": palette.GREY,
            "outlinewidth": 1,
            "tickvals": [-furthest, 0, furthest],
            "ticktext": [f"against<br>−{furthest:.2g}", "0", f"for<br>+{furthest:.2g}"],
        },
        "hovertemplate": f"row %{{y}}, column %{{x}}: %{{z:+.3g}} for {name}<extra></extra>",
    }


def _scale() -> list[list[Any]]:
    """Stops from the strongest against to the strongest for; each side fades to nothing."""
    against = [[0.5 - share / 2, _faded(palette.WRONG, alpha)] for share, alpha in _STRENGTHS]
    for_it = [[0.5 + share / 2, _faded(palette.RIGHT, alpha)] for share, alpha in _STRENGTHS]
    return [*against, [0.5, _faded(palette.GREY, 0)], *reversed(for_it)]


def _outline(image: NDArray[np.floating[Any]]) -> dict[str, Any]:
    """Where the ink is half as strong as it can be."""
    return {
        "type": "contour",
        "z": np.round(np.asarray(image, float), 3).tolist(),
        "contours": {"start": 0.5, "end": 0.5, "size": 1, "coloring": "none"},
        "line": {"color": palette.GREY, "width": 2, "smoothing": 0.6},
        "showscale": False,
        "hoverinfo": "skip",
    }


def _layout(shape: tuple[int, ...], name: str) -> dict[str, Any]:
    bare = {
        "showgrid": False, "zeroline": False, "ticks": "", "showticklabels": False,
        "constrain": "domain", "showline": True, "linecolor": palette.GREY, "mirror": True,
    }  # fmt: skip
    height, width = shape
    base = layout(f"For and against {name}", HEIGHT)
    return base | {
        "margin": {"l": 12, "r": 12, "t": 48, "b": 12},
        "xaxis": bare | {"range": [-0.5, width - 0.5]},
        "yaxis": bare | {"range": [height - 0.5, -0.5], "scaleanchor": "x"},
    }


def _faded(colour: str, strength: float) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength:g})"


def plain_text(name: str) -> str:
    """Plotly takes some HTML in its texts; a name is shown as it is."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
