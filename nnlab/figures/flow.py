"""An image on its way through a network, layer by layer from left to right (HTML).

A number's cell, or a map, carries its place for a script: the column has `data-layer`, what stands
in its `.units` is in the order of the layer's units.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import diverging, palette
from nnlab.figures.images import as_pixels, data_uri

# Rows of cells or maps in a column, and their side in pixels, by how many there are at most.
_CELLS = ((10, 10, 26), (160, 20, 15), (640, 26, 11), (math.inf, 44, 6))
_MAPS = ((8, 4, 72), (16, 4, 64), (32, 6, 48), (math.inf, 8, 40))

STYLE = """<style>
.flow{display:flex;gap:10px;align-items:flex-start;width:max-content;padding:2px 2px 12px}
.flow .column{display:flex;flex-direction:column;gap:6px;min-width:92px}
.flow .head{font-size:.875rem;line-height:1.3}
.flow .head b{display:block;font-weight:650;white-space:nowrap}
.flow .head span{opacity:.75;white-space:nowrap}
.flow .arrow{align-self:center;font-size:1.3rem;opacity:.6}
.flow .units{display:grid;grid-auto-flow:column;justify-content:start}
.flow .units.maps{gap:5px}
.flow .units i{display:block}
.flow [data-layer] .units.open>*{cursor:pointer}
.flow .units.open>:hover{outline:2px solid var(--st-primary-color,#2563C9);outline-offset:1px}
.flow .units>.chosen{outline:2px solid #E69F00;outline-offset:1px}
.flow .maps>span{display:flex;gap:2px;align-items:flex-end}
.flow img{image-rendering:pixelated;display:block;border-radius:2px}
.flow .scale{width:100%;max-width:140px;font-size:.75rem;line-height:1.2}
.flow .scale div{height:7px;border-radius:2px}
.flow .scale p{display:flex;justify-content:space-between;margin:2px 0 0;opacity:.8;gap:6px}
.flow .units.bars{display:block;font-size:.875rem}
.flow .bars>div{display:flex;gap:7px;align-items:center;margin-bottom:3px;border-radius:3px}
.flow .bars div div{width:110px;background:rgba(138,143,152,.18);border-radius:2px}
.flow .bars i{height:15px;border-radius:2px}
.flow .bars span{white-space:nowrap;font-variant-numeric:tabular-nums}
.flow .note{max-width:120px;font-size:.8rem;line-height:1.3;opacity:.8}
</style>"""


@dataclass(frozen=True)
class Column:
    """A layer, or the image itself.

    Attributes:
        title, shape: written above it, any text.
        body: HTML made here.
        words: for those who do not see it.
        layer: its place among the layers, None for the image.
    """

    title: str
    shape: str
    body: str
    words: str
    layer: int | None = None


def flow(columns: Sequence[Column]) -> str:
    """The columns with arrows between them."""
    arrow = '<div class="arrow" aria-hidden="true">→</div>'
    return f'{STYLE}<div class="flow">{arrow.join(_column(column) for column in columns)}</div>'


def _column(column: Column) -> str:
    place = "" if column.layer is None else f' data-layer="{column.layer}"'
    title = escape(column.title)
    return (
        f'<div class="column" role="img" aria-label="{escape(column.words)}"{place}>'
        f'<div class="head"><b>{title}</b><span>{escape(column.shape)}</span></div>'
        f"{column.body}</div>"
    )


def image_body(image: NDArray[np.floating[Any]], side: int = 112) -> str:
    """An image float (height, width) from 0 to 1, in grey."""
    return f'<img src="{data_uri(as_pixels(image, 1.0))}" alt="" style="width:{side}px">'


def cells_body(
    values: NDArray[np.floating[Any]], chosen: int | None = None, opens: bool = True
) -> str:
    """A cell for each number (n,), down and then to the right."""
    rows, side = _room(_CELLS, len(values))
    limit = diverging.furthest(values)
    cells = "".join(
        f'<i{_mark(number, chosen)} data-v="{number_text(value)}" style="background:{colour}"></i>'
        for number, (value, colour) in enumerate(
            zip(values.tolist(), diverging.css_colours(values, limit), strict=True)
        )
    )
    gap = 1 if side > _CELLS[-1][2] else 0
    grid = (
        f"grid-template-rows:repeat({min(rows, len(values))},{side}px);grid-auto-columns:{side}px;"
        f"gap:{gap}px"
    )
    return f'<div class="units{_open(opens)}" style="{grid}">{cells}</div>{_scale(limit)}'


def maps_body(
    maps: NDArray[np.floating[Any]],
    filters: Sequence[NDArray[np.floating[Any]]] | None = None,
    chosen: int | None = None,
) -> str:
    """Feature maps (height, width, channels), each behind the filter that made it, if there is one.

    Args:
        maps: on one scale.
        filters: for each channel the weights (rows, columns), on a scale of their own.
        chosen: the map to mark.
    """
    channels = maps.shape[-1]
    rows, side = _room(_MAPS, channels)
    limit = diverging.furthest(maps)
    drawn = diverging.coloured(np.moveaxis(maps, -1, 0), limit)
    spans = "".join(
        f'<span{_mark(number, chosen)} data-v="{_range_text(maps[..., number])}">'
        f"{_filter(filters, number, side)}"
        f'<img src="{data_uri(image)}" alt="" style="width:{side}px"></span>'
        for number, image in enumerate(drawn)
    )
    grid = f"grid-template-rows:repeat({min(rows, channels)},auto)"
    return f'<div class="units maps open" style="{grid}">{spans}</div>{_scale(limit)}'


def bars_body(values: NDArray[np.floating[Any]], names: Sequence[str], probabilities: bool) -> str:
    """A named bar for each number (classes,), as long as it is large; the largest is in bold."""
    limit = 1.0 if probabilities else diverging.furthest(values)
    best = int(np.argmax(np.nan_to_num(values, nan=-np.inf)))
    width = max(map(len, names))
    rows = "".join(
        f'<div data-v="{number_text(value)}">{_bar(name, width, value, limit, n == best)}'
        f"<span>{f'{value:.1%}' if probabilities else number_text(value)}</span></div>"
        for n, (name, value) in enumerate(zip(names, values.tolist(), strict=True))
    )
    return f'<div class="units bars open">{rows}</div>'


def _bar(name: str, width: int, value: float, limit: float, best: bool) -> str:
    colour = palette.RIGHT if best else palette.NEUTRAL
    if value < 0:
        colour = diverging.BELOW
    share = min(abs(value) / limit, 1.0) if math.isfinite(value) else 0.0
    written = f"<b>{escape(name)}</b>" if best else escape(name)
    filled = f'<i style="width:{100 * share:.1f}%;background:{colour}"></i>'
    return f'<span style="width:{width}ch">{written}</span><div>{filled}</div>'


def note_body(words: str) -> str:
    """A layer of which there is nothing to see."""
    return f'<div class="note">{escape(words)}</div>'


def number_text(value: float) -> str:
    """A number in four digits."""
    return f"{value:.4g}".replace("-", "−") if math.isfinite(value) else "not a number"


def _range_text(values: NDArray[np.floating[Any]]) -> str:
    return f"from {number_text(float(values.min()))} to {number_text(float(values.max()))}"


def _filter(filters: Sequence[NDArray[np.floating[Any]]] | None, number: int, side: int) -> str:
    if filters is None:
        return ""
    weights = filters[number]
    picture = diverging.coloured(weights, diverging.furthest(weights))
    return f'<img src="{data_uri(picture)}" alt="" style="width:{side // 2}px">'


def _room(table: Sequence[tuple[float, int, int]], count: int) -> tuple[int, int]:
    return next((rows, side) for most, rows, side in table if count <= most)


def _mark(number: int, chosen: int | None) -> str:
    return ' class="chosen"' if number == chosen else ""


def _open(opens: bool) -> str:
    return " open" if opens else ""


def _scale(limit: float) -> str:
    """What the colours mean."""
    ends = f"<span>−{limit:.3g}</span><span>0</span><span>{limit:.3g}</span>"
    bar = f'<div style="background:{diverging.GRADIENT}"></div>'
    return f'<div class="scale" aria-hidden="true">{bar}<p>{ends}</p></div>'
