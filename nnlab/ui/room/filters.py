"""Which runs of the wall are shown, and how."""

from collections.abc import Sequence

import streamlit as st

from nnlab.datasets.catalog import Figure
from nnlab.figures.wall import METRIC_WORDS
from nnlab.rooms.wall import WallRun
from nnlab.ui.columns import folding_columns
from nnlab.ui.room.look import ANY_TASK, EVERYBODY, NO_TASK, STATES, Look
from nnlab.ui.tied import tied

_VIEWS = {
    "table": ":material/table_rows: Runs",
    "curves": ":material/show_chart: All curves",
    "scatter": ":material/scatter_plot: Setting and",
}


def choices(runs: Sequence[WallRun]) -> tuple[dict[str, str], list[int]]:
    """What can be filtered by: nicknames by member, and the tasks there were."""
    tasks = sorted({run.task for run in runs if run.task is not None})
    return {run.member: run.nickname for run in runs}, tasks


def filters(look: Look, runs: Sequence[WallRun]) -> None:
    """By nickname, state and, where there were any, task."""
    names, tasks = choices(runs)
    whose, which, task = folding_columns(3, "room-filters", narrow=3)
    with whose:
        _whose(look, names)
    with which:
        _choice(look, "State", "state", {name: name for name in STATES})
    if tasks:
        numbered = {ANY_TASK: "All"} | {number: f"Task {number}" for number in tasks}
        with task:
            _choice(look, "Task", "task", numbered | {NO_TASK: "For no task"})
    else:
        look.task = ANY_TASK


def view_choice(look: Look, figure: Figure) -> None:
    """The view, and what curves show: the loss, or the figure that the runs are compared by."""
    name = METRIC_WORDS[figure]
    views = _VIEWS | {"scatter": f"{_VIEWS['scatter']} {name}"}
    metrics = {"figure": name.capitalize(), "loss": "Loss"}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.segmented_control(
            "View",
            tuple(views),
            default=look.view,
            required=True,
            format_func=views.__getitem__,
            **tied(look, "view", "room-view"),
        )
        if look.view != "scatter":
            st.segmented_control(
                "Curves of training",
                tuple(metrics),
                default=look.metric,
                required=True,
                format_func=metrics.__getitem__,
                **tied(look, "metric", "room-metric"),
            )


def _whose(look: Look, names: dict[str, str]) -> None:
    ordered = sorted(names, key=lambda member: names[member].casefold())
    _choice(look, "Nickname", "member", {EVERYBODY: "Everybody"} | {m: names[m] for m in ordered})


def _choice(look: Look, label: str, field: str, names: dict) -> None:
    options = tuple(names)
    if getattr(look, field) not in names:  # a member was taken out, a task's last run is gone
        setattr(look, field, options[0])
    # The browser answers with a name: when the names change, this must be another widget.
    key = f"room-{field}-{abs(hash(tuple(names.items())))}"
    st.selectbox(
        label,
        options,
        index=options.index(getattr(look, field)),
        format_func=names.__getitem__,
        **tied(look, field, key),
    )
