"""Where the browser finds plotly.js: the file that the plotly package brings, served over HTTP."""

from pathlib import Path

import plotly
import streamlit as st

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
    folder = Path(plotly.__file__).parent / "package_data"
    return asset_url("plotly", folder, "plotly.min.js", plotly.__version__)


def load_ahead() -> None:
    """Have the browser load plotly.js now, so that the first chart is there with its first point.

    For pages that are about to show a chart but have none yet.
    """
    st.html(f"<script>{LIBRARY_SCRIPT} library({plotly_url()!r});</script>",
            unsafe_allow_javascript=True)  # fmt: skip
