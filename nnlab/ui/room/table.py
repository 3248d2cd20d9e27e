"""The runs as a table that can be read from the last row and changes in place.

Streamlit's own table is a canvas: small type, and rows that move are chosen by position. This one
is plain HTML whose rows are known by the runs' names; texts are set as text, never as markup.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from nnlab.datasets.catalog import Figure
from nnlab.experiment import setting_label
from nnlab.figures import palette
from nnlab.figures.curves import Metric
from nnlab.figures.wall import METRIC_WORDS, in_words
from nnlab.rooms.room import Room
from nnlab.rooms.thinned import Curve
from nnlab.rooms.wall import WallRun
from nnlab.runs.states import RunState
from nnlab.ui.assets import script_url
from nnlab.ui.room.address import open_run
from nnlab.ui.room.last_made import LastMade
from nnlab.ui.room.look import Look
from nnlab.ui.room.shown import Shown, is_mine
from nnlab.ui.sent_figures import missed, told
from nnlab.ui.wording import epoch_text, percent

_KEY = "room-table"
# A sparkline is drawn in a square of this many units a side.
_UNITS = 100
_GUESSING = log(10)
_LONG = 24  # characters; longer texts are broken into lines

_made = LastMade(16)

_mount = component(
    "nnlab_wall_table",
    html='<div class="scroll"><table><thead><tr></tr></thead><tbody></tbody></table></div>',
    css="""
/* A shadow at the right edge says that there is more; at the end of the way it is covered. */
.scroll {overflow: auto; max-height: 75vh;
  color: var(--st-text-color); font-family: var(--st-font);
  background:
    linear-gradient(to left, var(--st-background-color) 40%, transparent)
      right / 3rem 100% no-repeat local,
    linear-gradient(to left, color-mix(in srgb, var(--st-text-color) 30%, transparent), transparent)
      right / 1rem 100% no-repeat scroll;}
table {border-collapse: separate; border-spacing: 0; width: 100%; font-size: 1.0625rem;
  font-variant-numeric: tabular-nums;}
th {position: sticky; top: 0; z-index: 2; background: var(--st-background-color); padding: 0;
  border-bottom: 2px solid var(--st-border-color); text-align: left; vertical-align: bottom;}
th button {all: unset; box-sizing: border-box; width: 100%; cursor: pointer; padding: 0.4rem 0.6rem;
  font-size: 0.875rem; font-weight: 600; line-height: 1.25; min-width: 4rem;}
th button:focus-visible, tr:focus-visible {outline: 2px solid var(--st-primary-color);
  outline-offset: -2px;}
th button::after {content: "\\00a0↕"; opacity: 0.35;}
th[aria-sort="ascending"] button::after {content: "\\00a0↑"; opacity: 1;}
th[aria-sort="descending"] button::after {content: "\\00a0↓"; opacity: 1;}
td {padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--st-border-color); white-space: nowrap;}
td.name {font-weight: 600; max-width: 14rem; overflow: hidden; text-overflow: ellipsis;}
td.long {white-space: normal; min-width: 13rem; font-size: 0.9375rem;}
th.number button, td.number {text-align: right;}
td.strong {font-weight: 700;}
tbody tr {cursor: pointer;}
tbody tr:hover {background: color-mix(in srgb, var(--st-text-color) 6%, transparent);}
tr.mine td {background: color-mix(in srgb, var(--st-primary-color) 10%, transparent);}
svg {display: block; width: 8rem; height: 2rem;}
polyline {fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linejoin: round;}
.bar {height: 4px; border-radius: 2px; margin-top: 3px; min-width: 6rem;
  background: color-mix(in srgb, var(--st-text-color) 15%, transparent);}
.bar i {display: block; height: 100%; border-radius: 2px; transition: width 0.4s;}
@media (max-width: 1000px) {
  table {font-size: 0.9375rem;}
  th button, td {padding-left: 0.35rem; padding-right: 0.35rem;}
  td.name {max-width: 8rem;}
  svg {width: 5rem;}
  .bar {min-width: 4.5rem;}
}
@media (prefers-reduced-motion: reduce) {.bar i {transition: none;}}
""",
    js="""
