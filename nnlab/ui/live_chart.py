"""A Plotly chart that moves instead of blinking.

`st.plotly_chart` derives the element's identity from the figure itself, so every new point makes
the browser throw the chart away and build another: 100 to 250 ms of blank chart at each update.
This component keeps one chart and hands new figures to `Plotly.react`. While a fragment draws
itself again and again, only what has changed in the figure is sent.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from nnlab.ui.assets import script_url
from nnlab.ui.plotly_library import LIBRARY_SCRIPT, plotly_url
from nnlab.ui.sent_figures import missed, told

_mount = component(
    "nnlab_live_chart",
    html='<div class="nnlab-chart" role="img"></div>',
    isolate_styles=False,  # Plotly keeps its style sheet in the page's head
    # Short, since it goes along with each drawing. Both files are loaded once; from then on a chart
    # is drawn at once: one that waits for a promise does so behind the rest of the page.
    js=LIBRARY_SCRIPT
    + """
export default function (drawing) {
  const { plotly, script } = drawing.data, loaded = (window.nnlabCharts ??= {});
  if (loaded[script]) return loaded[script](window.Plotly, drawing);
  Promise.all([library(plotly), import(new URL(script, document.baseURI))])
    .then(([Plotly, { draw }]) => { loaded[script] = draw; draw(Plotly, drawing); });
}
""",
)


@dataclass(frozen=True)
class Follow:
    """A file that the browser reads several times a second, between the drawings of the page.

    Attributes:
        url: JSON, groups of columns of equal length; each group has one named `epoch`.
        series: for each trace of the figure, the group and the column that go on with it.
        every_ms: how often it is read.
    """

    url: str
    series: tuple[tuple[str, str], ...]
    every_ms: int


def live_chart(
    figure: dict[str, Any],
    key: str,
    alt: str,
    on_click: Callable[[Any], None] | None = None,
    taller_than_wide: int | None = None,
    feed: Follow | None = None,
) -> None:
    """Show `figure`; the chart that had this `key` before is changed in place.

    Args:
        figure: a Plotly figure as a plain dictionary without NaN; its layout names the height.
        key: the chart's lasting identity, unique on the page.
        alt: the chart in words.
        on_click: called with the `customdata` of a point that is clicked.
        taller_than_wide: by how many pixels at most, for a square that cannot use its full
            height on a narrow page.
        feed: what the browser adds to the figure's lines by itself; new lines wait for the next
            figure.
    """
    key = f"live-{key}"
    data = {
        **told(figure, key),
        "alt": alt,
        "plotly": plotly_url(),
        "script": script_url("live_chart.js"),
        "saving": script_url("saving.js"),
        "clickable": on_click is not None,
        "taller_than_wide": taller_than_wide,
        "feed": asdict(feed) if feed else None,
    }
    listeners: dict[str, Any] = {"on_missed_change": lambda: missed(key)}
    if on_click is not None:
        listeners["on_clicked_change"] = lambda: on_click(st.session_state[key].clicked)
    _mount(data=data, key=key, width="stretch", height="content", **listeners)
