"""plotly.js, as the plotly package brings it."""

from importlib.util import find_spec
from pathlib import Path


def plotly_file() -> Path:
    """The minified library; plotly itself is not imported for it."""
    spec = find_spec("plotly")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "package_data", "plotly.min.js")
