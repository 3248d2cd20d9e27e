"""The canvas with its buttons."""

import streamlit as st

from nnlab.ui.draw.kept import keep
from nnlab.ui.draw.pen_up import pen_up
from nnlab.ui.draw.sheet import DIGIT_PAPER, THICKEST, THINNEST, Sheet
from nnlab.ui.once import once
from nnlab.ui.state import State

# There is no room for the shortcuts' names.
_STYLE = '<style>[class*="st-key-draw-buttons"] kbd {display: none;}</style>'


def paper(state: State, sheet: Sheet, thing: str = "a digit") -> bool:
    """Canvas, undo, redo, clear and the pen; whether the drawing is another than before."""
    place = _key("draw-paper", sheet)
    with st.container(key=place, gap=None):
        changed = _canvas(sheet)
        pen_up(place, f"Drawing area: draw {thing} with mouse, pen or finger")
    st.html(_STYLE)
    _buttons(state, sheet)
    _pen(state, sheet)
    return changed


def _key(name: str, sheet: Sheet) -> str:
    """A widget's key; each kind of paper has widgets of its own."""
    return name if sheet.paper == DIGIT_PAPER else f"{name}-{sheet.paper.name}"


def _canvas(sheet: Sheet) -> bool:
    # Here, since it can only be imported while Streamlit runs.
    from streamlit_drawable_canvas import st_canvas

    key = _key("draw-canvas", sheet)
    if key not in st.session_state:
        sheet.mount()
    drawn = st_canvas(
        key=key,
        stroke_width=sheet.pen,
        stroke_color="#ffffff",
        background_color="#000000",
        width=sheet.paper.width,
        height=sheet.paper.height,
        # Given anew only when other strokes have to show: the canvas begins afresh with it.
        initial_drawing={"objects": sheet.handed, "edition": sheet.edition},
        return_image_data=True,
    )
    return sheet.take(drawn.json_data, drawn.image_bytes)


def _buttons(state: State, sheet: Sheet) -> None:
    with st.container(horizontal=True, gap="xsmall", key=_key("draw-buttons", sheet)):
        _button(state, sheet, "Undo", "undo", "Ctrl+Z", sheet.can_undo)
        _button(state, sheet, "Redo", "redo", "Ctrl+Y", sheet.can_redo)
        _button(state, sheet, "Clear", "delete", None, not sheet.empty)


def _button(
    state: State, sheet: Sheet, label: str, icon: str, shortcut: str | None, enabled: bool
) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        key=_key(f"draw-{label}", sheet),
        width="stretch",
        shortcut=shortcut,
        disabled=not enabled,
        on_click=once(_act),
        args=(state, sheet, label),
    )


def _act(state: State, sheet: Sheet, label: str) -> None:
    {"Undo": sheet.undo, "Redo": sheet.redo, "Clear": sheet.clear}[label]()
    if sheet.empty:
        keep(state, sheet)


def _pen(state: State, sheet: Sheet) -> None:
    key = _key("draw-pen", sheet)

    def change() -> None:
        sheet.pen = st.session_state[key]
        keep(state, sheet)

    st.slider(
        "Pen width",
        THINNEST,
        THICKEST,
        sheet.pen,
        step=2,
        format="%d px",
        key=key,
        on_change=change,
    )
