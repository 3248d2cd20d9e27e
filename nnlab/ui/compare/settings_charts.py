"""A setting against a result, and all settings side by side."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from nnlab.experiment import setting_label
from nnlab.figures.many_runs import Result, Setting, parallel, scatter
from nnlab.figures.wall import in_words
from nnlab.ui.columns import folding_columns
from nnlab.ui.compare.look import VIEWS, Look
from nnlab.ui.compare.subject import Subject
from nnlab.ui.live_chart import live_chart
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.tied import tied

_RATE = "training.optimizer.learning_rate"
MOST_AXES = 8


def settings_charts(look: Look, subject: Subject) -> None:
    """One of two charts, as soon as two runs that differ have a result."""
    results = subject.results()
    st.subheader("Settings and results", anchor=False)
    if not subject.settings or not results:
        st.info(
            "Here stands a setting against a result, as soon as two of the ticked runs that differ "
            "have one.",
            icon=":material/scatter_plot:",
        )
        return
    st.segmented_control("Chart", VIEWS, default=look.view, required=True,
                         label_visibility="collapsed",
                         **tied(look, "view", "compare-view"))  # fmt: skip
    left, right = folding_columns((1, 1), "compare-settings-row", narrow=2)
    with left:
        result = _result(look, results)
    if look.view == VIEWS[0]:
        with right:
            path = _setting(look, tuple(subject.settings))
        _scatter(subject, path, result)
    else:
        _parallel(subject, result)


def _result(look: Look, results: Sequence[Result]) -> Result:
    names = [each.name for each in results]
    if look.result not in names:
        look.result = names[0]
    st.selectbox("Result", names, names.index(look.result),
                 **tied(look, "result", f"compare-result-{abs(hash(tuple(names)))}"))  # fmt: skip
    return results[names.index(look.result)]


def _scatter(subject: Subject, path: str, result: Result) -> None:
    setting = Setting(setting_label(path), tuple(subject.settings[path]))
    words = f"{setting.name} against {result.name.lower()}, a dot for each run; a table follows."
    live_chart(scatter(subject.names, setting, result), "compare-scatter", words)
    _table(subject, [setting], result)


def _setting(look: Look, paths: tuple[str, ...]) -> str:
    if look.setting not in paths:
        look.setting = _RATE if _RATE in paths else paths[0]
    st.selectbox("Setting", paths, paths.index(look.setting), format_func=setting_label,
                 **tied(look, "setting", f"compare-setting-{abs(hash(paths))}"))  # fmt: skip
    return look.setting


def _parallel(subject: Subject, result: Result) -> None:
    every = [Setting(setting_label(path), tuple(v)) for path, v in subject.settings.items()]
    settings = every[:MOST_AXES]
    if len(every) > len(settings):
        st.caption(f"The first {MOST_AXES} of {len(every)} settings that differ.")
    words = f"Settings and {result.name.lower()}, a line for each run; a table follows."
    live_chart(parallel(subject.names, settings, result), "compare-parallel", words)
    _table(subject, settings, result)


def _table(subject: Subject, settings: Sequence[Setting], result: Result) -> None:
    with rarely_open("The same as a table", "compare-settings-table") as is_open:
        if not is_open:
            return
        columns: dict[str, Sequence[Any]] = {"Run": subject.names}
        columns |= {each.name: [in_words(v) for v in each.values] for each in settings}
        columns[result.name] = result.values
        number = st.column_config.NumberColumn(format="percent" if result.share else "%.4f")
        st.dataframe(pd.DataFrame(columns), hide_index=True, column_config={result.name: number})
