"""What a browser knows of a widget's value: it tells all of them with each rerun."""

from typing import Any

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState


def shown_value(element: Element) -> WidgetState | None:
    """The state that a browser sets when it first shows the widget; None where it sets none."""
    kind = element.WhichOneof("type")
    read = _READERS.get(kind or "")
    if kind is None or read is None:
        return None
    widget = getattr(element, kind)
    state = WidgetState(id=widget.id)
    read(widget, state)
    return state


def _number(widget: Any, state: WidgetState) -> None:
    state.double_value = widget.value if widget.set_value else widget.default


def _slider(widget: Any, state: WidgetState) -> None:
    state.double_array_value.data.extend(widget.value if widget.set_value else widget.default)


def _select(widget: Any, state: WidgetState) -> None:
    state.string_value = widget.raw_value if widget.set_value else widget.options[widget.default]


def _check(widget: Any, state: WidgetState) -> None:
    state.bool_value = widget.value if widget.set_value else widget.default


def _text(widget: Any, state: WidgetState) -> None:
    state.string_value = widget.value if widget.set_value else widget.default


_READERS = {
    "number_input": _number,
    "slider": _slider,
    "selectbox": _select,
    "checkbox": _check,
    "text_input": _text,
}
