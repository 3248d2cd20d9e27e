"""Below the picture: curves, the moments of a run, where else to look at it, and all weights."""

import base64
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from nnlab.datasets import info_of
from nnlab.figures.curves import Metric, learning_curves
from nnlab.links import link_query
from nnlab.runs.feed import feed_folder
from nnlab.runs.frames import frame_name
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.ui.boundary import boundary_words
from nnlab.ui.live_chart import live_chart
from nnlab.ui.plain import plain
from nnlab.ui.playground.board import Board, mark
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.share.address import page_url
from nnlab.ui.share.sign import link_sign
from nnlab.ui.train.code import code_panel
from nnlab.ui.train.curves import draw_curves, epoch_table, history_of
from nnlab.ui.watching import begin_pace, keep_pace

if TYPE_CHECKING:
    import pandas as pd

_PACE = "playground"
# While it makes some steps only: so soon the page is at rest again.
_STEP_SECONDS = 0.3
_MOST_ROWS = 20_000


def watch(board: Board, run: Run | None) -> None:
    """Curves and messages; while the run is active they are drawn anew by themselves.

    The page around is drawn anew when the run begins or ends.
    """
    every = None
    if run is not None and run.active:
        every = _STEP_SECONDS if board.stepping or run.requested else begin_pace(_PACE)
    st.fragment(_watch, run_every=every, key=f"playground-watch-{every}")(board, mark(run))


def _watch(board: Board, was: Any) -> None:
    run = board.run()
    if mark(run) != was:
        st.rerun()
    if run is None:
        _still_empty(board)
        return
    _message(run)
    history = history_of(run)
    pace = keep_pace(_PACE) if run.active and not board.stepping else None
    draw_curves(run, history, pace)


def _still_empty(board: Board) -> None:
    """Both charts without a line, so that Play moves nothing on the page."""
    total = board.form.experiment.training.epochs
    metrics: tuple[Metric, ...] = ("loss", "accuracy")
    for column, metric in zip(st.columns(2), metrics, strict=True):
        with column:
            live_chart(learning_curves({}, {}, metric, total), metric, f"{metric}: no run yet")


def _message(run: Run) -> None:
    if not run.message:
        return
    show = st.error if run.state in (RunState.FAILED, RunState.DIVERGED) else st.info
    show(plain(run.message))


def links(board: Board, run: Run | None) -> None:
    """The same run and experiment on other pages, and as a script."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(
            "Open on Train",
            icon=":material/tune:",
            key="playground-train",
            help="The same experiment, with every setting. Train also sets it as a task.",
        ):
            _open_on_train(board)
        if run is not None and run.complete:
            st.page_link("pages/3_Evaluate.py", label="Evaluate", icon=":material/fact_check:")
    with rarely_open("A link to this", "playground-link", ":material/link:") as is_open:
        if is_open:
            _link(board)
    with rarely_open("Keras script", "playground-code", ":material/code:") as is_open:
        if is_open:
            code_panel(board.form)


def _link(board: Board) -> None:
    query = link_query(board.form.experiment)
    st.caption("Whoever opens it finds the Playground set up exactly so.")
    link_sign("playground-link-sign", page_url("Playground", query), "Playground")


def _open_on_train(board: Board) -> None:
    visited = board.visited
    if board.form is not visited and not visited.replace(board.form.experiment):
        st.toast("Your task fixes what is on Train.", icon=":material/lock:")
        return
    visited.run_id = board.run_id or visited.run_id
    st.switch_page("pages/2_Train.py")


def curves_as_table(run: Run | None) -> None:
    """Each epoch so far as a row; at the end of the page, where nothing has to make room."""
    with rarely_open("The curves as a table", "playground-epochs") as is_open:
        if not is_open:
            return
        history = history_of(run) if run is not None else None
        if history is None or not history.epochs:
            st.caption("No epoch is finished yet.")
            return
        epoch_table(history)


def numbers(board: Board, run: Run | None, frame: dict[str, Any] | None) -> None:
    """The field in words and every weight as a row, of the frame that is shown."""
    with rarely_open("The picture in words and numbers", "playground-numbers") as is_open:
        if not is_open:
            return
        shown = frame if frame is not None else newest(run)
        if shown is None:
            st.caption("There is no picture yet.")
            return
        st.markdown(f"After step {shown['step']:,}: {field_words(board, shown)}")
        st.dataframe(weight_table(shown), hide_index=True)


def newest(run: Run | None) -> dict[str, Any] | None:
    """The worker's newest frame of a run that is under way."""
    if run is None:
        return None
    try:
        found = json.loads((feed_folder() / frame_name(run.id, run.owner)).read_text())
    except (OSError, ValueError):
        return None
    return found


def field_words(board: Board, frame: dict[str, Any]) -> str:
    """Which class is answered on how much of the square."""
    side, outputs = frame["side"], frame["outputs"]
    field = np.frombuffer(base64.b64decode(frame["field"]), np.uint8).reshape(side, side, outputs)
    if outputs == 1:
        return f"the network answers above 0 on {100 * (field >= 128).mean():.1f} % of this square."
    return boundary_words(field, info_of(board.form.experiment.dataset).classes)


def weight_table(frame: dict[str, Any]) -> "pd.DataFrame":
    """A row a weight: layer, unit, which input, value. Layers with very many are left out."""
    import pandas as pd

    rows = [row for layer in frame["layers"] for row in _rows(layer)]
    return pd.DataFrame(rows[:_MOST_ROWS], columns=["Layer", "Unit", "Input", "Value"])


def _rows(layer: dict[str, Any]) -> Iterator[tuple[str, int, str, float]]:
    for unit, value in enumerate(layer["bias"]):
        yield layer["name"], unit + 1, "bias", value
    for source, weights in enumerate(layer["kernel"] or ()):
        for unit, value in enumerate(weights):
            yield layer["name"], unit + 1, str(source + 1), value
