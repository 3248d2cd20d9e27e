"""A Plotly chart that moves instead of blinking.

`st.plotly_chart` derives the element's identity from the figure itself, so every new point makes
the browser throw the chart away and build another: 100 to 250 ms of blank chart at each update.
This component keeps one chart and hands new figures to `Plotly.react`.
"""

from typing import Any

from streamlit.components.v2 import component

from nnlab.ui.plotly_library import plotly_url

_mount = component(
    "nnlab_live_chart",
    html='<div class="nnlab-chart" role="img"></div>',
    isolate_styles=False,  # Plotly keeps its style sheet in the page's head
    js="""
function library(url) {
  window.nnlabPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => { window.nnlabPlotly = undefined; reject(new Error(url)); };
    document.head.append(script);
  });
  return window.nnlabPlotly;
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

export default function ({ data, parentElement }) {
  const slot = parentElement.querySelector('.nnlab-chart');
  slot.style.height = data.figure.layout.height + 'px';
  slot.setAttribute('aria-label', data.alt);
  slot.figure = data.figure;
  library(data.plotly).then((Plotly) => {
    const layout = inTheme(slot.figure.layout, getComputedStyle(slot));
    const options = { displayModeBar: false, responsive: true };
    Plotly.react(slot, slot.figure.data, layout, options);
  });
}
""",
)


def live_chart(figure: dict[str, Any], key: str, alt: str) -> None:
    """Show `figure`; the chart that had this `key` before is changed in place.

    Args:
        figure: a Plotly figure as a plain dictionary without NaN; its layout names the height.
        key: the chart's lasting identity, unique on the page.
        alt: the chart in words.
    """
    data = {"figure": figure, "alt": alt, "plotly": plotly_url()}
    _mount(data=data, key=f"live-{key}", width="stretch", height="content")
