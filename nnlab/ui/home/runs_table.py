"""The visitor's own runs."""

import streamlit as st

from nnlab.datasets import title_of
from nnlab.runs.records import EpochRecord
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.draw.settings import draw_with
from nnlab.ui.kinds import has_images, learns_numbers
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.watching import begin_pace, keep_pace

SHOWN = 100
_KEY = "home-runs"


def runs_table(state: State) -> None:
    """State, test accuracy and a sparkline of each run; a chosen one can be opened or deleted."""
    st.subheader("Your runs")
    runs = engine().store.runs_of(state.owner, SHOWN)
    if not runs:
        st.info(
            "Nothing here yet. What you train is kept, with its network and its figures.",
            icon=":material/history:",
        )
        return
    active = any(run.active for run in runs)
    every = begin_pace(_KEY) if active else None
    st.fragment(_table, run_every=every, key=f"home-runs-{active}")(state, active)


def _table(state: State, was_active: bool) -> None:
    runs = engine().store.runs_of(state.owner, SHOWN)
    if any(run.active for run in runs) != was_active:
        st.rerun()
    if was_active:
        keep_pace(_KEY)
    import pandas as pd  # here, since a newcomer's first page needs none of it

    epochs = engine().store.epochs_of([run.id for run in runs])
    frame = pd.DataFrame([_row(run, epochs[run.id]) for run in runs])
    numbers = [learns_numbers(run) for run in runs]
    if not any(numbers):
        frame = frame.drop(columns="Test error")
    elif all(numbers):
        frame = frame.drop(columns=["Test accuracy", "Accuracy by epoch"])
    picked = st.dataframe(
        frame,
        key=_KEY,
        hide_index=True,
        placeholder="–",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Test accuracy": st.column_config.NumberColumn(
                format="percent", help="A dash where a number is learned and not a class."
            ),
            "Test error": st.column_config.NumberColumn(
                format="%.4f", help="Mean absolute error, where a number is learned."
            ),
            "Accuracy by epoch": st.column_config.LineChartColumn(y_min=0, y_max=1),
            "Progress": st.column_config.ProgressColumn(format="percent"),
            "Started (UTC)": st.column_config.DatetimeColumn(format="D MMM, HH:mm"),
        },
    )
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(runs):
        _actions(state, runs[rows[0]])
    else:
        st.caption("Select a row to open or delete a run.")


def _row(run: Run, epochs: list[EpochRecord]) -> dict[str, object]:
    accuracies = [e.accuracy if e.val_accuracy is None else e.val_accuracy for e in epochs]
    curve = [value for value in accuracies if value is not None]
    return {
        "Experiment": run.experiment.name,
        "Data set": title_of(run.experiment.dataset.name),
        "State": "brought in" if run.brought_in else str(run.state),
        "Progress": run.progress,
        "Test accuracy": run.test_accuracy,
        "Test error": run.test_mean_absolute_error,
        "Accuracy by epoch": curve,
        "Started (UTC)": run.created_at,
    }


def _actions(state: State, run: Run) -> None:
    with st.container(horizontal=True, gap="small"):
        _open_button(state, run, "Watch", "model_training", "pages/2_Train.py")
        if run.complete:
            _open_button(state, run, "Evaluate", "fact_check", "pages/3_Evaluate.py")
            if has_images(run) and st.button("Draw", icon=":material/draw:"):
                draw_with(state, run.id)
                st.switch_page("pages/4_Draw.py")
        if st.button("Use its settings", icon=":material/content_copy:"):
            state.replace(run.experiment)
            st.switch_page("pages/2_Train.py")
        if not run.active:
            _delete_button(state, run)


def _open_button(state: State, run: Run, label: str, icon: str, path: str) -> None:
    if st.button(label, icon=f":material/{icon}:"):
        state.run_id = run.id
        st.switch_page(path)


def _delete_button(state: State, run: Run) -> None:
    with st.popover("Delete", icon=":material/delete:"):
        st.write("The network and its figures are removed for good.")
        if st.button("Delete this run", type="primary"):
            try:
                engine().delete(run.id, state.owner)
            except RunNotFound as error:
                st.toast(str(error))
            st.rerun()
