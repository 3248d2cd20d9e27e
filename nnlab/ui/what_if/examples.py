"""Examples of changed test images, with the network's answer under each."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.changes import Change
from nnlab.figures.images import as_pixels, image_sheet
from nnlab.ui.picture import picture
from nnlab.ui.what_if.image_curves import ImageCurve, short_words, strength_words
from nnlab.ui.what_if.look import Look
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.wording import percent
from nnlab.work.what_if import Question

EXAMPLES = 7


def examples(leading: ImageCurve, look: Look, at: int) -> None:
    """One image getting harder, and some images at the chosen strength."""
    subject, steps = leading.subject, leading.strengths()
    place = look.example % len(subject.numbers)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number, name = subject.numbers[place], subject.class_names[subject.y_true[place]]
        st.markdown(f"**Test image {number:,}, class {name}, and what the network says**")

        def turn() -> None:
            look.example += max(1, len(subject.numbers) // 50) + 1

        st.button(
            "Another image", icon=":material/refresh:", key=look.key("example"), on_click=turn
        )
    spread = sorted({round(n * (len(steps) - 1) / (EXAMPLES - 1)) for n in range(EXAMPLES)})
    places = np.array([place])
    row = [(leading, steps[n], places) for n in spread]
    picture(_sheet(row, with_strength=True), look.key("harder"))
    st.markdown(f"**Others, {strength_words(leading.kind, steps[at])}**")
    some = np.linspace(0, len(subject.numbers) - 1, EXAMPLES).astype(int)
    picture(_sheet([(leading, steps[at], some)], with_strength=False), look.key("others"))


def _sheet(row: Sequence[tuple[ImageCurve, float, np.ndarray]], with_strength: bool) -> str:
    images: list[NDArray[np.uint8]] = []
    captions: list[str] = []
    for curve, strength, places in row:
        question = curve.question(strength)
        change = question.change or Change(curve.kind, 0.0)
        images.extend(as_pixels(curve.subject.shown(change, places), 1.0))
        answers = [_answer(curve.subject, question, place) for place in places]
        head = f"{short_words(curve.kind, strength)}: " if with_strength else ""
        captions.extend(f"{head}{answer}" for answer in answers)
    return image_sheet(images, captions, columns=EXAMPLES)


def _answer(subject: Subject, question: Question, place: int) -> str:
    said = subject.known(question)
    if said is None:
        return "…"
    answer = int(said.predicted[place])
    sign = "✓" if answer == subject.y_true[place] else "✗"
    confidence = float(said.confidence[place])
    sure = percent(confidence if isfinite(confidence) else None, 0).replace(" ", "\u00a0")
    return f"{sign}\u00a0{subject.class_names[answer]} ({sure})"
