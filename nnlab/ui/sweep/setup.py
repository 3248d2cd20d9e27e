"""The form: what is tried, how often, and what one expects of it."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from nnlab.datasets import DatasetError
from nnlab.experiment import SEED_MAX, InvalidExperiment, Problem
from nnlab.rooms.room import RoomRefused
from nnlab.runs.sweeps import EXPECTATION_LENGTH, SweepRefused
from nnlab.sweep import ADDED_LAYER, Sweep, objectives
from nnlab.sweep.ready import READY
from nnlab.sweep.settings import MOST_AXES, MOST_TRIALS
from nnlab.sweep.written import HELP
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine, rooms
from nnlab.ui.run_choice import distinct_labels
from nnlab.ui.state import State
from nnlab.ui.sweep.charts import objective_label
from nnlab.ui.sweep.choices import varied, words
from nnlab.ui.sweep.draft import FROM_TRAIN, Draft, judged_by
from nnlab.ui.sweep.estimate import outlook

_STRATEGIES = {
    "grid": "Grid: every combination",
    "one at a time": "One change at a time",
    "random": "Random",
    "guided": "Guided: learns from earlier trials",
}
_RUNS_OFFERED = 30


def setup(state: State, draft: Draft) -> None:
    """The form and its button; folded up once there is a sweep to look at."""
    first = not engine().sweeping.sweeps.of(state.owner)
    with st.expander("Set up a sweep", expanded=first, icon=":material/tune:"):
        _ready(state, draft)
        _base(state, draft)
        _axes(state, draft)
        _how(state, draft)
        _begin(state, draft)


def _field(
    state: State, draft: Draft, name: str, take: Callable[[Any], None] | None = None
) -> dict[str, Any]:
    """Key and callback of a widget that writes into the draft."""
    key = f"sweep-{draft.version}-{name}"

    def write() -> None:
        value = st.session_state[key]
        if value is None:
            return
        if take is not None:
            take(value)
        else:
            setattr(draft, name, value)
        draft.keep(state.owner)

    return {"key": key, "on_change": write}


def _ready(state: State, draft: Draft) -> None:
    def open_it() -> None:
        name = st.session_state["sweep-ready"]
        if name:
            draft.open_ready(name)
            draft.keep(state.owner)

    st.selectbox(
        "Ready sweeps",
        list(READY),
        index=list(READY).index(draft.ready) if draft.ready in READY else None,
        format_func=lambda name: READY[name].title,
        placeholder="Choose one, or set up your own below",
        key="sweep-ready",
        on_change=open_it,
    )
    if draft.ready in READY:
        st.caption(READY[draft.ready].question)


def _base(state: State, draft: Draft) -> None:
    runs = {run.id: run for run in engine().store.runs_of(state.owner, _RUNS_OFFERED)}
    labels = {FROM_TRAIN: "The experiment on Train"} | distinct_labels(runs)
    if draft.ready in READY:
        labels = {draft.base: f"{READY[draft.ready].title} (ready sweep)"} | labels
    options = list(labels)

    def take(base: str) -> None:
        draft.base = base
        draft.version += 1

    st.selectbox(
        "What all trials have in common",
        options,
        index=options.index(draft.base) if draft.base in options else 0,
        format_func=lambda base: labels[base],
        **_field(state, draft, "base", take),
    )
    if draft.base not in labels:
        draft.base = FROM_TRAIN  # the run was deleted


def _axes(state: State, draft: Draft) -> None:
    experiment = draft.experiment(state)
    st.markdown("**What varies**", help=HELP)
    for number in range(len(draft.axes)):
        _axis(state, draft, number, varied(experiment))

    def add() -> None:
        taken = {path for path, _ in draft.axes}
        free = next((path for path in varied(experiment) if path not in taken), None)
        if free:
            draft.axes.append([free, ""])
            draft.keep(state.owner)

    st.button(
        "Another setting",
        icon=":material/add:",
        key="sweep-add",
        disabled=len(draft.axes) >= MOST_AXES,
        on_click=once(add),
    )


def _axis(state: State, draft: Draft, number: int, paths: list[str]) -> None:
    path, text = draft.axes[number]
    experiment = draft.experiment(state)
    offered = paths if path in paths else [path, *paths]

    def take_path(chosen: str) -> None:
        draft.axes[number][0] = chosen

    def take_text(typed: str) -> None:
        draft.axes[number][1] = typed

    def remove() -> None:
        del draft.axes[number]
        draft.version += 1
        draft.keep(state.owner)

    setting, values, away = st.columns([6, 4, 3], vertical_alignment="bottom")
    setting.selectbox(
        f"Setting {number + 1}",
        offered,
        index=offered.index(path),
        format_func=lambda each: words(experiment, each),
        **_field(state, draft, f"path-{number}", take_path),
    )
    values.text_input(
        f"Values {number + 1}",
        value=text,
        placeholder="32, 64, 128 or 0.0001 to 0.1 log",
        max_chars=300,
        **_field(state, draft, f"text-{number}", take_text),
    )
    away.button(
        "Remove",
        icon=":material/delete:",
        key=f"sweep-{draft.version}-remove-{number}",
        help=f"Setting {number + 1} does not vary",
        type="tertiary",
        on_click=once(remove),
    )


def _how(state: State, draft: Draft) -> None:
    experiment = draft.experiment(state)
    offered = objectives(experiment)

    def take_objective(chosen: str) -> None:
        draft.objective = chosen

    left, middle, right = st.columns([4, 3, 3], vertical_alignment="bottom")
    left.selectbox(
        "How",
        list(_STRATEGIES),
        index=list(_STRATEGIES).index(draft.strategy),
        format_func=_STRATEGIES.__getitem__,
        **_field(state, draft, "strategy"),
    )
    middle.number_input(
        "Trials at most", 1, MOST_TRIALS, draft.trials, **_field(state, draft, "trials")
    )
    right.selectbox(
        "Judged by",
        offered,
        index=offered.index(judged_by(experiment, draft.objective)),
        format_func=lambda each: objective_label(experiment.dataset, each),
        help="Error: the mean absolute error, how far off the numbers are on average."
        if "val_mean_absolute_error" in offered
        else None,
        **_field(state, draft, f"objective-{offered[0]}", take_objective),
    )
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    left.toggle(
        "End hopeless trials early",
        value=draft.pruning,
        help="From the second epoch on, a trial ends that is worse than half of the earlier ones "
        "were at the same epoch. It begins when four trials have ended.",
        **_field(state, draft, "pruning"),
    )
    if draft.strategy in ("random", "guided"):
        right.number_input(
            "Seed of the draw", 0, SEED_MAX, draft.seed, **_field(state, draft, "seed")
        )


def _begin(state: State, draft: Draft) -> None:
    st.text_area(
        "Predict first: what do you expect? (you may leave it empty)",
        value=draft.expectation,
        max_chars=EXPECTATION_LENGTH,
        height=80,
        placeholder="Which setting will win, and by how much?",
        **_field(state, draft, "expectation"),
    )
    sweep: Sweep | None = None
    problems: Sequence[Problem] = ()
    try:
        wanted = draft.sweep(state)
        engine().sweeping.check(wanted)
        sweep = wanted
    except InvalidExperiment as error:
        problems = error.problems
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Start the sweep",
            icon=":material/play_arrow:",
            type="primary",
            key="sweep-start",
            on_click=once(lambda: _start(state, draft)),
        )
        st.caption(outlook(state.owner, sweep) if sweep else "")
    for problem in problems:
        st.caption(f":orange[{plain(problem.field)}: {plain(problem.message)}]")


def _start(state: State, draft: Draft) -> None:
    try:
        sweep = draft.sweep(state)
        _admit(state, sweep)
        rooms().check_start(state.owner)
        draft.shown = engine().sweeping.begin(
            sweep, state.owner, draft.title(state), draft.expectation
        )
    except (InvalidExperiment, DatasetError, LookupError, SweepRefused, RoomRefused) as error:
        st.toast(plain(str(error)), icon=":material/error:", duration="long")
        return
    draft.expectation = ""
    draft.version += 1
    draft.keep(state.owner)


def _admit(state: State, sweep: Sweep) -> None:
    """A task's locked settings cannot be varied, nor another experiment be taken instead.

    Raises:
        InvalidExperiment: with what is locked.
    """
    if state.assignment is None:
        return
    state.assignment.check(sweep.experiment)
    for axis in sweep.axes:
        path = "layers" if axis.path == ADDED_LAYER else axis.path
        if state.locked(path.removesuffix(".type")):
            raise InvalidExperiment([Problem(path, "is fixed by this task and cannot vary")])