export default function (drawing) {
  const { changes, script } = drawing.data;
  Promise.all([changes, script].map((path) => import(new URL(path, document.baseURI))))
    .then(([{ figureOf }, { draw }]) => draw(figureOf, drawing));
}
""",
)


def runs_table(room: Room, look: Look, shown: Shown) -> None:
    """A row a run; the headings sort, a row opens its run."""
    st.caption("Choose a heading to sort, a row to look at the run.")
    urls = {"changes": script_url("live_chart.js"), "script": script_url("wall_table.js")}
    _mount(
        data=told(table_of(room, look, shown), _KEY) | urls,
        key=_KEY,
        on_opened_change=_open,
        on_missed_change=lambda: missed(_KEY),
        width="stretch",
        height="content",
    )


def _open() -> None:
    result: Any = st.session_state[_KEY]
    open_run(str(result.opened))


def table_of(room: Room, look: Look, shown: Shown) -> dict[str, Any]:
    """What the script draws. All but who is looking is the same for everybody, and made once."""
    made = _made.get((*look.filters, look.metric), shown, lambda: _table(shown.metric(look), shown))
    own = {
        run.key: made["rows"][run.key] | {"mine": True} for run in shown.runs if is_mine(room, run)
    }
    return made | {"rows": made["rows"] | own}


def _table(metric: Metric, shown: Shown) -> dict[str, Any]:
    """Label and kind of each column; rows by the runs' names, of cells: a text, its sort value."""
    tasks = any(run.task for run in shown.runs)
    labels = [[setting_label(path), _kind(values)] for path, values in shown.settings.items()]
    columns = [
        ["Nickname", "name"],
        [f"Training {METRIC_WORDS[metric]}", "curve"],
        [f"Test {METRIC_WORDS[shown.figure]}", "strong"],
        ["State", "state"],
        *labels,
        *([["Task", "number"]] if tasks else []),
    ]
    values = list(zip(*shown.settings.values(), strict=True)) or [()] * len(shown.runs)
    return {
        "colour": palette.RIGHT,
        "columns": columns,
        "order": [run.key for run in shown.runs],
        "rows": {
            run.key: _row(run, (metric, shown.figure), own, tasks)
            for run, own in zip(shown.runs, values, strict=True)
        },
    }


def _kind(values: Sequence[Any]) -> str:
    if all(isinstance(value, (int, float)) for value in values if value is not None):
        return "number"
    longest = max(len(in_words(value)) for value in values)
    return "long" if longest > _LONG else "text"


def _row(
    run: WallRun, by: tuple[Metric, Figure], settings: Sequence[Any], tasks: bool
) -> dict[str, Any]:
    """A run's cells; `by` are what its curve shows and what it is compared by."""
    metric, figure = by
    epochs = run.run.experiment.training.epochs
    return {
        "mine": False,
        "progress": round(run.run.progress, 2) if run.run.active else None,
        "cells": [
            [run.nickname, run.nickname.casefold()],
            [sparkline(run.curve, epochs, metric), _last(run, metric)],
            [_tested(run, figure), run.run.in_test(figure)],
            [_state(run), str(run.run.state)],
            *([in_words(value), value] for value in settings),
            *([[f"{run.task or '–'}", run.task]] if tasks else []),
        ],
    }


def _tested(run: WallRun, figure: Figure) -> str:
    """Among accuracies, the error of a run that learned a number is told as what it is."""
    error = run.run.test_mean_absolute_error
    if error is None:
        return percent(run.run.test_accuracy)
    return f"error {error:.4f}" if figure == "accuracy" else f"{error:.4f}"


@lru_cache(maxsize=4096)
def sparkline(curve: Curve, epochs: int, metric: Metric) -> str:
    """Points of an SVG polyline in a square of 100 units: epochs to the right, the metric up.

    The width is the whole training, so the line also tells how far a run is. The height is an
    accuracy, or where numbers are learned an error or a loss, of 1; else the loss of guessing among
    ten classes. What is above that is cut off.
    """
    classes = any(value is not None for value in curve.accuracies)
    height = _GUESSING if metric == "loss" and classes else 1.0
    return " ".join(
        f"{_UNITS * epoch / epochs:.0f},{_UNITS * (1 - min(value / height, 1)):.0f}"
        for epoch, value in zip(curve.epochs, curve.of(metric), strict=True)
        if value is not None
    )


def _last(run: WallRun, metric: Metric) -> float | None:
    values = run.curve.of(metric)
    return values[-1] if values else None


def _state(run: WallRun) -> str:
    if run.run.state == RunState.RUNNING:
        return f"epoch {epoch_text(run.run)}"
    return "waiting" if run.run.state == RunState.QUEUED else str(run.run.state)
