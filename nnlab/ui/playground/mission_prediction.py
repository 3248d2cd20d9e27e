"""What the visitor expects of a mission, and the explanation afterwards."""

import streamlit as st

from nnlab.missions import Mission
from nnlab.ui.playground.mission_progress import MissionProgress


def prediction(mission: Mission, progress: MissionProgress) -> None:
    """The question; once answered, what was said. Whether it is right is told afterwards."""
    question, name = mission.question, mission.name
    st.markdown(f"**Predict first.** {question.text}")
    if name in progress.predicted:
        st.markdown(
            f":material/edit_note: You said: **{question.options[progress.predicted[name]]}**"
        )
        return
    key = f"mission-{name}-predict"
    chosen = st.radio(
        "Your prediction",
        range(len(question.options)),
        index=None,
        format_func=question.options.__getitem__,
        key=key,
        label_visibility="collapsed",
    )
    st.button(
        "That is my prediction",
        key=f"{key}-keep",
        disabled=chosen is None,
        on_click=lambda: progress.predict(name, st.session_state[key]),
    )


def explanation(mission: Mission, progress: MissionProgress) -> None:
    """The right answer and the reason, when the mission is passed or they are asked for."""
    name = mission.name
    if name in progress.passed or progress.explained.get(name):
        _answer(mission, progress)
    else:
        st.button(
            "Explain it now",
            icon=":material/school:",
            key=f"mission-{name}-explain",
            type="tertiary",
            help="The answer to the question, and why. It comes by itself when you have passed.",
            on_click=progress.explain,
            args=(name,),
        )


def _answer(mission: Mission, progress: MissionProgress) -> None:
    question, said = mission.question, progress.predicted.get(mission.name)
    right = f"**{question.options[question.answer]}**"
    if said == question.answer:
        st.markdown(f":green[:material/check:] You predicted it: {right}.")
    elif said is None:
        st.markdown(f"The answer: {right}.")
    else:
        st.markdown(f":red[:material/close:] You predicted otherwise. It is: {right}.")
    st.markdown(question.why)
