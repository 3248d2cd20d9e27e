"""The prediction sheet: images, the network's answers and how sure it was."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.evaluation import Which, select
from nnlab.figures.sheet import prediction_sheet
from nnlab.ui.clickable import clickable_sheet
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.class_choice import class_choices
from nnlab.ui.evaluate.images import Images
from nnlab.ui.evaluate.look import Look, look_at
from nnlab.ui.evaluate.opened import open_if_asked
from nnlab.ui.evaluate.pages import page_buttons, page_of, pages
from nnlab.ui.tied import tied
from nnlab.ui.wording import counted

PER_PAGE = 15
_WHICH: dict[Which, str] = {
    "all": "All",
    "errors": "Errors",
    "confident_errors": "Most confident errors",
    "least_certain": "Least certain",
}


def predictions_whole(
    run_id: str, answers: Answers, images: Images, behind: Behind | None = None
) -> None:
    """Filters, the sheet and its pages."""
    look = look_at(run_id)
    st.header("Image by image", anchor=False)
    _filters(look, answers)
    shown = look.sheet
    indices = select(answers.probabilities, answers.y_true, shown.which, **shown.classes)
    st.markdown(count_text(len(indices), answers, shown.which))
    if len(indices):
        _sheet(look, answers, images, page_of(indices, shown, PER_PAGE))
    else:
        st.empty()  # keeps what follows in its place
    _below(look, answers, pages(indices, PER_PAGE))
    open_if_asked(look, answers, images, behind)


# The same, redrawn without the rest of the page.
predictions = st.fragment(predictions_whole)


def _filters(look: Look, answers: Answers) -> None:
    with st.container(horizontal=True):
        st.segmented_control(
            "Which images",
            tuple(_WHICH),
            default=look.sheet.which,
            required=True,
            format_func=_WHICH.__getitem__,
            **tied(look.sheet, "which", look.key("which"), look.sheet.turn_back),
        )
        class_choices(look.sheet, answers.class_names, look.key("sheet"), width=150)


def count_text(found: int, answers: Answers, which: Which) -> str:
    """How many images the filters leave, of how many."""
    errors_only = which in ("errors", "confident_errors")
    if not found:
        return "No errors here." if errors_only else "No image is like that."
    if found == answers.total and not errors_only:
        return f"All **{found:,} test images**"
    noun = "error" if errors_only else "image"
    return f"**{counted(found, noun)}** of {answers.total:,} test images"


def _sheet(look: Look, answers: Answers, images: Images, indices: NDArray[np.intp]) -> None:
    numbers = answers.numbers[indices]
    sheet = prediction_sheet(
        images[numbers],
        answers.probabilities[indices],
        answers.y_true[indices],
        answers.class_names,
        np.arange(len(indices)),
        numbers,
    )

    def pick(position: int) -> None:
        look.opened = int(numbers[position])

    clickable_sheet(sheet, look.key("cards"), pick)


def _below(look: Look, answers: Answers, n_pages: int) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
    ):
        page_buttons(n_pages, look.sheet, look.key("page"))
        _open_by_number(look, answers)


def _open_by_number(look: Look, answers: Answers) -> None:
    st.number_input(
        "Open an image by its number",
        min_value=0,
        max_value=answers.n_test - 1,
        value=look.number,
        step=1,
        placeholder=f"0 to {answers.n_test - 1:,}",
        width=220,
        **tied(look, "number", look.key(f"number-{look.typed}"), look.open_number),
    )
