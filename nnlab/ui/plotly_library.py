"""Where the browser finds plotly.js: the file that the plotly package brings, served over HTTP."""

from pathlib import Path

import plotly
import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_PROJECT, _PART = "nnlab", "plotly"

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


@st.cache_resource(show_spinner=False)
def plotly_url() -> str:
    """Path of plotly.js on this server. Browsers keep it, so it is sent once.

    Streamlit serves the assets of components; the package's folder is declared as one's.
    """
    manifest = ComponentManifest(
        name=_PROJECT,
        version=plotly.__version__,
        components=[ComponentConfig(name=_PART, asset_dir="package_data")],
    )
    package = Path(plotly.__file__).parent
    get_bidi_component_manager().register_from_manifest(manifest, package)
    base = st.get_option("server.baseUrlPath").strip("/")
    route = f"_stcore/bidi-components/{_PROJECT}.{_PART}/plotly.min.js?v={plotly.__version__}"
    return "/" + (f"{base}/" if base else "") + route


def load_ahead() -> None:
    """Have the browser load plotly.js now, so that the first chart is there with its first point.

    For pages that are about to show a chart but have none yet.
    """
    st.html(f"<script>{LIBRARY_SCRIPT} library({plotly_url()!r});</script>",
            unsafe_allow_javascript=True)  # fmt: skip
