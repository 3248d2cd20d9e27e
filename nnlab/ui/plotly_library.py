"""Where the browser finds plotly.js: the file that the plotly package brings, served over HTTP."""

import plotly
import streamlit as st

from nnlab.figures.plotly_file import plotly_file
from nnlab.ui.assets import asset_url

# Loads the library once a page; a promise of it.
LIBRARY_SCRIPT = """
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
"""


def plotly_url() -> str:
    """Path of plotly.js on this server."""
    file = plotly_file()
    return asset_url("plotly", file.parent, file.name, plotly.__version__)


def load_ahead() -> None:
    """Have the browser load plotly.js now, so that the first chart is there with its first point.

    For pages that are about to show a chart but have none yet.
    """
    st.html(f"<script>{LIBRARY_SCRIPT} library({plotly_url()!r});</script>",
            unsafe_allow_javascript=True)  # fmt: skip
