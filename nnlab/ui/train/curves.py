"""The two learning curves, and the same figures as a table."""

from typing import Any

import streamlit as st

from nnlab.figures.changes_marked import with_changes_marked
from nnlab.figures.curves import Metric, learning_curves
from nnlab.figures.marked import marked
from nnlab.runs.feed import feed_folder, feed_name
from nnlab.runs.history import History
from nnlab.runs.run import Run
from nnlab.ui.assets import folder_url
from nnlab.ui.live_chart import Follow, live_chart
from nnlab.ui.resources import engine
from nnlab.ui.train.changes import changes_made
from nnlab.ui.watching import Pace

_KEY = "nnlab_history"
_DRAWN = "nnlab_drawn_curves"
_COLUMNS = {
    "epoch": "Epoch",
    "loss": "Training loss",
    "accuracy": "Training accuracy",
    "val_loss": "Validation loss",
    "val_accuracy": "Validation accuracy",
    "seconds": "Seconds",
}


def history_of(run: Run) -> History:
    """The run's curves, read on from where this session left off."""
    history = st.session_state.get(_KEY)
    if history is None or history.run_id != run.id:
        history = st.session_state[_KEY] = History(run.id)
    history.follow(engine().store, run)
    return history


def draw_curves(run: Run, history: History, pace: Pace | None, epoch: float | None = None) -> None:
    """Loss and accuracy side by side. The keys stay the same, so the charts move, not blink.

    Args:
        run: whose curves.
        history: its points and epochs.
        pace: how often the browser reads on, None when there is nothing more to come.
        epoch: a moment to be marked, where one is looked at.
    """
    url = _feed_url(run)
    figures = _figures(run, history)
    for column, (metric, figure) in zip(st.columns(2), figures.items(), strict=True):
        with column:
            series = (("points", metric), ("epochs", f"val_{metric}"))
            feed = Follow(url, series, round(pace.read * 1000)) if url and pace else None
            shown = figure if epoch is None else marked(figure, epoch)
            live_chart(shown, metric, _summary(history, metric), feed=feed)
    changes_made(run)


def _figures(run: Run, history: History) -> dict[str, dict[str, Any]]:
    """The figure of each metric; those of the last drawing where nothing has come since."""
    changes = run.experiment.training.changes
    state = (run.id, history.points[-1:], len(history.epochs), changes)
    drawn = st.session_state.get(_DRAWN)
    if drawn is None or drawn[0] != state:
        drawn = st.session_state[_DRAWN] = (state, _drawn(run, history))
    return drawn[1]


def _drawn(run: Run, history: History) -> dict[str, dict[str, Any]]:
    points, epochs = history.point_columns(), history.epoch_columns()
    total = run.experiment.training.epochs
    name = run.experiment.dataset.validation_name
    metrics: tuple[Metric, ...] = ("loss", "accuracy")
    figures: dict[str, dict[str, Any]] = {
        metric: learning_curves(points, epochs, metric, total, name) for metric in metrics
    }
    changes, per_epoch = run.experiment.training.changes, run.steps_per_epoch
    if not changes or per_epoch is None:
        return figures
    return {
        name: with_changes_marked(each, changes, per_epoch, low=name == "accuracy")
        for name, each in figures.items()
    }


def _feed_url(run: Run) -> str | None:
    """Where the browser finds the newest points by itself, None when there will be none."""
    folder, file = feed_folder(), feed_name(run.id, run.owner)
    if not run.active or not (folder / file).exists():
        return None
    return f"{folder_url('live', folder)}/{file}"


def _summary(history: History, metric: str) -> str:
    """The curve in words, for those who do not see it."""
    if not history.epochs:
        return f"{metric} curve, first epoch under way"
    record = history.epochs[-1]
    text = f"{metric} after epoch {record.epoch}: training {getattr(record, metric):.4f}"
    validation = getattr(record, f"val_{metric}")
    return text + (f", validation {validation:.4f}" if validation is not None else "")


def epoch_table(history: History) -> None:
    """Each finished epoch as a row."""
    import pandas as pd  # here, since the first page needs none of it

    frame = pd.DataFrame(history.epoch_columns()).dropna(axis="columns", how="all")
    shown = frame.rename(columns=_COLUMNS)
    formats = {
        name: st.column_config.NumberColumn(
            format="percent" if "accuracy" in name else "%.4f" if "loss" in name else "%.1f"
        )
        for name in shown.columns[1:]
    }
    st.dataframe(shown, hide_index=True, column_config=formats)
