"""What a page handed to its own components."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def components(at: AppTest, name: str) -> list[dict[str, Any]]:
    """The data of all components of that name, in the order of the page."""
    return [
        json.loads(element.proto.json)
        for element in at.get("bidi_component")
        if element.proto.component_name == name
    ]
