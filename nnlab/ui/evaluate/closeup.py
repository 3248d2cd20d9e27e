"""One test image in a dialog: large, with the probability of every class."""

from html import escape

import streamlit as st

from nnlab.analysis.evaluation import predicted
from nnlab.figures.evaluation import bar_colour, probability_bars
from nnlab.figures.images import data_uri
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.images import Images
from nnlab.ui.evaluate.look import Look
from nnlab.ui.live_chart import live_chart
from nnlab.ui.picture import picture

_IMAGE = (
    '<img src="{uri}" alt="{alt}" style="display:block;width:100%;max-width:260px;'
    'image-rendering:pixelated;border-radius:4px">'
    '<p style="margin:12px 0 0;font-size:1.25rem;font-weight:700;color:{colour}">{verdict}</p>'
    '<p style="margin:4px 0 0">true: <b>{true}</b></p>'
)


def open_image(look: Look, answers: Answers, images: Images) -> None:
    """Show the image that was just asked for, if one was."""
    index, look.opened = look.opened, None
    if index is not None:
        st.dialog(f"Test image {index:,}", width="medium")(_body)(index, answers, images)


def _body(index: int, answers: Answers, images: Images) -> None:
    probabilities, true = answers.probabilities[index], int(answers.y_true[index])
    answer = int(predicted(probabilities[None])[0])
    left, right = st.columns([2, 3], gap="medium")
    with left:
        picture(_image(images, index, answer, true, answers.class_names), "closeup-image")
    with right:
        figure = probability_bars(probabilities, answers.class_names, answer, true)
        names = zip(answers.class_names, probabilities, strict=True)
        alt = ", ".join(f"{name} {share:.1%}" for name, share in names)
        live_chart(figure, "closeup-bars", f"Probability of each class: {alt}")


def _image(images: Images, index: int, answer: int, true: int, names: tuple[str, ...]) -> str:
    sign, verdict = ("✓", "right") if answer == true else ("✗", "wrong")
    return _IMAGE.format(
        uri=data_uri(images[index]),
        alt=escape(f"test image {index}, {names[true]}"),
        colour=bar_colour(answer, answer, true),
        verdict=f"{sign} {escape(names[answer])}: {verdict}",
        true=escape(names[true]),
    )
