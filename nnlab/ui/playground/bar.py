"""The buttons that drive the training."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.once import once
from nnlab.ui.playground.board import Board

# Epochs a second, from slow to as fast as it can.
SPEEDS: dict[str, float | None] = {
    "Very slow": 0.5, "Slow": 2.0, "Medium": 10.0, "Fast": 40.0, "As fast as it can": None,
}  # fmt: skip
_PER_SECOND = {
    name: f"{name} ({speed:g} epochs/s)" if speed else name for name, speed in SPEEDS.items()
}


def top_bar(board: Board, run: Run | None) -> None:
    """Play or Pause, one batch, one epoch, Reset, and how fast."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="play-bar"):
        _play(board, run)
        _steps(board, run)
        st.button(
            "Reset",
            icon=":material/replay:",
            key="playground-reset",
            shortcut="Alt+0",
            help="Start over from the seed. The run so far is stopped and kept.",
            on_click=once(_guarded(board.reset)),
            disabled=run is None and not board.start_edits(),
        )
        _speed(board)


def _play(board: Board, run: Run | None) -> None:
    going = board.going(run)
    st.button(
        "Pause" if going else "Play",
        icon=":material/pause:" if going else ":material/play_arrow:",
        key=f"playground-{'pause' if going else 'play'}",
        type="primary",
        shortcut="Alt+P",
        width=165,
        help=None if run is None or not run.complete else "Once more, from the seed.",
        on_click=once(_guarded(board.play)),
        disabled=board.problems() is not None,
    )


def _steps(board: Board, run: Run | None) -> None:
    """Not while it trains by itself, nor once it has ended."""
    fixed = board.going(run) or board.problems() is not None
    fixed = fixed or (run is not None and not run.active and not run.resumable)
    for label, icon, key, shortcut, epoch in (
        ("Step", "skip_next", "step", "Alt+1", False),
        ("Epoch", "fast_forward", "epoch", "Alt+2", True),
    ):
        st.button(
            label,
            icon=f":material/{icon}:",
            key=f"playground-{key}",
            shortcut=shortcut,
            help="One epoch, then hold." if epoch else "One batch, then hold.",
            on_click=once(_guarded(partial(_step, board, epoch))),
            disabled=fixed,
        )


def _step(board: Board, epoch: bool) -> None:
    board.step(board.steps_per_epoch() if epoch else 1)


def _guarded(act: Callable[[], None]) -> Callable[[], None]:
    """A run that was deleted meanwhile is told in words."""

    def guarded() -> None:
        try:
            act()
        except RunNotFound as error:
            st.toast(str(error), icon=":material/error:")

    return guarded


def _speed(board: Board) -> None:
    key, names = "playground-speed", list(SPEEDS)
    current = next(name for name, speed in SPEEDS.items() if speed == board.speed)
    st.selectbox(
        "Speed",
        names,
        index=names.index(current),
        format_func=_PER_SECOND.__getitem__,
        key=key,
        label_visibility="collapsed",
        width=175,
        on_change=_guarded(lambda: board.set_speed(SPEEDS[st.session_state[key]])),
    )
