"""Which image goes through the network: a test image, or the visitor's last drawing."""

from dataclasses import dataclass, field

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.evaluation import select
from nnlab.drawing import prepare
from nnlab.figures.images import as_pixels, image_sheet
from nnlab.ui.clickable import clickable_sheet
from nnlab.ui.draw.kept import sheet_of
from nnlab.ui.draw.sheet import pixels
from nnlab.ui.evaluate.class_choice import class_choices
from nnlab.ui.evaluate.look import ANY
from nnlab.ui.evaluate.pages import page_buttons, page_of, pages
from nnlab.ui.inside.images import images_seen
from nnlab.ui.inside.view import View
from nnlab.ui.once import once
from nnlab.ui.tested_images import TestedImages
from nnlab.ui.tied import tied

_SOURCES = {
    "test": "A test image",
    "matrix": "From the confusion matrix",
    "drawing": "My last drawing",
}
OFFERED = 12


@dataclass(frozen=True)
class Chosen:
    """An image float32 (height, width) in [0, 1], and what it is called."""

    seen: NDArray[np.float32] = field(repr=False)
    name: str


def choose_image(view: View) -> Chosen | None:
    """The controls; None, and words on the page, where there is no such image."""
    look = view.look
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Image",
            tuple(_SOURCES),
            default=look.source,
            required=True,
            format_func=_SOURCES.__getitem__,
            **tied(look, "source", look.key("source")),
        )
        if look.source == "drawing":
            return _drawing(view)
        images = images_seen(view)
        if images is None:
            return None
        look.number = min(look.number, len(images.y) - 1)
        if look.source == "test":
            _by_number(view, len(images.y))
        else:
            class_choices(look.cells, view.dataset.classes, look.key("cells"), 150)
    if look.source == "matrix":
        _offered(view, images)
    true = view.dataset.classes[images.y[look.number]]
    return Chosen(images.seen(look.number), f"Test image {look.number}, true class {true}")


def _by_number(view: View, total: int) -> None:
    look = view.look
    st.number_input(
        "Number",
        min_value=0,
        max_value=total - 1,
        value=look.number,
        step=1,
        width=150,
        help=f"0 to {total - 1:,}, in the order of the test images.",
        **tied(look, "number", look.fresh_key("number")),
    )
    st.button(
        "Random",
        icon=":material/casino:",
        key=look.key("random"),
        on_click=once(lambda: look.show_image(int(np.random.default_rng().integers(total)))),
    )


def _offered(view: View, images: TestedImages) -> None:
    """The images of the chosen cells at this moment, a page at a time."""
    look, answers = view.look, view.snapshot
    found = select(answers.probabilities, answers.y_true, "all", **look.cells.classes)
    if look.cells.empty:
        found = select(answers.probabilities, answers.y_true, "errors")
    numbers = answers.indices[found]
    if not len(numbers):
        st.caption("No image is like that at this moment.")
        return
    shown = page_of(numbers, look.cells, OFFERED)

    def pick(position: int) -> None:
        look.show_image(int(shown[position]))

    drawn = list(as_pixels(images.x[shown], images.scale))
    names = view.dataset.classes
    alts = [f"test image {number}, {names[images.y[number]]}" for number in shown]
    sheet = image_sheet(drawn, [str(number) for number in shown], OFFERED, alts)
    chosen = np.flatnonzero(shown == look.number)
    clickable_sheet(sheet, look.key("offered"), pick, int(chosen[0]) if len(chosen) else -1)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{_which(view)}: {len(numbers):,} at this moment. Click one.")
        page_buttons(pages(numbers, OFFERED), look.cells, look.key("offered-page"), most=5)


def _which(view: View) -> str:
    cells, names = view.look.cells, view.dataset.classes
    if cells.empty:
        return "All mistakes"
    said = [] if cells.true == ANY else [f"true {names[cells.true]}"]
    return ", ".join(
        said + ([] if cells.predicted == ANY else [f"taken for {names[cells.predicted]}"])
    )


def _drawing(view: View) -> Chosen | None:
    image = sheet_of(view.state).shown
    if image is None:
        st.caption("Nothing is drawn yet. Draw first, then come back here.")
        st.page_link("pages/4_Draw.py", label="To the Draw page", icon=":material/draw:")
        return None
    return Chosen(prepare(pixels(image), view.dataset.input_shape[0]), "Your last drawing")
