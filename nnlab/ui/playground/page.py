"""The Playground: one screen with data, network and plane, and what drives them."""

from typing import Any

import streamlit as st

from nnlab.datasets import DatasetError
from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.runs.frames import Frame
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.states import RunState
from nnlab.ui.columns import FOLD_BELOW
from nnlab.ui.controls import refusal
from nnlab.ui.kinds import use_own_if_any
from nnlab.ui.own.problem import own_data_problem
from nnlab.ui.plain import plain
from nnlab.ui.playground import asking
from nnlab.ui.playground.bar import top_bar
from nnlab.ui.playground.board import Board, barred, board_of, outline
from nnlab.ui.playground.data_panel import data_panel
from nnlab.ui.playground.missions import mission_panel
from nnlab.ui.playground.own import is_plane
from nnlab.ui.playground.picture import picture
from nnlab.ui.playground.picture_data import scatter_of
from nnlab.ui.playground.settings_row import settings_row
from nnlab.ui.playground.watch import curves_as_table, links, numbers, watch
from nnlab.ui.resources import engine
from nnlab.ui.share.arrival import arrival
from nnlab.ui.state import State
from nnlab.ui.time_bar import time_bar
from nnlab.ui.train.settings import problem_list
from nnlab.ui.when_ready import draw_again_when_ready
from nnlab.work.short_tasks import WorkersNotReady

# Everything on one screen of 1280 pixels; on a tablet the picture comes before the data.
_STYLE = """
<style>
  [data-testid="stMainBlockContainer"] {{padding: 1.6rem 1.75rem 2rem; max-width: 1500px;}}
  [data-testid="stMainBlockContainer"] h1 {{font-size: 1.5rem; padding: 0;}}
  .st-key-play-bar [data-testid="stButton"] button {{min-height: 2.3rem;}}
  .st-key-playground-data {{gap: 0.1rem;}}
  .st-key-playground-moment {{min-height: {moment}; justify-content: center;}}
  .st-key-playground-data [data-testid="stSlider"] {{margin-bottom: -0.35rem;}}
  @media (max-width: 1100px) {{.st-key-play-bar kbd {{display: none;}}}}
  @media (max-width: {fold}px) {{
    .st-key-playground > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] {{
      flex-wrap: wrap;
    }}
    .st-key-playground > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"]
      > [data-testid="stColumn"] {{flex: 1 1 100%; min-width: 100%;}}
    .st-key-playground > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"]
      > [data-testid="stColumn"]:first-child {{order: 2;}}
  }}
</style>
"""
# The slider's, kept free before it is there, so that nothing below moves when a run ends.
_MOMENT_HEIGHT = "4.1rem"


def playground(visited: State) -> None:
    """The whole page."""
    st.html(_STYLE.format(fold=FOLD_BELOW, moment=_MOMENT_HEIGHT))
    if barred(visited):
        st.info(
            "You are at a task with other data, whose settings are fixed: it is on Train.",
            icon=":material/lock:",
        )
        st.page_link("pages/2_Train.py", label="To the task", icon=":material/model_training:")
        return
    board = board_of(visited)
    if arrival(board.form):
        _arrived(board)
    use_own_if_any(board.form)
    run = board.settle()
    top_bar(board, run)
    with st.container():  # always there, so that what stands below keeps its place
        refusal(board.form)
        problems = board.problems()
        if problems is not None and own_data_problem(board.form) is None:  # told in the picture
            problem_list(problems)
    with st.container(key="playground"):
        left, right = st.columns([1, 4.6], gap="small")
        with left, st.container(key="playground-data"):
            data_panel(board)
        with right:
            frame_of = _stage(board, run) if _points_are_there(board) else None
    settings_row(board)
    watch(board, run)
    mission_panel(visited, engine().store.runs_of(board.owner), board.set_up)
    links(board, run)
    curves_as_table(run)
    numbers(board, run, frame_of)
    board.form.refused = None  # it has been told


def _points_are_there(board: Board) -> bool:
    """Whether the points can be shown; where not, why."""
    problem = own_data_problem(board.form)
    if problem is None:
        try:
            scatter_of(board.form.experiment.dataset)
        except (DatasetError, InvalidExperiment) as error:
            problem = str(error)
    if problem is not None:
        st.info(plain(problem), icon=":material/lock:")
    return problem is None


def _stage(board: Board, run: Run | None) -> dict[str, Any] | None:
    """The picture; a weight set by hand draws it anew, and nothing else."""
    board.shown = outline(board, run)
    st.fragment(_draw, key="playground-stage")(board)
    shown = st.session_state.get(_FRAME)
    return shown.to_dict() if isinstance(shown, Frame) else None


_FRAME = "nnlab_playground_frame"


def _draw(board: Board) -> None:
    run = board.settle()
    if outline(board, run) != board.shown:
        st.rerun()  # something beside the picture has changed, too
    stage = st.container()
    with st.container(key="playground-moment"):  # the slider stands below
        step = _moment(run)
    with stage:
        frame, note = _frame(board, run, step)
        st.session_state[_FRAME] = frame
        picture(board, run, frame, note)


def _moment(run: Run | None) -> int | None:
    """Of a run that has ended, the recorded moment that is looked at."""
    if run is None or run.active or not run.complete:
        st.caption("When a run has ended, a slider here goes back to any moment of it.")
        return None
    place = time_bar(run, f"playground-moment-{run.id}")
    return place.moment if place is not None else None


def _frame(board: Board, run: Run | None, step: int | None) -> tuple[Frame | None, str]:
    """What to draw, and a line about it."""
    if run is not None and run.active:
        return None, _waiting(run)
    if board.problems() is not None:
        return None, ""
    try:
        if run is None:
            experiment = _without_changes(board)
            note = "These are the start weights. Press Play."
            return asking.untrained(experiment, board.start_edits()), note
        edits = board.edits
        frame = asking.of_run(run.id, step, run.step, board.owner, edits)
        return frame, _ended(run, bool(edits))
    except WorkersNotReady as error:
        draw_again_when_ready("playground-waits")
        return None, f"{error} The picture comes as soon as they can."
    except RunNotFound:
        return None, "There is no network of this moment."
    except (InvalidExperiment, ValueError) as error:  # too large here; a weight that is not there
        return None, str(error)


def _without_changes(board: Board) -> Experiment:
    """The form's experiment as it begins; what is set by hand is told beside it."""
    experiment = board.form.experiment
    if not board.start_edits():
        return experiment
    training = experiment.training.model_copy(update={"changes": None})
    return experiment.model_copy(update={"training": training})


def _waiting(run: Run) -> str:
    if run.state == RunState.QUEUED and engine().status.phase != "ready":
        return "Waiting for the workers: they are loading TensorFlow, about 15 s."
    return ""


def _ended(run: Run, edited: bool) -> str:
    if run.resumable:
        return "On hold. Play goes on from here."
    if edited:
        return "This run has ended: what is set by hand is tried in the picture only."
    return "This run has ended. Play begins once more from the seed."


def _arrived(board: Board) -> None:
    """A link was opened: the experiment is in the form; or a run of one's own, which is shown."""
    board.let_go()
    named = board.form.run_id
    board.form.run_id = None if board.form is not board.visited else named
    if named is None or board.form is board.visited:
        return
    run = engine().run(named, board.owner)
    if is_plane(run.experiment.dataset.name) and board.form.replace(run.experiment):
        board.show_run(run.id)
