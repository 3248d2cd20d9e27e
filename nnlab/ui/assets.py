"""Files that browsers get from this server."""

import functools
import hashlib
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_SCRIPTS = Path(__file__).parent / "scripts"
# What each server has been told of. Asked for at every drawing of a chart, for which Streamlit's
# own cache is too slow: it makes a hash of the arguments each time.
_urls: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


def asset_url(name: str, folder: Path, file: str, version: str) -> str:
    """Path on this server of a file in `folder`. Browsers keep it until the version changes.

    Args:
        name: of the folder, the same for all of its files and for no other folder's.
        folder: where the file is.
        file: its name.
        version: changes when the file does.
    """
    return f"{folder_url(name, folder)}/{file}?v={version}"


def folder_url(name: str, folder: Path) -> str:
    """Path on this server of all files in `folder`.

    Streamlit serves the assets of components; the folder is declared as that of one, once.
    """
    urls = _urls.setdefault(get_bidi_component_manager(), {})
    if name not in urls:
        urls[name] = _declare(name, folder)
    return urls[name]


def _declare(name: str, folder: Path) -> str:
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


@functools.cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
