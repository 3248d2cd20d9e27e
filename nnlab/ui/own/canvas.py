"""A square on which points are placed: with a brush for each class, an eraser and undo.

What is painted is sent when the pen is lifted. The keyboard does the same: arrows move a cross,
space places a point, backspace takes away what is under it, and a number chooses the class.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from nnlab.experiment.own_points import OWN_COUNTS
from nnlab.figures import palette
from nnlab.ui.assets import script_url

_mount = component(
    "nnlab_painting",
    html='<div class="painting"></div>',
    css="""
.painting {
  color: var(--st-text-color); font-family: var(--st-font); font-size: 0.875rem;
  max-width: 520px;
}
.tools {display: flex; flex-wrap: wrap; gap: 0.4rem; margin-bottom: 0.5rem; align-items: center;}
.tools button {
  color: inherit; font: inherit; background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 0.5rem);
  padding: 0.25rem 0.6rem; min-height: 2.25rem; max-width: 12rem;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
}
.tools button[aria-pressed="true"] {
  border-color: var(--st-primary-color); box-shadow: inset 0 0 0 1px var(--st-primary-color);
}
.tools button:hover, .tools button:focus-visible {border-color: var(--st-primary-color);}
.tools i {
  display: inline-block; width: 0.75rem; height: 0.75rem; border-radius: 50%;
  margin-right: 0.35rem; vertical-align: -0.05rem;
}
.tools label {display: flex; align-items: center; gap: 0.4rem;}
.tools input {width: 5.5rem;}
canvas {
  display: block; width: 100%; aspect-ratio: 1; touch-action: none; cursor: crosshair;
  border: 1px solid var(--st-border-color); border-radius: 0.5rem; box-sizing: border-box;
}
canvas:focus-visible {outline: 2px solid var(--st-primary-color); outline-offset: 2px;}
""",
    js="""
export default function (drawing) {
  const { script } = drawing.data, loaded = (window.nnlabPaintings ??= {});
  if (loaded[script]) return loaded[script](drawing);
  import(new URL(script, document.baseURI)).then(({ paint }) => {
    loaded[script] = paint; paint(drawing);
  });
}
""",
)


def painting_canvas(
    classes: Sequence[str],
    points: Sequence[tuple[float, float, int]],
    edition: int,
    key: str,
    on_painted: Callable[[Any], None],
) -> None:
    """The square from -6 to 6 with `points` on it.

    Args:
        classes: their names, a brush each.
        points: x, y and class number.
        edition: counted up, the canvas shows `points`; otherwise it keeps what it has.
        key: unique on the page.
        on_painted: called with all points as the browser has them, which are to be checked.
    """

    def painted() -> None:
        message: Any = st.session_state[key].painted
        if isinstance(message, dict) and message.get("edition") == edition:
            on_painted(message.get("points"))

    data = {
        "classes": list(classes),
        "colours": [palette.class_colour(label) for label in range(len(classes))],
        "points": [list(point) for point in points],
        "edition": edition,
        "most": OWN_COUNTS[1],
        "script": script_url("painting.js"),
    }
    _mount(data=data, key=key, width="stretch", height="content", on_painted_change=painted)
