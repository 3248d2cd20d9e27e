"""The test image that was asked for, opened at the moment that is looked at."""

import streamlit as st

from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.closeup import open_image
from nnlab.ui.evaluate.images import Images
from nnlab.ui.evaluate.look import Look


def open_if_asked(
    look: Look, answers: Answers, images: Images, behind: Behind | None = None
) -> None:
    """Show the image whose number is in `look.opened`, if it was answered at this moment."""
    number = look.opened
    if number is not None and number not in answers.numbers:
        look.opened = None
        st.toast(
            f"Test image {number:,} was not among the {answers.total:,} that are answered at"
            " this moment. At the end of the training all are.",
            icon=":material/hide_image:",
        )
    elif number is not None:
        open_image(look, answers.by_number(), images, behind)
