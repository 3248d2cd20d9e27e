"""The test images with noise, turned, moved, blurred or paler."""

from collections.abc import Sequence

import streamlit as st

from nnlab.analysis.changes import KINDS, Kind
from nnlab.runs.run import Run
from nnlab.ui.run_choice import distinct_labels
from nnlab.ui.sliders import Slider, sliders
from nnlab.ui.tied import tied
from nnlab.ui.what_if.choice import compared, others
from nnlab.ui.what_if.difference import difference, headline
from nnlab.ui.what_if.examples import examples
from nnlab.ui.what_if.image_curves import TITLES, ImageCurve, image_chart, strength_words
from nnlab.ui.what_if.look import Look
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.what_if.work import Work, work_of

ALONE = ""
_WHAT: dict[Kind, str] = {
    "noise": "Each pixel gets a random number added: does the network see through it?",
    "rotation": "The image is turned about its middle: people still know what it is,"
    " does the network?",
    "shift": "The image moves to the right: a Dense layer has learned each pixel's place.",
    "blur": "The image loses its edges: which of its answers need fine strokes?",
    "contrast": "The image turns grey, and then into its negative: does only the shape count?",
}


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
    image_chart(curves, at, work)
    examples(leading, look, at)
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


def _curves(subject: Subject, look: Look, other: Run | None) -> list[ImageCurve]:
    """The leading one first."""
    kinds = [look.kind, *(kind for kind in look.also if kind != look.kind)]
    second = compared(other, subject.owner) if other is not None else None
    own = f", {subject.run.experiment.name}" if second is not None else ""
    curves = [ImageCurve(subject, kind, own) for kind in kinds]
    if second is not None:
        name = second.run.experiment.name
        words = f", {name}" if f", {name}" != own else ", the other run"
        curves += [ImageCurve(second, kind, words) for kind in kinds]
    return curves


def _slider(look: Look, steps: Sequence[float]) -> None:
    words = tuple(strength_words(look.kind, strength) for strength in steps)
    spec = Slider("strength", "How much", 0, len(steps) - 1, 1, play=True, words=words)

    def move(values: dict[str, float]) -> None:
        look.position[look.kind] = round(values["strength"])

    at = min(look.position[look.kind], len(steps) - 1)
    sliders([spec], {"strength": at}, look.key("strength"), move)
