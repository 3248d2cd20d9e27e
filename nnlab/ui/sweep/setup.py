"""The form: what is tried, how often, and what one expects of it."""

import streamlit as st

from nnlab.experiment import SEED_MAX
from nnlab.sweep import objectives
from nnlab.sweep.ready import READY
from nnlab.sweep.settings import MOST_TRIALS
from nnlab.ui.resources import engine
from nnlab.ui.run_choice import distinct_labels
from nnlab.ui.state import State
from nnlab.ui.sweep.axes import axes
from nnlab.ui.sweep.begin import begin
from nnlab.ui.sweep.charts import objective_label
from nnlab.ui.sweep.draft import FROM_TRAIN, Draft, judged_by
from nnlab.ui.sweep.field import field

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
        axes(state, draft)
        _how(state, draft)
        begin(state, draft)


def _ready(state: State, draft: Draft) -> None:
    st.selectbox(
        "Ready sweeps",
        list(READY),
        index=list(READY).index(draft.ready) if draft.ready in READY else None,
        format_func=lambda name: READY[name].title,
        placeholder="Choose one, or set up your own below",
        **field(state, draft, "ready", draft.open_ready),
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
        **field(state, draft, "base", take),
    )
    if draft.base not in labels:
        draft.base = FROM_TRAIN  # the run was deleted


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
        **field(state, draft, "strategy"),
    )
    middle.number_input(
        "Trials at most", 1, MOST_TRIALS, draft.trials, **field(state, draft, "trials")
    )
    right.selectbox(
        "Judged by",
        offered,
        index=offered.index(judged_by(experiment, draft.objective)),
        format_func=lambda each: objective_label(experiment.dataset, each),
        help="Error: the mean absolute error, how far off the numbers are on average."
        if "val_mean_absolute_error" in offered
        else None,
        **field(state, draft, f"objective-{offered[0]}", take_objective),
    )
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    left.toggle(
        "End hopeless trials early",
        value=draft.pruning,
        help="From the second epoch on, a trial ends that is worse than half of the earlier ones "
        "were at the same epoch. It begins when four trials have ended.",
        **field(state, draft, "pruning"),
    )
    if draft.strategy in ("random", "guided"):
        right.number_input(
            "Seed of the draw", 0, SEED_MAX, draft.seed, **field(state, draft, "seed")
        )
