"""The settings in which the ticked runs differ, with the figures they ended with."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from nnlab.analysis.comparing.seed_groups import SEED, SeedGroup
from nnlab.datasets.catalog import Figure
from nnlab.datasets.told_settings import told_differences
from nnlab.experiment import setting_label
from nnlab.figures.wall import in_words
from nnlab.runs.run import Run
from nnlab.ui.compare.by_figure import EXPLAINED, MIXED, WORDS
from nnlab.ui.compare.look import Look
from nnlab.ui.compare.subject import Subject
from nnlab.ui.wording import percent

_FIGURE = 140  # pixels, a mean with its deviation
_ROWS = 15  # of more the table scrolls
_LOSS = "Test loss"
_NAMES: dict[Figure, str] = {figure: f"Test {word}" for figure, word in WORDS.items()}


def figures_table(look: Look, subject: Subject) -> None:
    """A row a run, or a row for each setting with means over its seeds."""
    st.subheader("What differs" if len(subject.runs) > 1 else "Figures", anchor=False)
    together = look.seeds_together and len(subject.groups) < len(subject.runs)
    columns = _by_setting(subject) if together else _by_run(subject)
    st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        height="content" if len(columns["Name"]) <= _ROWS else 38 + 35 * _ROWS,
        column_config={
            "Name": st.column_config.TextColumn(pinned=True),
            _LOSS: st.column_config.Column(alignment="right", width=_FIGURE),
            **{
                name: st.column_config.Column(alignment="right", width=_FIGURE)
                for name in _NAMES.values()
            },
        },
    )
    st.caption(_words(subject, together))
    if subject.figure is None:
        st.info(MIXED, icon=":material/balance:")
    elif subject.figure == "mean_absolute_error":
        st.caption(EXPLAINED)


def _words(subject: Subject, together: bool) -> str:
    if together:
        return "Means over the seeds that have ended, ± one standard deviation."
    if len(subject.runs) > 1 and not subject.settings:
        return "All their settings are the same; equal settings give equal figures."
    return "All other settings are the same." if len(subject.runs) > 1 else ""


def _by_run(subject: Subject) -> dict[str, list[Any]]:
    runs = subject.runs
    return {
        "Name": [run.experiment.name for run in runs],
        **_told(subject.settings),
        "State": [str(run.state) for run in runs],
        **{
            _NAMES[figure]: [_told_figure(run.in_test(figure), figure) for run in runs]
            for figure in _figures(subject)
        },
        _LOSS: [_loss(run.test_loss) for run in runs],
        **{
            result.name: [
                percent(v, 2) if result.share else in_words(v if v is None else float(f"{v:.4g}"))
                for v in result.values
            ]
            for result in subject.results()
            if result.name not in (*_NAMES.values(), _LOSS)
        },
    }


def _by_setting(subject: Subject) -> dict[str, list[Any]]:
    groups = subject.groups
    settings = told_differences(group.experiment for group in groups)
    settings.pop(SEED, None)
    return {
        "Name": [group.experiment.name for group in groups],
        **_told(settings),
        "Seeds": [_seeds(group) for group in groups],
        **{
            _NAMES[figure]: [
                _mean([run.in_test(figure) for run in group.complete], figure == "accuracy")
                for group in groups
            ]
            for figure in _figures(subject)
        },
        _LOSS: [_mean([r.test_loss for r in g.complete], False) for g in groups],
        "Seconds": [_mean(_seconds(subject, g.complete), False, 1) for g in groups],
    }


def _figures(subject: Subject) -> tuple[Figure, ...]:
    """What has a column; where some learn classes and some numbers, each has its own."""
    return tuple(WORDS) if subject.figure is None else (subject.figure,)


def _told_figure(value: float | None, figure: Figure) -> str:
    return percent(value, 2) if figure == "accuracy" else _loss(value)


def _told(settings: dict[str, list[Any]]) -> dict[str, list[str]]:
    return {setting_label(path): [in_words(v) for v in values] for path, values in settings.items()}


def _seeds(group: SeedGroup) -> str:
    ended, all_ = len(group.complete), len(group.runs)
    return str(ended) if ended == all_ else f"{ended} of {all_}"


def _seconds(subject: Subject, runs: Sequence[Run]) -> list[float | None]:
    return [sum(record.seconds for record in subject.epochs[run.id]) for run in runs]


def _mean(values: Sequence[float | None], share: bool, digits: int = 4) -> str:
    held = [value for value in values if value is not None]
    if not held:
        return "–"
    scale, digits, unit = (100, 2, " %") if share else (1, digits, "")
    mean = f"{scale * np.mean(held):.{digits}f}"
    scatter = f" ± {scale * np.std(held, ddof=1):.{digits}f}" if len(held) > 1 else ""
    return f"{mean}{scatter}{unit}"


def _loss(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
