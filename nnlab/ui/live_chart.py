"""A Plotly chart that moves instead of blinking.

`st.plotly_chart` derives the element's identity from the figure itself, so every new point makes
the browser throw the chart away and build another: 100 to 250 ms of blank chart at each update.
This component keeps one chart and hands new figures to `Plotly.react`.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from nnlab.ui.plotly_library import LIBRARY_SCRIPT, plotly_url

_mount = component(
    "nnlab_live_chart",
    html='<div class="nnlab-chart" role="img"></div>',
    isolate_styles=False,  # Plotly keeps its style sheet in the page's head
    js=LIBRARY_SCRIPT
    + """
function setHeight(slot, parentElement, { figure, taller_than_wide: limit }) {
  slot.style.height = `${figure.layout.height}px`;
  if (limit === null) return;
  parentElement.style.containerType = 'inline-size';
  slot.style.height = `min(${figure.layout.height}px, 100cqw + ${limit}px)`;
  delete figure.layout.height;  // Plotly then fills the slot
}

function inTheme(layout, style) {
  const colour = (name) => style.getPropertyValue(name).trim();
  const grid = colour('--st-border-color');
  const themed = { ...layout, autosize: true };
  themed.font = { ...layout.font, color: colour('--st-text-color'), family: colour('--st-font') };
  themed.hoverlabel = {
    bgcolor: colour('--st-secondary-background-color'), bordercolor: grid,
    font: { color: colour('--st-text-color') },
  };
  for (const axis of ['xaxis', 'yaxis']) {
    themed[axis] = { gridcolor: grid, zerolinecolor: grid, linecolor: grid, ...layout[axis] };
  }
  return themed;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const slot = parentElement.querySelector('.nnlab-chart');
  setHeight(slot, parentElement, data);
  slot.setAttribute('aria-label', data.alt);
  slot.figure = data.figure;
  library(data.plotly).then((Plotly) => {
    const layout = inTheme(slot.figure.layout, getComputedStyle(slot));
    const options = { displayModeBar: false, responsive: true };
    Plotly.react(slot, slot.figure.data, layout, options);
    if (!data.clickable) return;
    slot.removeAllListeners('plotly_click');
    slot.on('plotly_click', ({ points }) => setTriggerValue('clicked', points[0].customdata));
  });
}
""",
)


def live_chart(
    figure: dict[str, Any],
    key: str,
    alt: str,
    on_click: Callable[[Any], None] | None = None,
    taller_than_wide: int | None = None,
) -> None:
    """Show `figure`; the chart that had this `key` before is changed in place.

    Args:
        figure: a Plotly figure as a plain dictionary without NaN; its layout names the height.
        key: the chart's lasting identity, unique on the page.
        alt: the chart in words.
        on_click: called with the `customdata` of a point that is clicked.
        taller_than_wide: by how many pixels at most, for a square that cannot use its full
            height on a narrow page.
    """
    key = f"live-{key}"
    data = {
        "figure": figure,
        "alt": alt,
        "plotly": plotly_url(),
        "clickable": on_click is not None,
        "taller_than_wide": taller_than_wide,
    }
    listeners: dict[str, Any] = {}
    if on_click is not None:
        listeners["on_clicked_change"] = lambda: on_click(st.session_state[key].clicked)
    _mount(data=data, key=key, width="stretch", height="content", **listeners)
