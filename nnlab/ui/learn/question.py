"""The question to predict before the answer is revealed."""

import streamlit as st

from nnlab.curriculum import Lesson
from nnlab.ui.learn.progress import Progress


def question_card(lesson: Lesson, progress: Progress) -> None:
    """Predict, reveal, and try again if one likes."""
    with st.container(border=True, key="question"):
        st.markdown(f"**Predict first.** {lesson.question.text}")
        if lesson.name in progress.predicted:
            _answer(lesson, progress)
        else:
            _prediction(lesson, progress)


def _prediction(lesson: Lesson, progress: Progress) -> None:
    options = lesson.question.options
    key = f"predict-{lesson.name}"
    chosen = st.radio(
        "Your prediction",
        range(len(options)),
        index=None,
        format_func=options.__getitem__,
        key=key,
        label_visibility="collapsed",
    )
    st.button(
        "Reveal the answer",
        type="primary",
        key=f"reveal-{lesson.name}",
        disabled=chosen is None,
        on_click=lambda: progress.predict(lesson.name, st.session_state[key]),
    )


def _answer(lesson: Lesson, progress: Progress) -> None:
    question = lesson.question
    predicted, right = progress.predicted[lesson.name], progress.right(lesson.name)
    if right:
        st.success(f"Right: {question.options[predicted]}", icon=":material/check:")
    else:
        st.error(f"You said: {question.options[predicted]}", icon=":material/close:")
        st.markdown(f"It is: **{question.options[question.answer]}**")
    st.markdown(question.why)
    st.button(
        "Ask me again",
        icon=":material/replay:",
        key=f"again-{lesson.name}",
        type="tertiary",
        on_click=lambda: progress.forget(lesson.name),
    )
