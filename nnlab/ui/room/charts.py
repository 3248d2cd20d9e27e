"""All runs in one chart: their curves, or a setting against what they reached; with tables."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nnlab.experiment import setting_label
from nnlab.figures.curves import Metric
from nnlab.figures.wall import METRIC_WORDS, Dot, Line, in_words, overlay, scatter
from nnlab.rooms.room import Room
from nnlab.rooms.wall import WallRun
from nnlab.ui.live_chart import live_chart
from nnlab.ui.room.curve_table import curve_table
from nnlab.ui.room.look import Look
from nnlab.ui.room.shown import Columns, Shown, done_runs, is_mine, name_of
from nnlab.ui.tied import tied


def curves(room: Room, look: Look, shown: Shown) -> None:
    """The training curves over each other."""
    metric = shown.metric(look)
    lines = [
        _line(room, metric, run, differences)
        for run, differences in zip(shown.runs, shown.differences, strict=True)
    ]
    lines = [line for line in lines if any(value is not None for value in line.values)]
    if metric == "accuracy" and len(lines) < sum(bool(r.curve.epochs) for r in shown.runs):
        st.caption("Runs that learn a number have no accuracy; they are among the curves of loss.")
    name = METRIC_WORDS[metric]
    words = f"Training {name} of {len(lines)} runs; the table below has the figures."
    live_chart(overlay(lines, metric), f"room-curves-{metric}", words)
    if lines:
        with st.expander("The curves as a table", icon=":material/table:"):
            curve_table(lines, metric)


def setting_scatter(room: Room, look: Look, shown: Shown) -> None:
    """A setting in which the runs differ, against their test accuracy or error."""
    done, figure = done_runs(look, shown), shown.figure
    tested = f"test {METRIC_WORDS[figure]}"
    if not done.settings:
        st.info(
            f"Here stands a setting against {tested}, as soon as two runs that differ in one"
            " have ended.",
            icon=":material/scatter_plot:",
        )
        return
    path = _choose(look, done.settings)
    label = setting_label(path)
    dots = [
        Dot(name_of(room, run), is_mine(room, run), value, run.run.in_test(figure) or 0.0)
        for run, value in zip(done.runs, done.settings[path], strict=True)
    ]
    words = f"{label} against {tested} of {len(dots)} runs; the table below has the figures."
    live_chart(scatter(dots, label, figure), f"room-scatter-{path}-{figure}", words)
    with st.expander("The same as a table", icon=":material/table:"):
        _dot_table(dots, label, tested.capitalize())


def _line(room: Room, metric: Metric, run: WallRun, differences: str) -> Line:
    name = f"{name_of(room, run)} · {differences}" if differences else name_of(room, run)
    return Line(name, is_mine(room, run), run.curve.epochs, run.curve.of(metric))


def _choose(look: Look, settings: Columns) -> str:
    paths = tuple(settings)
    if look.setting not in paths:
        rate = "training.optimizer.learning_rate"
        look.setting = rate if rate in paths else paths[0]
    st.selectbox(
        "Setting",
        paths,
        index=paths.index(look.setting),
        format_func=setting_label,
        # Another list of settings is another widget, or the old choice would pass for a new one.
        **tied(look, "setting", f"room-setting-{abs(hash(paths))}"),
    )
    return look.setting


def _dot_table(dots: Sequence[Dot], label: str, tested: str) -> None:
    frame = pd.DataFrame(
        {
            "Nickname": [dot.name for dot in dots],
            label: [in_words(dot.value) for dot in dots],
            tested: [dot.figure for dot in dots],
        }
    )
    written = st.column_config.NumberColumn(format="percent" if "accuracy" in tested else "%.4f")
    st.dataframe(frame, hide_index=True, column_config={tested: written})
