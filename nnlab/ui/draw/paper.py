"""The canvas with its buttons."""

import streamlit as st

from nnlab.ui.draw.kept import keep
from nnlab.ui.draw.pen_up import pen_up
from nnlab.ui.draw.sheet import SIDE, THICKEST, THINNEST, Sheet
from nnlab.ui.once import once
from nnlab.ui.state import State

_CANVAS, _PLACE, _PEN = "draw-canvas", "draw-paper", "draw-pen"


def paper(state: State, sheet: Sheet) -> bool:
    """Canvas, undo, redo, clear and the pen; whether the drawing is another than before."""
    with st.container(key=_PLACE, gap=None):
        changed = _canvas(sheet)
        pen_up(_PLACE, "Drawing area: draw a digit with mouse, pen or finger")
    _buttons(state, sheet)
    _pen(state, sheet)
    return changed


def _canvas(sheet: Sheet) -> bool:
    # Here, since it can only be imported while Streamlit runs.
    from streamlit_drawable_canvas import st_canvas

    if _CANVAS not in st.session_state:
        sheet.mount()
    drawn = st_canvas(
        key=_CANVAS,
        stroke_width=sheet.pen,
        stroke_color="#ffffff",
        background_color="#000000",
        width=SIDE,
        height=SIDE,
        # Given anew only when other strokes have to show: the canvas begins afresh with it.
        initial_drawing={"objects": sheet.handed, "edition": sheet.edition},
        return_image_data=True,
    )
    return sheet.take(drawn.json_data, drawn.image_bytes)


def _buttons(state: State, sheet: Sheet) -> None:
    with st.container(horizontal=True, gap="xsmall", key="draw-buttons"):
        _button(state, sheet, "Undo", "undo", "Ctrl+Z", sheet.can_undo)
        _button(state, sheet, "Redo", "redo", "Ctrl+Y", sheet.can_redo)
        _button(state, sheet, "Clear", "delete", None, not sheet.empty)


def _button(
    state: State, sheet: Sheet, label: str, icon: str, shortcut: str | None, enabled: bool
) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        key=f"draw-{label}",
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
    def change() -> None:
        sheet.pen = st.session_state[_PEN]
        keep(state, sheet)

    st.slider(
        "Pen width",
        THINNEST,
        THICKEST,
        sheet.pen,
        step=2,
        format="%d px",
        key=_PEN,
        on_change=change,
    )
