"""A confusion matrix that is drawn at once, whose cells are reached with mouse and keyboard."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.components.v2 import component

from nnlab.figures import palette
from nnlab.figures.confusion_cells import cells_of, too_long
from nnlab.ui.assets import script_url

_HINT = "Blue: right. Grey to red: mistakes, by their share of the class (log scale)."
_CSS = f"""
.nnlab-matrix {{
  color: var(--st-text-color); font-family: var(--st-font); max-width: 35rem; position: relative;
}}
.nnlab-matrix p {{margin: 0;}}
.nnlab-matrix .title {{font-size: 1.0625rem; line-height: 1.5;}}
.nnlab-matrix .told {{
  font-size: 0.8125rem; line-height: 1.5; min-height: 3em; opacity: 0.85;
  font-variant-numeric: tabular-nums;
}}
.nnlab-matrix .frame {{
  display: grid; grid-template: auto auto / auto minmax(0, 1fr); font-size: 0.8125rem; gap: 0.25rem;
}}
.nnlab-matrix .down {{writing-mode: vertical-rl; rotate: 180deg; text-align: center;}}
.nnlab-matrix .across {{grid-column: 2; text-align: center;}}
.nnlab-matrix .square {{container-type: inline-size; --names: 1.5rem;}}
.nnlab-matrix.long .square {{--names: 5.5rem;}}
.nnlab-matrix table {{border-collapse: separate; border-spacing: 1px; table-layout: fixed;
  width: 100%; font-variant-numeric: tabular-nums;}}
.nnlab-matrix th {{font-weight: 400; padding: 0 0.3rem 0 0; text-align: right;
  width: var(--names);}}
.nnlab-matrix.many {{font-size: 0.6875rem;}}
.nnlab-matrix tfoot th {{padding: 0.25rem 0; text-align: center; width: auto;}}
.nnlab-matrix.long tfoot span {{writing-mode: vertical-rl; rotate: 180deg;}}
.nnlab-matrix td[data-at] {{
  height: calc((100cqw - var(--names)) / var(--classes) - 1px);
  padding: 0; text-align: center; color: {palette.ON_CELL}; border: 0;
  overflow: hidden; border-radius: 2px;
}}
.nnlab-matrix.clickable td[data-at] {{cursor: pointer;}}
.nnlab-matrix td[data-at]:hover {{filter: brightness(1.15);}}
.nnlab-matrix td[data-at]:focus-visible {{outline: 3px solid var(--st-primary-color);}}
.nnlab-matrix td.chosen {{box-shadow: inset 0 0 0 3px {palette.ORANGE};}}
"""
_mount = component(
    "nnlab_matrix",
    html='<div class="nnlab-matrix" role="group"></div>',
    css=_CSS,
    isolate_styles=False,  # the buttons to save a chart have one style in the page's head
    js="""
export default function (drawing) {
  const { script } = drawing.data, loaded = (window.nnlabMatrix ??= {});
  if (loaded[script]) return loaded[script](drawing);
  import(new URL(script, document.baseURI)).then(({ draw }) => {
    loaded[script] = draw;
    draw(drawing);
  });
}
""",
)


def matrix(
    counts: NDArray[np.integer[Any]],
    class_names: Sequence[str],
    key: str,
    title: str,
    alt: str,
    *,
    shares: bool = False,
    things: str = "images",
    marked: Collection[tuple[int, int]] = (),
    on_click: Callable[[int, int], None] | None = None,
) -> None:
    """Show a confusion matrix; the one that had this `key` before is changed in place.

    Args:
        counts: by true class (row) and predicted class (column), int (classes, classes).
        class_names: in the order of the class numbers.
        key: its lasting identity, unique on the page.
        title: above it.
        alt: it in words.
        shares: write shares of the true class instead of numbers.
        things: what is counted.
        marked: cells to be framed, as (true, predicted).
        on_click: called with true and predicted class of a cell that is clicked.

    Raises:
        ValueError: `counts` is not (classes, classes).
    """
    key = f"matrix-{key}"
    data = {
        **asdict(cells_of(counts, class_names, shares, things)),
        "names": list(class_names),
        "long": too_long(class_names),
        "marked": [list(cell) for cell in marked],
        "title": title,
        "hint": _HINT,
        "alt": alt,
        "ink": palette.ON_CELL,
        "clickable": on_click is not None,
        "script": script_url("matrix.js"),
        "saving": script_url("saving.js"),
    }
    listeners: dict[str, Any] = {}
    if on_click is not None:
        listeners["on_clicked_change"] = lambda: on_click(*st.session_state[key].clicked)
    _mount(data=data, key=key, width="stretch", height="content", **listeners)
