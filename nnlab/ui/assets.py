"""Files that browsers get from this server."""

import hashlib
from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_SCRIPTS = Path(__file__).parent / "scripts"


def asset_url(name: str, folder: Path, file: str, version: str) -> str:
    """Path on this server of a file in `folder`. Browsers keep it until the version changes.

    Args:
        name: of the folder, the same for all of its files and for no other folder's.
        folder: where the file is.
        file: its name.
        version: changes when the file does.
    """
    return f"{folder_url(name, folder)}/{file}?v={version}"


@st.cache_resource(show_spinner=False)
def folder_url(name: str, folder: Path) -> str:
    """Path on this server of all files in `folder`.

    Streamlit serves the assets of components; the folder is declared as that of one.
    """
    manifest = ComponentManifest(
        name=f"nnlab-{name}",
        version="1",
        components=[ComponentConfig(name="files", asset_dir=folder.name)],
    )
    get_bidi_component_manager().register_from_manifest(manifest, folder.parent)
    base = st.get_option("server.baseUrlPath").strip("/")
    return ("/" + base if base else "") + f"/_stcore/bidi-components/nnlab-{name}.files"


def script_url(file: str) -> str:
    """Path of one of our own scripts."""
    return asset_url("scripts", _SCRIPTS, file, _digest(_SCRIPTS / file))


@st.cache_data(show_spinner=False)
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
