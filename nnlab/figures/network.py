"""A picture of a network, from the input on the left to the classes on the right."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from math import ceil
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike

from nnlab.architecture import Architecture, LayerSummary, Shape, shape_text
from nnlab.experiment import Dense, Output
from nnlab.figures import palette
from nnlab.figures.network_labels import caption, count, heading
from nnlab.figures.network_links import link, turn
from nnlab.figures.network_shapes import Cell, Kind, drawing
from nnlab.figures.svg import element, text

WIDTH = 960
PER_ROW = 8
_MARGIN = 12
_WIDEST_SLOT = 150  # five layers fit a tablet
_HEADER = 70
_CAPTION = 48
_GAP = 34
_TALL, _LOW = 240, 184

_COLOURS = {
    "Input": palette.NEUTRAL,
    "Flatten": palette.NEUTRAL,
    "Dense": palette.RIGHT,
    "Conv2D": palette.GREEN,
    "MaxPooling2D": palette.SKY,
    "Dropout": palette.PURPLE,
    "BatchNormalization": palette.class_colour(7),
    "Activation": palette.class_colour(6),
    "Output": palette.NEUTRAL,
}


def network_svg(
    architecture: Architecture,
    class_names: Sequence[str] = (),
    sample: ArrayLike | None = None,
) -> str:
    """The network as an SVG picture, inside a `<div>` that scrolls where the page is narrow.

    Text takes the page's colour and font, so the picture suits light and dark pages. A layer
    that cannot work is outlined and marked with "!"; those after it are drawn as unknown.

    Args:
        architecture: what to draw.
        class_names: written beside the output's units, which are numbered without them.
        sample: one input in [0, 1], shape (height, width) or (height, width, channels), drawn
            as the input image; without it the input is an empty grid.
    """
    cells = _cells(architecture, class_names, sample)
    rows = ceil(len(cells) / PER_ROW)
    height = _TALL if rows == 1 else _LOW
    row_height = _HEADER + height + _CAPTION + _GAP
    placed = _place(cells, ceil(len(cells) / rows), height, row_height)
    layers = [_layer(cell) for cell in placed]
    links = [_link(a, b) for a, b in pairwise(placed)]
    return _frame(architecture, "".join(layers + links), _width(placed), rows * row_height - _GAP)


def describe(architecture: Architecture) -> str:
    """The picture in words: one sentence a layer."""
    sentences = [f"Input {shape_text(architecture.input_shape)}."]
    sentences += [f"{layer.title}: {_outcome(layer)}." for layer in architecture.layers]
    return " ".join(sentences)


def _outcome(layer: LayerSummary) -> str:
    if layer.problem:
        return f"must be mended: {layer.problem.rstrip('.')}"
    if layer.output_shape is None:
        return "unknown"
    return f"gives {shape_text(layer.output_shape)}, {count(layer.parameters)}"


def _frame(architecture: Architecture, inner: str, width: float, height: float) -> str:
    """Of few layers, a narrower picture of the same scale: empty sides would make it scroll."""
    left, width = (WIDTH - width) / 2 - _MARGIN, width + 2 * _MARGIN
    share = width / (WIDTH + 2 * _MARGIN)
    words = describe(architecture)
    name = f"network-{crc32(words.encode()):08x}"
    total = f"Network of {len(architecture.layers)} layers, {count(architecture.parameters)}"
    picture = element(
        "svg",
        element("title", total, id=name),
        element("desc", escape(words), id=f"{name}-layers"),
        inner,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        viewBox=f"{left:g} 0 {width:g} {height:g}",
        aria_labelledby=name,
        aria_describedby=f"{name}-layers",
        font_size=13,
        text_anchor="middle",
        style=f"display:block;width:{min(1.15 * share, 1):.1%};min-width:{640 * share:.0f}px;"
        f"max-width:{1200 * share:.0f}px;height:auto;margin:0 auto",
    )
    return f'<div style="overflow-x:auto">{picture}</div>'


# What stands where.


def _cells(
    architecture: Architecture, class_names: Sequence[str], sample: ArrayLike | None
) -> list[Cell]:
    cells = [_input_cell(architecture.input_shape, _grey(sample))]
    for layer in architecture.layers:
        cells.append(_layer_cell(layer, cells[-1], class_names))
    return cells


def _input_cell(shape: Shape, pixels: np.ndarray | None) -> Cell:
    kind: Kind = "image" if len(shape) == 3 else "column"
    return Cell("Input", kind, shape, _COLOURS["Input"], max(shape[:2]), pixels)


def _layer_cell(layer: LayerSummary, before: Cell, class_names: Sequence[str]) -> Cell:
    return Cell(
        layer.type,
        _kind(layer, before.kind),
        layer.output_shape,
        _COLOURS[layer.type],
        before.full_size,
        before.pixels if layer.type == "Flatten" else None,
        layer,
        class_names,
    )


def _kind(layer: LayerSummary, before: Kind) -> Kind:
    if layer.output_shape is None:
        return "unknown"
    if layer.type == "Flatten":
        return "strip"
    return "column" if isinstance(layer.settings, Dense | Output) else before


def _grey(sample: ArrayLike | None) -> np.ndarray | None:
    if sample is None:
        return None
    pixels = np.clip(np.nan_to_num(np.asarray(sample, dtype=float)), 0, 1)
    return pixels.mean(axis=-1) if pixels.ndim == 3 else pixels


def _place(cells: list[Cell], per_row: int, height: float, row_height: float) -> list[Cell]:
    slot = min(WIDTH / per_row, _WIDEST_SLOT)
    left = (WIDTH - slot * per_row) / 2
    return [
        replace(
            cell,
            x=left + slot * (i % per_row + 0.5),
            y=_HEADER + height / 2 + row_height * (i // per_row),
            slot=slot,
            height=height,
        )
        for i, cell in enumerate(cells)
    ]


def _width(placed: list[Cell]) -> float:
    """Of the row with most layers."""
    return max(cell.x + cell.slot / 2 for cell in placed) - placed[0].x + placed[0].slot / 2


def _link(before: Cell, after: Cell) -> str:
    if before.y == after.y:
        return link(before, after)
    gap = before.y + before.height / 2 + _CAPTION + _GAP / 2
    return turn(before, after, gap, before.x + before.slot / 2 + 8)


def _layer(cell: Cell) -> str:
    """One layer with its words, and a tooltip of the whole story."""
    top, bottom = cell.y - cell.height / 2 - _HEADER, cell.y + cell.height / 2
    parts = [heading(cell, top + 18), drawing(cell), caption(cell, bottom + 18)]
    if cell.layer is not None:
        parts.insert(0, element("title", escape(f"{cell.layer.title}: {_outcome(cell.layer)}")))
        if cell.layer.problem:
            parts.append(_alarm(cell, top, bottom + _CAPTION))
    return element("g", *parts)


def _alarm(cell: Cell, top: float, bottom: float) -> str:
    left, width = cell.x - cell.slot / 2 + 3, cell.slot - 6
    outline = element("rect", x=left, y=top + 2, width=width, height=bottom - top - 4, rx=10,
                      fill=palette.WRONG, fill_opacity=0.08, stroke=palette.WRONG,
                      stroke_width=2.5)  # fmt: skip
    sign = element("circle", cx=left + width - 8, cy=top + 10, r=10, fill=palette.WRONG)
    mark = text(left + width - 8, top + 15.5, "!", font_size=16, font_weight=700, fill="#fff")
    return outline + sign + mark
