"""A sheet of images in which each can be clicked, or reached with Tab and chosen with Enter."""

from collections.abc import Callable
from typing import Any

import streamlit as st

_CSS = """
.place {color: var(--st-text-color); font-family: var(--st-font);}
[role=button] {cursor: pointer;}
[role=button]:hover img, [role=button]:focus-visible img {
  outline: 2px solid var(--st-primary-color); outline-offset: 1px;
}
[role=button]:focus-visible {outline: none;}
[role=button][aria-pressed="true"] img {
  outline: 3px solid var(--st-primary-color); outline-offset: 1px;
}
"""
_SCRIPT = """
function label(item) {
  // Not innerText: that has the browser lay the page out, fifteen times a sheet.
  const lines = [...(item.querySelector(".words")?.children ?? [])].map((line) => line.textContent);
  return [item.querySelector("img").alt + (lines.length ? ":" : ""), ...lines].join(" ");
}

export default function ({data, parentElement, setTriggerValue}) {
  const place = parentElement.querySelector(".place");
  place.innerHTML = data.sheet;
  place.querySelector("[role=list]").removeAttribute("role");
  place.querySelectorAll("[role=listitem]").forEach((item, index) => {
    item.setAttribute("role", "button");
    item.setAttribute("tabindex", "0");
    item.setAttribute("aria-label", label(item));
    if (data.chosen !== null) item.setAttribute("aria-pressed", String(index === data.chosen));
    item.onclick = () => setTriggerValue("picked", index);
    item.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      setTriggerValue("picked", index);
    };
  });
}
"""
_sheet = st.components.v2.component(
    "nnlab_clickable_sheet", html='<div class="place"></div>', css=_CSS, js=_SCRIPT
)


def clickable_sheet(
    sheet: str, key: str, on_pick: Callable[[int], None], chosen: int | None = None
) -> None:
    """Show a sheet made by `image_sheet` or `prediction_sheet` of `nnlab.figures`.

    Args:
        sheet: its HTML.
        key: of the widget.
        on_pick: called with the position of the clicked image.
        chosen: position of the image to mark, None where a click leaves no mark.
    """

    def picked() -> None:
        result: Any = st.session_state[key]
        on_pick(int(result.picked))

    _sheet(key=key, data={"sheet": sheet, "chosen": chosen}, on_picked_change=picked)
