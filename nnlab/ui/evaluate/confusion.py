"""The confusion matrix, and the images behind its cells."""

from itertools import product

import pandas as pd
import streamlit as st

from nnlab.analysis.evaluation import normalise_rows
from nnlab.ui.columns import folding_columns
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.cell_history import CellHistory
from nnlab.ui.evaluate.cells import cells_panel
from nnlab.ui.evaluate.images import Images
from nnlab.ui.evaluate.look import ANY, Filter, Look, look_at
from nnlab.ui.matrix import matrix
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.tied import tied

_WRITTEN = {"counts": "Number of images", "shares": "Share of the true class"}


def confusion_whole(
    run_id: str,
    answers: Answers,
    images: Images | None,
    behind: Behind | None = None,
    history: CellHistory | None = None,
) -> None:
    """The matrix and, beside it, the images of the chosen cells.

    Args:
        run_id: whose look this is.
        answers: of its network.
        images: the test images, None where they are not here.
        behind: the run, for a closer look at an image.
        history: what became of each cell while it trained; None where that is not shown.
    """
    look = look_at(run_id)
    st.header("What is taken for what", anchor=False)
    left, right = folding_columns([2, 1], "evaluate-matrix")
    with left:
        _matrix(look, answers)
    with right:
        cells_panel(look, answers, images, behind, history)
    with rarely_open("The confusion matrix as a table", look.key("table")) as opened:
        if opened:
            confusion_table(answers, shares=look.matrix == "shares")


# The same, redrawn without the rest of the page.
confusion_panel = st.fragment(confusion_whole)


def _matrix(look: Look, answers: Answers) -> None:
    st.segmented_control(
        "In the cells",
        tuple(_WRITTEN),
        default=look.matrix,
        required=True,
        format_func=_WRITTEN.__getitem__,
        **tied(look, "matrix", look.key("matrix")),
    )
    alt = (
        f"Confusion matrix: {answers.errors:,} of {answers.total:,} images off the diagonal. The"
        " table below has its figures."
    )
    what = "share of the true class" if look.matrix == "shares" else "number of images"
    matrix(
        answers.counts,
        answers.class_names,
        look.key("confusion"),
        f"Confusion matrix: {what}",
        alt,
        shares=look.matrix == "shares",
        marked=_chosen(look.cells, len(answers.class_names)),
        on_click=look.cells.choose,
    )


def _chosen(cells: Filter, classes: int) -> list[tuple[int, int]]:
    """The chosen cells, as (true, predicted): one, or a whole row or column."""
    if cells.empty:
        return []
    true, predicted = (
        range(classes) if each == ANY else (each,) for each in (cells.true, cells.predicted)
    )
    return list(product(true, predicted))


def confusion_table(answers: Answers, shares: bool) -> None:
    """The matrix as figures: numbers of images, or shares of the true class."""
    values = normalise_rows(answers.counts) if shares else answers.counts
    predicted = [f"as {name}" for name in answers.class_names]
    frame = pd.DataFrame(values, pd.Index(answers.class_names, name="True class"), predicted)
    style = st.column_config.NumberColumn(format="percent" if shares else "localized")
    st.dataframe(frame, column_config=dict.fromkeys(predicted, style), height="content")
