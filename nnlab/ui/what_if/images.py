"""The test images with noise, turned, moved, blurred or paler."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.changes import KINDS, Change, Kind, strengths
from nnlab.figures.images import as_pixels, image_sheet
from nnlab.figures.palette import class_colour
from nnlab.figures.what_if import Series, accuracy_curves
from nnlab.runs.run import Run
from nnlab.ui.picture import picture
from nnlab.ui.run_choice import distinct_labels
from nnlab.ui.sliders import Slider, sliders
from nnlab.ui.tied import tied
from nnlab.ui.what_if.choice import compared, others
from nnlab.ui.what_if.curves import from_to, show_curve
from nnlab.ui.what_if.difference import difference, headline
from nnlab.ui.what_if.look import Look
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.what_if.work import Work, work_of
from nnlab.ui.wording import percent
from nnlab.work.what_if import Question

EXAMPLES = 7
ALONE = ""
TITLES: dict[Kind, str] = {
    "noise": "Noise",
    "rotation": "Rotation",
    "shift": "Shift",
    "blur": "Blur",
    "contrast": "Contrast",
}
_WHAT: dict[Kind, str] = {
    "noise": "Each pixel gets a random number added: does the network see through it?",
    "rotation": "The image is turned about its middle: people still know what it is, does the network?",
    "shift": "The image moves to the right: a Dense layer has learned each pixel's place.",
    "blur": "The image loses its edges: which of its answers need fine strokes?",
    "contrast": "The image turns grey, and then into its negative: does only the shape count?",
}


@dataclass(frozen=True)
class _Curve:
    """One kind of change for one network; `words` says which network where there are two."""

    subject: Subject
    kind: Kind
    words: str

    @property
    def name(self) -> str:
        return f"{TITLES[self.kind]}{self.words}"

    def strengths(self) -> list[float]:
        return strengths(self.kind, self.subject.side).tolist()

    def questions(self) -> list[Question]:
        return [self.question(strength) for strength in self.strengths()]

    def question(self, strength: float) -> Question:
        seed = self.subject.run.experiment.training.seed
        return Question(change=Change(self.kind, strength, seed) if strength else None)

    def known(self) -> list[tuple[float, float]]:
        """Strengths and accuracies, as far as they are known."""
        pairs = zip(self.strengths(), self.questions(), strict=True)
        said = [(strength, self.subject.known(question)) for strength, question in pairs]
        return [(strength, self.subject.accuracy(one)) for strength, one in said if one]


def strength_words(kind: Kind, strength: float) -> str:
    """A strength as a person says it."""
    match kind:
        case "noise":
            return f"noise of {strength:.2f}"
        case "rotation":
            return f"turned by {strength:.0f}°"
        case "shift":
            return f"moved by {strength:.2g} pixels"
        case "blur":
            return f"blurred by {strength:.2g} pixels"
    return f"{100 * (1 - strength):.0f} % contrast".replace("-", "−")


def _short(kind: Kind, strength: float) -> str:
    """The same under a small image."""
    match kind:
        case "noise":
            return f"{strength:.2f}"
        case "rotation":
            return f"{strength:.0f}°"
        case "shift" | "blur":
            return f"{strength:.2g} px"
    return f"{100 * (1 - strength):.0f} %".replace("-", "−")


def images_panel(subject: Subject, look: Look) -> Work:
    """Controls, the curve, examples, and the classes at the chosen strength."""
    st.caption(_WHAT[look.kind])
    other = _controls(subject, look)
    curves = _curves(subject, look, other)
    leading = curves[0]
    steps = leading.strengths()
    at = min(look.position[look.kind], len(steps) - 1)
    asked = [(curve.subject, question) for curve in curves for question in curve.questions()]
    work = work_of(f"images-{look.kind}", asked, look)
    _slider(look, steps)
    now = subject.ask(leading.question(steps[at]))
    headline(subject, now, "images", strength_words(look.kind, steps[at]).capitalize())
    _chart(curves, at, work)
    _examples(leading, look, at)
    difference(subject, now, "images")
    return work


def _controls(subject: Subject, look: Look) -> Run | None:
    """What is done to the images, and what is compared; returns the other run."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "What happens to the images",
            KINDS,
            default=look.kind,
            required=True,
            format_func=TITLES.__getitem__,
            **tied(look, "kind", look.key("kind")),
        )
        rest = [kind for kind in KINDS if kind != look.kind]
        st.pills(
            "Also in the chart",
            rest,
            selection_mode="multi",
            default=[kind for kind in look.also if kind in rest],
            format_func=TITLES.__getitem__,
            **tied(look, "also", look.key(f"also-{look.kind}")),
        )
        return _other(subject, look)


