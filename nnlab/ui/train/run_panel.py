"""The run that is watched: buttons, progress, curves; live while it runs."""

import streamlit as st

from nnlab.datasets import info_of, title_of
from nnlab.runs.history import History
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.states import RunState
from nnlab.ui.boundary import boundary_panel
from nnlab.ui.diagnosis.panel import diagnosis_of_ended
from nnlab.ui.draw.settings import draw_with
from nnlab.ui.kinds import has_images
from nnlab.ui.plain import plain
from nnlab.ui.plotly_library import load_ahead
from nnlab.ui.queue_words import sharing_text, waiting_text
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.train.curves import draw_curves, epoch_table, history_of
from nnlab.ui.watching import begin_pace, keep_pace
from nnlab.ui.wording import STATE_COLOURS, STATE_ICONS, epoch_text, figure_reached

_PACE = "run"
# As high when the run has ended as before, so that the curves stay where they are.
_STYLE = """
<style>
  .st-key-run-head {min-height: 2.9rem}
  .st-key-run-line {min-height: 2rem; justify-content: center}
</style>
"""


def run_panel(state: State) -> None:
    """The panel; while the run is active it redraws itself, and only itself.

    It is a fragment all the time, so that nothing is built anew when the run ends.
    """
    active = _is_active(state.run())
    # The curves move by themselves in between, see `Follow`.
    every = begin_pace(_PACE) if active else None
    st.html(_STYLE)
    # A key of its own for each case: the browser keeps the timer of a fragment it knows.
    st.fragment(_panel, run_every=every, key=f"run-panel-{active}")(state, active)


def _panel(state: State, was_active: bool) -> None:
    run = state.run()
    if _is_active(run) != was_active:
        st.rerun()  # the page around it, and the timer, learn that it began or ended
    if run is None:
        load_ahead()
        st.info(
            f"No run yet. Press **Train** and watch {_watched(state)} move here.",
            icon=":material/show_chart:",
        )
    else:
        _show(state, run)


def _watched(state: State) -> str:
    figure = info_of(state.experiment.dataset).figure
    return f"loss and {figure.replace('_', ' ')}"


def _is_active(run: Run | None) -> bool:
    return run is not None and run.active


def _show(state: State, run: Run) -> None:
    _headline(state, run)
    with st.container(key="run-line"):
        _progress(run)
    if run.message:
        _message(run)
    history = history_of(run)
    if not run.brought_in:
        _curves(run, history)
    boundary_panel(run, state.owner, "train-boundary")
    diagnosis_of_ended(state, run, "diagnosis")


def _curves(run: Run, history: History) -> None:
    draw_curves(run, history, keep_pace(_PACE) if run.active else None)
    if history.epochs and not run.active:
        with st.expander("The same figures as a table", icon=":material/table:"):
            epoch_table(history)


def _headline(state: State, run: Run) -> None:
    row = st.container(
        horizontal=True, wrap=False, vertical_alignment="center", gap="small", key="run-head"
    )
    with row:
        st.badge(str(run.state), icon=STATE_ICONS[run.state], color=STATE_COLOURS[run.state])  # type: ignore[arg-type]
        name, dataset = plain(run.experiment.name), title_of(run.experiment.dataset.name)
        st.markdown(f"**{name}** :gray[on {dataset}]", width="stretch")
        _buttons(state, run)


def _buttons(state: State, run: Run) -> None:
    asked = run.requested is not None
    if run.active:
        _button("Pause", "pause", state, run, asked)
        _button("Stop", "stop", state, run, asked)
    elif run.resumable:
        _button("Resume", "play_arrow", state, run, False, primary=True)
        if run.state != RunState.FAILED:
            _button("Stop", "stop", state, run, False)
    elif run.complete:
        st.page_link("pages/3_Evaluate.py", label="Evaluate", icon=":material/fact_check:")
        if has_images(run):
            _draw_button(state, run)


def _button(
    label: str, icon: str, state: State, run: Run, disabled: bool, primary: bool = False
) -> None:
    st.button(
        label,
        icon=f":material/{icon}:",
        key=f"run-{label}",
        disabled=disabled,
        type="primary" if primary else "secondary",
        on_click=_act,
        args=(label, run.id, state.owner),
    )


def _draw_button(state: State, run: Run) -> None:
    """To the Draw page, with this network and no other."""
    if st.button("Draw", icon=":material/draw:", type="tertiary", key="run-Draw"):
        draw_with(state, run.id)
        st.switch_page("pages/4_Draw.py")


def _act(label: str, run_id: str, owner: str) -> None:
    action = {"Pause": engine().pause, "Stop": engine().stop, "Resume": engine().resume}[label]
    try:
        action(run_id, owner)
    except RunNotFound as error:
        st.toast(str(error))


def _progress(run: Run) -> None:
    if run.state == RunState.QUEUED:
        st.progress(run.progress, text=_queue_text(run))
    elif run.state in (RunState.RUNNING, RunState.PAUSED, RunState.INTERRUPTED, RunState.FAILED):
        st.progress(run.progress, text=_progress_text(run))
    elif run.complete:
        epochs = f" after {run.epoch} of {run.experiment.training.epochs} epochs"
        st.markdown(
            f"Test {figure_reached(run, 2)}, test loss "
            f"**{run.test_loss:.4f}**{'' if run.brought_in else epochs}."
        )


def _queue_text(run: Run) -> str:
    status = engine().status
    if status.phase != "ready":
        return "Waiting for the workers: they are loading TensorFlow, about 15 s"
    if engine().waits_for_large(run.experiment):
        return "Loading TensorFlow once more, on all cores for large networks, about 10 s"
    return waiting_text(engine().outlook(run))


def _progress_text(run: Run) -> str:
    parts = [f"Epoch {epoch_text(run)}"]
    if run.state != RunState.RUNNING:
        return parts[0]
    if run.requested:
        parts.append({"pause": "pausing …", "stop": "stopping …"}[run.requested])
    elif run.steps and run.step >= run.steps:
        parts.append(f"evaluating on the test {_things(run)} …")
    elif run.images_per_second and run.seconds_left is not None:
        parts.append(f"{run.images_per_second:,.0f} {_things(run)} a second")
        parts.append(sharing_text(engine().outlook(run)))
    return " · ".join(parts)


def _things(run: Run) -> str:
    return info_of(run.experiment.dataset).kind


def _message(run: Run) -> None:
    if run.state in (RunState.FAILED, RunState.DIVERGED):
        st.error(run.message, icon=STATE_ICONS[run.state])
    elif run.state == RunState.INTERRUPTED:
        st.warning(run.message, icon=STATE_ICONS[run.state])
    else:
        st.info(run.message, icon=":material/info:")
