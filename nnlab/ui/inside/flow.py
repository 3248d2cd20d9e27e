"""The flow through the layers: values under the pointer, and a click opens a unit."""

from collections.abc import Callable
from typing import Any

import streamlit as st

_CSS = """
.told {
  color: var(--st-text-color); font-family: var(--st-font); font-size: 0.875rem;
  min-height: 1.4em; font-variant-numeric: tabular-nums;
}
.place {
  color: var(--st-text-color); font-family: var(--st-font); overflow-x: auto; width: 100%;
}
.place:focus-visible {outline: 2px solid var(--st-primary-color); border-radius: 4px;}
"""
_SCRIPT = """
function unitAt(event, place) {
  const unit = event.target.closest?.('.units > *');
  if (!unit || !place.contains(unit)) return null;
  const column = unit.closest('[data-layer]');
  const number = [...unit.parentElement.children].indexOf(unit);
  return column && { unit, number, layer: Number(column.dataset.layer), column };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector('.place'), told = parentElement.querySelector('.told');
  if (place.dataset.shown !== data.markup) {
    place.innerHTML = data.markup;
    place.dataset.shown = data.markup;
  }
  told.textContent = data.hint;
  place.onpointerover = (event) => {
    const at = unitAt(event, place);
    if (!at) { told.textContent = data.hint; return; }
    const name = data.names[at.layer]?.[at.number] ?? at.number;
    told.textContent = `${data.titles[at.layer]}, ${name}: ${at.unit.dataset.v}`;
  };
  place.onpointerleave = () => { told.textContent = data.hint; };
  place.onclick = (event) => {
    const at = unitAt(event, place);
    if (at?.unit.parentElement.classList.contains('open')) {
      setTriggerValue('picked', [at.layer, at.number]);
    }
  };
}
"""
_flow = st.components.v2.component(
    "nnlab_flow",
    html='<div class="told" aria-hidden="true"></div>'
    '<div class="place" tabindex="0" role="group" aria-label="Layers from left to right"></div>',
    css=_CSS,
    js=_SCRIPT,
)


def clickable_flow(
    markup: str,
    titles: list[str],
    names: dict[int, list[str]],
    key: str,
    on_pick: Callable[[int, int], None],
) -> None:
    """Show what `nnlab.figures.flow.flow` made; the picture changes in place and stays scrolled.

    Args:
        markup: its HTML.
        titles: of the layers.
        names: of a layer's units, by its place, where they are not just numbers.
        key: of the widget.
        on_pick: called with the layer and the unit that are clicked.
    """

    def picked() -> None:
        result: Any = st.session_state[key]
        layer, unit = result.picked
        on_pick(int(layer), int(unit))

    data = {
        "markup": markup,
        "titles": titles,
        "names": {str(layer): said for layer, said in names.items()},
        "hint": "Point at a cell or a map for its value; click it to open it below.",
    }
    _flow(key=key, data=data, width="stretch", height="content", on_picked_change=picked)
