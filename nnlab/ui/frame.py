"""What every page has: title, navigation, the state of the workers, and a net for errors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError

from nnlab.rooms.room import Room
from nnlab.ui.garbage import set_modules_aside
from nnlab.ui.icon import page_icon
from nnlab.ui.resources import engine, rooms
from nnlab.ui.room.badge import room_badge
from nnlab.ui.room.parted import notice_parting, parting_line
from nnlab.ui.room.task import follow_task
from nnlab.ui.sent_figures import send_whole_figures
from nnlab.ui.state import State, state
from nnlab.ui.visitor import keep_cookie
from nnlab.work.failures import disk_is_full
from nnlab.work.status import ClusterStatus

logger = logging.getLogger(__name__)

PAGES = (
    ("app.py", "Home", ":material/home:"),
    ("pages/5_Learn.py", "Learn", ":material/school:"),
    ("pages/11_Playground.py", "Playground", ":material/scatter_plot:"),
    ("pages/1_Data.py", "Data", ":material/grid_view:"),
    ("pages/2_Train.py", "Train", ":material/model_training:"),
    ("pages/13_Sweep.py", "Sweep", ":material/tune:"),
    ("pages/3_Evaluate.py", "Evaluate", ":material/fact_check:"),
    ("pages/9_Inside.py", "Inside", ":material/visibility:"),
    ("pages/10_What_if.py", "What if", ":material/experiment:"),
    ("pages/12_Compare.py", "Compare", ":material/compare_arrows:"),
    ("pages/4_Draw.py", "Draw", ":material/draw:"),
    ("pages/7_Class.py", "Class", ":material/groups:"),
    ("pages/6_Reproduce.py", "Reproduce", ":material/rule:"),
    ("pages/8_Workers.py", "Workers", ":material/memory:"),
)
LOOK_EVERY_SECONDS = 1.5
SIDEBAR_WIDTH = 230  # pixels
_STYLE = """
<style>
  .block-container, [data-testid="stMainBlockContainer"] {padding-top: 3rem; max-width: 1240px;}
  @media (max-width: 1400px) {
    [data-testid="stMainBlockContainer"] {padding-left: 3rem; padding-right: 3rem;}
  }
  @media (max-width: 900px) {
    [data-testid="stMainBlockContainer"] {padding-left: 1.25rem; padding-right: 1.25rem;}
  }
</style>
"""


@contextmanager
def page(title: str, intro: str) -> Iterator[State]:
    """A page's frame; the body is drawn inside and gets the visitor's state.

    Storage that fails is told in words and logged; the page around it stays usable.
    """
    st.set_page_config(
        page_title=f"{title} · nnlab",
        page_icon=page_icon(),
        layout="wide",
        initial_sidebar_state=SIDEBAR_WIDTH,
    )
    st.html(_STYLE)
    send_whole_figures()
    visitor_state, room = _open_state()
    _sidebar(visitor_state, room)
    st.title(title)
    st.markdown(intro)
    parting_line(visitor_state)
    try:
        yield visitor_state
    except (OSError, SQLAlchemyError) as error:
        _tell_storage_error(error)
    set_modules_aside()


def _open_state() -> tuple[State, Room | None]:
    try:
        keep_cookie()
        visitor_state = state()
        room = rooms().current(visitor_state.owner)
        notice_parting(visitor_state, room)
        follow_task(visitor_state, room)
        return visitor_state, room
    except (OSError, SQLAlchemyError) as error:
        _tell_storage_error(error)
        st.stop()


def _tell_storage_error(error: Exception) -> None:
    logger.error("storage failed", exc_info=error)
    if disk_is_full(error):
        text = "The disk is full, so nothing new can be saved. Free some space and reload the page."
    else:
        name = type(error).__name__
        text = f"Files or the database cannot be used just now ({name}). Reload to try again."
    st.error(f"{text} Finished runs are not affected.", icon=":material/hard_drive:")


def _sidebar(state: State, room: Room | None) -> None:
    with st.sidebar:
        st.markdown("### :material/hub: nnlab")
        st.caption("See a neural network learn.")
        for path, label, icon in PAGES:
            st.page_link(path, label=label, icon=icon)
        st.divider()
        room_badge(state, room)
        workers_panel()


def workers_panel() -> None:
    """The workers' state; looks again by itself until all of them are ready.

    The timer goes with the next full run of the page. To force one here, while somebody may be
    clicking, was seen to mix up what fragments had drawn.
    """
    status = engine().status
    if status.phase == "ready" and status.ready >= status.workers:
        _told(status)
    else:
        st.fragment(_workers, run_every=LOOK_EVERY_SECONDS)()


def _workers() -> None:
    _told(engine().status)


def _told(status: ClusterStatus) -> None:
    match status.phase:
        case "ready":
            noun = "worker" if status.workers == 1 else "workers"
            count = f"{status.ready} of {status.workers}"
            text = f":green[:material/check_circle:] {count} {noun} ready"
        case "warming" | "starting":
            waiting = status.message or "Workers load TensorFlow, about 15 s"
            text = f":orange[:material/hourglass_top:] {waiting}"
        case _:
            text = f":red[:material/error:] {status.message}"
    st.caption(text)
