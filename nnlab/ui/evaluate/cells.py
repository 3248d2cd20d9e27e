"""The images of the chosen cells of the confusion matrix; with none chosen, where to look."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.evaluation import Which, confidence, select
from nnlab.analysis.mistakes import frequent_mistakes
from nnlab.figures.images import image_sheet
from nnlab.ui.clickable import clickable_sheet
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.cell_history import CellHistory, cell_history
from nnlab.ui.evaluate.class_choice import class_choices
from nnlab.ui.evaluate.images import Images
from nnlab.ui.evaluate.look import ANY, Filter, Look
from nnlab.ui.evaluate.opened import open_if_asked
from nnlab.ui.evaluate.pages import page_buttons, page_of, pages

# A page is full with 2, 3 or 4 images side by side.
COLUMNS = 4
PER_PAGE = 12
MISTAKES = 8


def cells_panel(
    look: Look,
    answers: Answers,
    images: Images | None,
    behind: Behind | None = None,
    history: CellHistory | None = None,
) -> None:
    """Two select boxes, which say the same as a click in the matrix, and their images.

    Each state draws as many elements, some of them empty: when the timer of another fragment
    ticks meanwhile, Streamlit leaves standing what a fragment draws no more.

    Args:
        look: what is chosen.
        answers: of the network.
        images: the test images, None where they are not here.
        history: draws the chosen cell over time; None for nothing.
    """
    with st.container(horizontal=True):
        class_choices(look.cells, answers.class_names, look.key("cells"), width="stretch")
    if look.cells.empty:
        _mistakes(look, answers)
        st.empty()
        st.empty()
        st.empty()
    else:
        _chosen(look, answers, images, behind, history)


def _chosen(
    look: Look,
    answers: Answers,
    images: Images | None,
    behind: Behind | None,
    history: CellHistory | None,
) -> None:
    which = _order(look.cells)
    indices = select(answers.probabilities, answers.y_true, which, **look.cells.classes)
    text = cells_text(look.cells, answers.class_names)
    st.markdown(f"**{text}** :gray[· {answers.count(len(indices))}]")
    cell_history(look, answers.class_names, history)
    if images is None or len(indices) == 0:
        st.empty()
        _below(look, 1)
        st.empty()
        return
    _images(look, answers, images, page_of(indices, look.cells, PER_PAGE))
    _below(look, pages(indices, PER_PAGE))
    st.caption(_reading(which))
    open_if_asked(look, answers, images, behind)


def _below(look: Look, n_pages: int) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        page_buttons(n_pages, look.cells, look.key("cell-page"), most=5)
        st.button(
            "Clear",
            icon=":material/close:",
            key=look.key("clear"),
            type="tertiary",
            on_click=look.cells.choose,
            args=(ANY, ANY),
        )


def _order(cells: Filter) -> Which:
    """Mistakes from the most confident down; where right answers may be, least certain first."""
    one_mistake = ANY not in (cells.true, cells.predicted) and cells.true != cells.predicted
    return "confident_errors" if one_mistake else "least_certain"


def _mistakes(look: Look, answers: Answers) -> None:
    found = frequent_mistakes(answers.counts, MISTAKES)
    if not found:
        one = f"Not one test {answers.things[:-1]}"
        st.success(f"{one} was taken for another class.", icon=":material/star:")
        return
    click = "Click a cell to see its images" if answers.things == "images" else "Click a cell"
    st.markdown(f"{click}, or begin with the most frequent mistakes (true → predicted):")
    names = answers.class_names
    with st.container(gap=None):
        for mistake in found:
            pair = f"{names[mistake.true]} → {names[mistake.predicted]}"
            st.button(
                f"{pair} :gray[· {mistake.count:,}]",
                key=look.key(f"mistake-{mistake.true}-{mistake.predicted}"),
                type="tertiary",
                icon=":material/arrow_right:",
                on_click=look.cells.choose,
                args=(mistake.true, mistake.predicted),
            )


def cells_text(cells: Filter, names: tuple[str, ...]) -> str:
    """The chosen cells in words."""
    if cells.predicted == ANY:
        return f"All of class {names[cells.true]}"
    if cells.true == ANY:
        return f"All taken for {names[cells.predicted]}"
    if cells.true == cells.predicted:
        return f"{names[cells.true]} recognised"
    return f"{names[cells.true]} taken for {names[cells.predicted]}"


def _images(look: Look, answers: Answers, images: Images, on_page: NDArray[np.intp]) -> None:
    sure, numbers = confidence(answers.probabilities[on_page]), answers.numbers[on_page]
    captions = [f"{share:.0%}" if np.isfinite(share) else "–" for share in sure]
    alts = [
        f"test image {number}, {text} sure" for number, text in zip(numbers, captions, strict=True)
    ]

    def pick(position: int) -> None:
        look.opened = int(numbers[position])

    sheet = image_sheet(list(images[numbers]), captions, COLUMNS, alts)
    clickable_sheet(sheet, look.key("cell-images"), pick)


def _reading(which: Which) -> str:
    order = "the surest mistakes" if which == "confident_errors" else "the least certain"
    return (
        f"Per cent: how sure the network was; {order} first. Click an image for all its"
        " probabilities."
    )
