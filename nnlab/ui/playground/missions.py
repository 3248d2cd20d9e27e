"""Missions beside the playground: a list with marks, and the one that is open."""

from collections.abc import Callable, Sequence

import streamlit as st

from nnlab.experiment import Experiment
from nnlab.missions import MISSIONS, Mission
from nnlab.runs.run import Run
from nnlab.ui.once import once
from nnlab.ui.playground.mission_facts import as_they_stand
from nnlab.ui.playground.mission_prediction import explanation, prediction
from nnlab.ui.playground.mission_progress import MissionProgress, mission_progress
from nnlab.ui.playground.mission_verdict import verdict_panel
from nnlab.ui.state import State
from nnlab.ui.watching import begin_pace, keep_pace

SetUp = Callable[[Experiment], object]
_PACE = "missions"


def mission_panel(state: State, runs: Sequence[Run], set_up: SetUp) -> None:
    """The missions; while one is open and a run is under way, the verdict follows it.

    It redraws itself and nothing else, and the page once when a run has ended. To be drawn at each
    drawing of the page, which then knows of a run that was begun.

    Args:
        state: the visitor's.
        runs: of the visitor, in any order; those that are not part of the open mission are
            passed over.
        set_up: puts an experiment into the playground; called in a callback, before the page is
            drawn again.
    """
    active = any(run.active for run in runs) and mission_progress(state.owner).opened is not None
    every = begin_pace(_PACE) if active else None
    # A key of its own for each case: the browser keeps the timer of a fragment it knows.
    st.fragment(_panel, run_every=every, key=f"missions-{active}")(state, runs, set_up, active)


def _panel(state: State, runs: Sequence[Run], set_up: SetUp, was_active: bool) -> None:
    now = as_they_stand(runs, state.owner)
    active = any(run.active for run in now)
    if was_active and not active:
        st.rerun()  # the page around it, and the timer, learn that it ended
    if was_active:
        keep_pace(_PACE)
    progress = mission_progress(state.owner)
    st.subheader("Missions", anchor=False)
    listed = st.container(key="missions", gap="small")
    # Drawn before the list above it: a verdict can change what the list says.
    _opened(progress, now, set_up)
    with listed:
        _list(progress)


def _list(progress: MissionProgress) -> None:
    st.caption(f"{len(progress.passed)} of {len(MISSIONS)} passed")
    with st.container(horizontal=True, gap="xsmall"):
        for mission in MISSIONS.values():
            _button(mission, progress)


def _button(mission: Mission, progress: MissionProgress) -> None:
    passed, is_open = mission.name in progress.passed, mission.name == progress.opened
    st.button(
        f"{mission.title}, passed" if passed else mission.title,
        icon=":material/check_circle:" if passed else ":material/radio_button_unchecked:",
        key=f"mission-{mission.name}",
        type="primary" if is_open else "secondary",
        help=f"{'Close' if is_open else 'Open'}: {mission.teaches}",
        on_click=progress.open,
        args=(mission.name,),
    )


def _opened(progress: MissionProgress, runs: Sequence[Run], set_up: SetUp) -> None:
    if progress.opened is None:
        st.info(
            "Each mission teaches one thing. Open one: it says what to reach, asks what you"
            " expect, and judges your runs by itself.",
            icon=":material/flag:",
        )
        return
    mission = MISSIONS[progress.opened]
    with st.container(border=True, key="mission"):
        st.markdown(f"**{mission.title}** :blue-badge[{mission.teaches}]")
        st.markdown(mission.task)
        prediction(mission, progress)
        _set_up_button(mission, progress, set_up)
        verdict_panel(mission, progress, runs)
        _hints(mission, progress)
        explanation(mission, progress)


def _set_up_button(mission: Mission, progress: MissionProgress, set_up: SetUp) -> None:
    def act() -> None:
        progress.begin(mission.name)
        set_up(mission.experiment)

    begun = mission.name in progress.begun
    with st.container(horizontal=True, gap="small"):
        # The page has to be drawn anew, which a callback within a fragment does not do.
        if st.button(
            "Set it up again" if begun else "Set it up",
            icon=":material/build:",
            key=f"mission-{mission.name}-set-up",
            type="secondary" if begun else "primary",
            help="Puts what the mission begins with into the playground.",
            on_click=once(act),
        ):
            st.rerun()
        if begun:
            st.button(
                "Start over",
                icon=":material/replay:",
                key=f"mission-{mission.name}-again",
                type="tertiary",
                help="Forget this mission's runs, hints, prediction and verdict."
                " The runs themselves stay.",
                on_click=progress.again,
                args=(mission.name,),
            )


def _hints(mission: Mission, progress: MissionProgress) -> None:
    shown = progress.hints.get(mission.name, 0)
    for hint in mission.hints[:shown]:
        st.markdown(f":material/lightbulb: {hint}")
    left = len(mission.hints) - shown
    if left:
        st.button(
            f"{'Another hint' if shown else 'A hint'} ({left} left)",
            icon=":material/lightbulb:",
            key=f"mission-{mission.name}-hint",
            type="tertiary",
            on_click=progress.hint,
            args=(mission.name,),
        )