def _other(subject: Subject, look: Look) -> Run | None:
    runs = {run.id: run for run in others(subject)}
    if not runs:
        return None
    labels = distinct_labels(runs)
    options = [ALONE, *runs]
    look.other = look.other if look.other in runs else ALONE
    chosen = st.selectbox(
        "Compare with another run",
        options,
        index=options.index(look.other),
        format_func=lambda run_id: "No, this one alone" if run_id == ALONE else labels[run_id],
        width=300,
        **tied(look, "other", look.key("other")),
    )
    return runs.get(chosen)


def _curves(subject: Subject, look: Look, other: Run | None) -> list[_Curve]:
    """The leading one first."""
    kinds = [look.kind, *(kind for kind in look.also if kind != look.kind)]
    second = compared(other, subject.owner) if other is not None else None
    own = f", {subject.run.experiment.name}" if second is not None else ""
    curves = [_Curve(subject, kind, own) for kind in kinds]
    if second is not None:
        name = second.run.experiment.name
        words = f", {name}" if f", {name}" != own else ", the other run"
        curves += [_Curve(second, kind, words) for kind in kinds]
    return curves


def _slider(look: Look, steps: Sequence[float]) -> None:
    words = tuple(strength_words(look.kind, strength) for strength in steps)
    spec = Slider("strength", "How much", 0, len(steps) - 1, 1, play=True, words=words)

    def move(values: dict[str, float]) -> None:
        look.position[look.kind] = round(values["strength"])

    at = min(look.position[look.kind], len(steps) - 1)
    sliders([spec], {"strength": at}, look.key("strength"), move)


def _chart(curves: Sequence[_Curve], at: int, work: Work) -> None:
    series = [_series(curve, curves, at if not number else None)
              for number, curve in enumerate(curves)]  # fmt: skip
    strongest = curves[0].strengths()[-1]
    x_name = f"How much, as a share of the most ({strength_words(curves[0].kind, strongest)})"
    figure = accuracy_curves("Accuracy on changed images", x_name, 1.0, series, x_percent=True)
    alt = " ".join(from_to(one.name, one.y) for one in series)
    show_curve(figure, work, _table(curves), "images", alt)


def _series(curve: _Curve, curves: Sequence[_Curve], at: int | None) -> Series:
    known, all_strengths = curve.known(), curve.strengths()
    marked = None
    if at is not None:
        marked = next((n for n, (s, _) in enumerate(known) if s == all_strengths[at]), None)
    return Series(
        name=curve.name,
        x=[strength / all_strengths[-1] for strength, _ in known],
        y=[accuracy for _, accuracy in known],
        words=[strength_words(curve.kind, strength) for strength, _ in known],
        colour=class_colour(KINDS.index(curve.kind)),
        dash="solid" if curve.subject is curves[0].subject else "dash",
        marked=marked,
    )


def _table(curves: Sequence[_Curve]) -> dict[str, list[object]]:
    rows = [
        (curve.name, strength_words(curve.kind, strength), accuracy, len(curve.subject.numbers))
        for curve in curves
        for strength, accuracy in curve.known()
    ]
    names = ("Curve", "Strength", "Accuracy", "Images")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _examples(leading: _Curve, look: Look, at: int) -> None:
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


def _sheet(row: Sequence[tuple[_Curve, float, np.ndarray]], with_strength: bool) -> str:
    images: list[NDArray[np.uint8]] = []
    captions: list[str] = []
    for curve, strength, places in row:
        question = curve.question(strength)
        change = question.change or Change(curve.kind, 0.0)
        images.extend(as_pixels(curve.subject.shown(change, places), 1.0))
        answers = [_answer(curve.subject, question, place) for place in places]
        head = f"{_short(curve.kind, strength)}: " if with_strength else ""
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
