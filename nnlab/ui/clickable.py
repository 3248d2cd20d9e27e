"""A sheet of images in which each can be clicked, or reached with Tab and chosen with Enter."""

from collections.abc import Callable
from typing import Any

import streamlit as st

_CSS = """
figure {cursor: pointer; border-radius: 4px;}
figure:hover img, figure:focus-visible img {
  outline: 2px solid var(--st-primary-color); outline-offset: 1px;
}
figure:focus-visible {outline: none;}
figure[aria-pressed="true"] img {outline: 3px solid var(--st-primary-color); outline-offset: 1px;}
"""
_SCRIPT = """
export default function ({data, parentElement, setTriggerValue}) {
  const place = parentElement.querySelector(".place");
  place.innerHTML = data.sheet;
  place.querySelector("[role=list]").removeAttribute("role");
  place.querySelectorAll("figure").forEach((figure, index) => {
    figure.setAttribute("role", "button");
    figure.setAttribute("tabindex", "0");
    figure.setAttribute("aria-label", figure.querySelector("img").alt);
    figure.setAttribute("aria-pressed", String(index === data.chosen));
    figure.onclick = () => setTriggerValue("picked", index);
    figure.onkeydown = (event) => {
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
    """Show a sheet made by `nnlab.figures.images.image_sheet`.

    Args:
        sheet: its HTML.
        key: of the widget.
        on_pick: called with the position of the clicked image.
        chosen: position of the image to mark.
    """

    def picked() -> None:
        result: Any = st.session_state[key]
        on_pick(int(result.picked))

    _sheet(key=key, data={"sheet": sheet, "chosen": chosen}, on_picked_change=picked)
