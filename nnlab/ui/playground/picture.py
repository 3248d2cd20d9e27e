"""The network and the plane side by side: a component that draws each frame by itself.

While a run trains, the browser reads the worker's newest frame over HTTP and draws it; Streamlit is
not asked. Otherwise the frame comes from here.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from nnlab.runs.feed import feed_folder
from nnlab.runs.frames import Frame, frame_name
from nnlab.runs.run import Run
from nnlab.ui.assets import folder_url, script_url
from nnlab.ui.playground.board import Board
from nnlab.ui.playground.picture_data import COLOURS, input_tiles, scatter_of, structure_of
from nnlab.ui.playground.presses import press
from nnlab.ui.playground.style import STYLE
from nnlab.ui.watching import look

logger = logging.getLogger(__name__)

KEY = "playground-picture"
_NUMBER = "nnlab_playground_number"
# Between two readings of the frame; alone the first, in a class more.
READ_MS = (60, 500)
_SHARE = 250

_mount = component(
    "nnlab_playground",
    html='<div class="board"></div>',
    css=STYLE,
    js="""
export default function (drawing) {
  const { paint, script } = drawing.data;
  Promise.all([paint, script].map((path) => import(new URL(path, document.baseURI))))
    .then(([paint, { draw }]) => draw(paint, drawing));
}
""",
)


def picture(board: Board, run: Run | None, frame: Frame | None, note: str) -> None:
    """Show it.

    Args:
        board: whose.
        run: the run that is shown, None before Play.
        frame: what to show; None for what the browser reads by itself, or nothing yet.
        note: what else is to be said of it, one line.
    """

    def asked() -> None:
        message = st.session_state[KEY].asked
        if message is not None:
            _take(board, message)

    data = picture_data(board, run, frame, note)
    _mount(data=data, key=KEY, width="stretch", height="content", on_asked_change=asked)


def picture_data(board: Board, run: Run | None, frame: Frame | None, note: str) -> dict[str, Any]:
    """All that the script is told."""
    experiment = board.form.experiment
    scatter, structure = scatter_of(experiment.dataset), structure_of(experiment)
    return {
        "paint": script_url("playground_paint.js"),
        "script": script_url("playground.js"),
        "number": st.session_state.get(_NUMBER, 0),
        "of": run.id if run else None,
        "structure": structure,
        "inputs": input_tiles(scatter.reach, structure["features"]),
        "points": scatter.data,
        "reach": scatter.reach,
        "colours": COLOURS,
        "frame": frame.to_dict() if frame is not None else None,
        "follow": _follow(run),
        "locked": _locks(board),
        "note": note,
    }


def _follow(run: Run | None) -> dict[str, Any] | None:
    if run is None or not run.active:
        return None
    url = f"{folder_url('live', feed_folder())}/{_begun(run)}"
    every = min(max(READ_MS[0], round(look().read * _SHARE)), READ_MS[1])
    return {"url": url, "every_ms": every}


def _begun(run: Run) -> str:
    """The name of the run's frame file, which is there from now on: a browser is not refused."""
    name = frame_name(run.id, run.owner)
    with suppress(OSError):  # it is there already, or the worker's disk is another
        feed_folder().mkdir(parents=True, exist_ok=True)
        with (feed_folder() / name).open("x") as file:
            file.write("{}")
    return name


def _locks(board: Board) -> dict[str, bool]:
    form = board.form
    return {
        "layers": form.locked("layers"),
        "features": form.locked("dataset.points.features"),
        "weights": form.locked("training.changes"),
    }


def _take(board: Board, message: Mapping[str, Any]) -> None:
    """What a browser sends decides nothing by itself: all of it is checked where it acts."""
    try:
        number = int(message["number"])
        for asked in list(message["asked"])[:50]:
            press(board, asked)
    except (KeyError, TypeError, ValueError, IndexError):
        logger.info("a message of the picture was not understood", exc_info=True)
        return
    st.session_state[_NUMBER] = number
