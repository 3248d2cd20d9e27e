"""What a visitor's runs come to in the mission that is open."""

from collections.abc import Sequence

import streamlit as st

from nnlab.missions import Evidence, Mission, Verdict
from nnlab.runs.run import Run
from nnlab.ui.playground.mission_facts import facts_of_mission
from nnlab.ui.playground.mission_progress import MissionProgress


def verdict_panel(mission: Mission, progress: MissionProgress, runs: Sequence[Run]) -> None:
    """Words and evidence of the runs so far; a mission that was passed stays passed."""
    facts = facts_of_mission(mission, progress.begun_at(mission.name), runs)
    verdict = mission.check(facts)
    if verdict.passed and progress.win(mission.name, verdict.words):
        st.toast(f"Mission passed: {mission.title}", icon=":material/celebration:")
    with st.container(key="mission-verdict"):
        _words(verdict, progress.passed.get(mission.name), bool(facts))
        if verdict.evidence:
            st.markdown("  \n".join(map(_line, verdict.evidence)))


def _words(verdict: Verdict, passed: str | None, tried: bool) -> None:
    if passed is not None:
        st.success(passed, icon=":material/check_circle:")
    elif tried:
        st.info(verdict.words, icon=":material/pending:")
    else:
        st.caption(verdict.words)


def _line(evidence: Evidence) -> str:
    mark = ":green[:material/check:]" if evidence.met else ":gray[:material/remove:]"
    return f"{mark} {evidence.name}: **{evidence.found}** :gray[· wanted: {evidence.wanted}]"
