"""An experiment repeated over several seeds, and what was predicted of it."""

from collections.abc import Sequence

import streamlit as st

from nnlab.analysis.comparing.seed_groups import SEED, group_key
from nnlab.datasets import DatasetError, status, title_of
from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.runs.run_search import RunSearch
from nnlab.ui.compare.look import SEEDS, Look
from nnlab.ui.compare.noise import noise_panel
from nnlab.ui.compare.predict import ask, may_predict, show, state_prediction, stated
from nnlab.ui.compare.sides import MOST_SIDES, Side, sides_of
from nnlab.ui.compare.subject import Subject
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.starting import start
from nnlab.ui.state import State
from nnlab.ui.tied import tied
from nnlab.work.lineage import StartNotFound


def seeds_panel(state: State, search: RunSearch, look: Look, subject: Subject) -> None:
    """Is it noise? What was expected? And the button that finds out."""
    st.subheader("More than seed noise?", anchor=False)
    if len(subject.groups) > MOST_SIDES:
        st.info(
            f"The ticked runs have {len(subject.groups)} different settings. Tick runs of at most "
            f"{MOST_SIDES} to test them against each other.",
            icon=":material/balance:",
        )
        return
    sides = sides_of(search, state.owner, subject, _also(state, look, subject))
    noise_panel(look, sides)
    prediction = stated(state.owner, sides)
    if prediction is not None:
        show(prediction, sides)
    _tick_seeds(look, sides)
    with st.container(border=True, key="compare-seeds"):
        _train_choice(state, look, subject)
        if prediction is None and may_predict(sides):
            ask(look, sides)
        _repeat(state, look, sides)


def _also(state: State, look: Look, subject: Subject) -> list[Experiment]:
    """What the Train page shows, where it is to be a setting, too."""
    shown = look.with_train and _is_another(state, subject)
    return [state.experiment] if shown else []


def _is_another(state: State, subject: Subject) -> bool:
    """The Train page shows something else than the ticked runs, and there is room for it."""
    keys = [group.key for group in subject.groups]
    return len(keys) < MOST_SIDES and group_key(state.experiment) not in keys


def _train_choice(state: State, look: Look, subject: Subject) -> None:
    if not _is_another(state, subject):
        return
    st.toggle(
        "Also compare what the Train page shows now",
        look.with_train,
        help="Change a setting on the Train page, and come back to compare it before it is "
        "trained.",
        **tied(look, "with_train", "compare-with-train"),
    )


def _tick_seeds(look: Look, sides: Sequence[Side]) -> None:
    """Other seeds of the same settings that are there already."""
    more = [run.id for side in sides for run in side.unticked]
    if more:
        noun = "run" if len(more) == 1 else "runs"
        st.button(
            f"Tick {len(more)} more {noun} of the same settings with other seeds",
            icon=":material/library_add_check:",
            key="compare-tick-seeds",
            on_click=once(look.choose),
            args=((*look.chosen, *more),),
        )


def _repeat(state: State, look: Look, sides: Sequence[Side]) -> None:
    wanted = [experiment for side in sides for experiment in side.missing(look.seeds)]
    why_not = _why_not(state, wanted)
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare-repeat"):
        st.number_input("Seeds for each setting", *SEEDS, look.seeds, width=170,
                        **tied(look, "seeds", "compare-seed-count"))  # fmt: skip
        noun = "run" if len(wanted) == 1 else "runs"
        st.button(
            f"Train {len(wanted)} more {noun}" if wanted else "All seeds are there",
            type="primary",
            icon=":material/play_arrow:",
            key="compare-train",
            disabled=not wanted or why_not is not None,
            on_click=once(_train),
            args=(state, look, tuple(sides)),
        )
        if look.expected is not None and may_predict(sides):
            st.button(
                "Only keep the prediction",
                key="compare-keep-prediction",
                on_click=once(state_prediction),
                args=(state.owner, look, tuple(sides)),
            )
    st.caption(why_not or _told(look, sides))


def _told(look: Look, sides: Sequence[Side]) -> str:
    each = "each setting" if len(sides) > 1 else "the setting"
    return (
        f"Trains {each} until there are {look.seeds} runs of it that differ in the seed alone. "
        "Runs that you have already are not repeated."
    )


def _why_not(state: State, wanted: Sequence[Experiment]) -> str | None:
    if state.locked(SEED):
        return "Your task keeps the seed as it is, so nothing can be repeated over other seeds."
    for name in sorted({experiment.dataset.name for experiment in wanted}):
        if status(name).state != "ready":
            title = title_of(name)
            return f"The data set {title} is not on this computer. Get it on the Data page first."
    return None


def _train(state: State, look: Look, sides: Sequence[Side]) -> None:
    """Keep the prediction, begin what is missing, one seed of each setting after the other."""
    if state.locked(SEED):
        return
    state_prediction(state.owner, look, sides)
    begun = [run.id for side in sides for run in side.unticked]
    waiting = [side.missing(look.seeds) for side in sides]
    for at in range(SEEDS[1]):
        for experiments in waiting:
            if at < len(experiments):
                run_id = _start(experiments[at], state.owner)
                if run_id is None:
                    look.choose((*look.chosen, *begun))
                    return
                begun.append(run_id)
    look.choose((*look.chosen, *begun))


def _start(experiment: Experiment, owner: str) -> str | None:
    try:
        return start(experiment, owner)
    except (StartNotFound, DatasetError, InvalidExperiment) as error:
        st.toast(plain(str(error)), icon=":material/error:", duration="long")
        return None
