"""A sweep's table, a row for each trial, and the same as a file."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import streamlit as st

from nnlab.datasets import info_of
from nnlab.runs.run import Run
from nnlab.sweep import Ended, Sweep, axis_label, shown
from nnlab.ui.compare.look import look_of
from nnlab.ui.state import State
from nnlab.ui.sweep.charts import figure_words, label_of
from nnlab.ui.wording import percent
from nnlab.work.sweep_trials import TrialNow


def table(state: State, sweep: Sweep, now: Sequence[TrialNow], sweep_id: str) -> None:
    """The table; a selected row's run can be opened."""
    import pandas as pd

    picked = st.dataframe(
        pd.DataFrame([_row(sweep, each) for each in now]),
        key=f"sweep-table-{sweep_id}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height="content" if len(now) <= 14 else 500,
    )
    rows = picked["selection"]["rows"]
    chosen = now[rows[0]] if rows and rows[0] < len(now) else None
    run = chosen.run if chosen else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(
            "Open on Evaluate",
            icon=":material/fact_check:",
            key="sweep-open",
            disabled=run is None or not run.complete,
            help="Choose a row of a trial that has ended.",
        ):
            assert run is not None
            state.run_id = run.id
            st.switch_page("pages/3_Evaluate.py")
        complete = [each.run.id for each in now if each.run and each.run.complete]
        if st.button(
            "Compare all",
            icon=":material/compare_arrows:",
            key="sweep-compare",
            disabled=len(complete) < 2,
            help="Curves of all trials that have ended, side by side.",
        ):
            look_of(state.owner).choose(complete)
            st.switch_page("pages/12_Compare.py")
        st.download_button(
            "CSV",
            _csv(sweep, now),
            file_name="sweep.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="sweep-csv",
        )


def state_words(each: TrialNow) -> str:
    """Where a trial stands."""
    if each.kept.refused is not None:
        return f"refused: {each.kept.refused}"
    if each.run is None:
        return "deleted" if each.kept.queued else "waiting"
    if each.trial.ended == Ended.PRUNED and each.kept.pruned:
        return "pruned"
    return str(each.run.state)


def _row(sweep: Sweep, each: TrialNow) -> dict[str, Any]:
    epochs = each.run.experiment.training.epochs if each.run else None
    best = each.trial.best(sweep.higher_is_better)
    return {
        "Trial": each.kept.number + 1,
        **{axis_label(axis.path): shown(each.kept.chosen.get(axis.path)) for axis in sweep.axes},
        "State": state_words(each),
        "Epochs done": f"{len(each.epochs)} of {epochs}" if epochs else "–",
        f"Best {label_of(sweep).lower()}": figure_words(sweep, best),
        **_tested(sweep, each.run),
    }


def _tested(sweep: Sweep, run: Run | None) -> dict[str, str]:
    """Accuracy, or the mean absolute error where numbers are learned."""
    if not _numbers(sweep):
        return {"Final test accuracy": percent(run.test_accuracy if run else None, 2)}
    error = run.test_mean_absolute_error if run else None
    return {"Final test error": "–" if error is None else f"{error:.4f}"}


def _numbers(sweep: Sweep) -> bool:
    return info_of(sweep.experiment.dataset).regression


def _csv(sweep: Sweep, now: Sequence[TrialNow]) -> str:
    """Exact values; accuracies are shares, errors mean absolute ones."""
    tested = "test_mean_absolute_error" if _numbers(sweep) else "test_accuracy"
    output = io.StringIO()
    writer = csv.writer(output)
    head = ["trial", *(axis.path for axis in sweep.axes), "state", "epochs"]
    writer.writerow([*head, f"best_{sweep.objective}", "test_loss", tested, "run"])
    for each in now:
        run = each.run
        writer.writerow(
            [
                each.kept.number + 1,
                *(each.kept.chosen.get(axis.path) for axis in sweep.axes),
                state_words(each),
                len(each.epochs),
                each.trial.best(sweep.higher_is_better),
                run.test_loss if run else None,
                getattr(run, tested) if run else None,
                each.kept.run_id,
            ]
        )
    return output.getvalue()
