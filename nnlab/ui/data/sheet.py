"""Twenty-five images at a time, of a part and a class of one's choice."""

import math

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import Arrays, DatasetInfo
from nnlab.experiment import Dataset, InvalidExperiment
from nnlab.figures.images import as_pixels, image_sheet
from nnlab.ui.clickable import clickable_sheet
from nnlab.ui.data.parts import image_at, labels_of, parts_of
from nnlab.ui.data.view import ALL_CLASSES, Part, View

ROWS = COLUMNS = 5
PER_SHEET = ROWS * COLUMNS
_PARTS: dict[Part, str] = {
    "all": "All images",
    "training": "Training",
    "validation": "Validation",
    "test": "Test",
}


def sheet_panel(arrays: Arrays, dataset: Dataset, view: View) -> None:
    """Filters, the sheet and the pages; a click on an image opens it."""
    described = view.described
    _filters(described, dataset, view)
    try:
        positions = _filtered(arrays, dataset, view)
    except InvalidExperiment:
        st.info("This part cannot be drawn: mend the sizes below.", icon=":material/info:")
        return
    if len(positions) == 0:
        st.info("The file has no image of this class.", icon=":material/info:")
        return
    sheets = math.ceil(len(positions) / PER_SHEET)
    view.sheet = min(view.sheet, sheets)
    _sheet(arrays, described, view, positions[PER_SHEET * (view.sheet - 1) :][:PER_SHEET])
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        _pages(view, sheets)
        st.caption(f"{len(positions):,} images", width="content")


def _pages(view: View, sheets: int) -> None:
    # Another choice of images is another widget; it begins where the view stands.
    key = view.key(f"sheet-{view.part}-{view.label}")

    def turn() -> None:
        view.sheet = st.session_state[key]

    st.pagination(sheets, default=view.sheet, max_visible_pages=5, key=key, on_change=turn)


def _filters(described: DatasetInfo, dataset: Dataset, view: View) -> None:
    parts = _parts_of(dataset)
    if view.part not in parts:
        view.part = "all"
    left, right = st.columns(2)
    left.selectbox("Part", parts, format_func=_PARTS.__getitem__, **view.show("part"))
    right.selectbox(
        "Class",
        (ALL_CLASSES, *range(len(described.classes))),
        format_func=lambda label: _class_name(described, label),
        **view.show("label"),
    )


def _class_name(described: DatasetInfo, label: int) -> str:
    return "All classes" if label == ALL_CLASSES else described.classes[label]


def _parts_of(dataset: Dataset) -> tuple[Part, ...]:
    if dataset.validation == "holdout":
        return ("all", "training", "validation", "test")
    return ("all", "training", "test")


def _filtered(arrays: Arrays, dataset: Dataset, view: View) -> NDArray[np.int64]:
    y = labels_of(arrays)
    positions = _of_part(arrays, dataset, view.part)
    return positions if view.label == ALL_CLASSES else positions[y[positions] == view.label]


def _mixed(y: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order of the file; for a file sorted by class, the classes in turn."""
    positions = np.arange(len(y))
    if np.any(np.diff(y) < 0):
        return positions
    return np.argsort(positions - np.searchsorted(y, y), kind="stable")


def _of_part(arrays: Arrays, dataset: Dataset, part: Part) -> NDArray[np.int64]:
    if part == "all":
        return _mixed(labels_of(arrays))  # needs no split, so the first sheet is there at once
    with st.skeleton(height=420):
        return parts_of(arrays, dataset)[part]


def _sheet(
    arrays: Arrays, described: DatasetInfo, view: View, positions: NDArray[np.int64]
) -> None:
    y = labels_of(arrays)
    names = [described.classes[label] for label in y[positions]]
    images = [as_pixels(image_at(arrays, position), described.scale) for position in positions]
    alts = [f"{name}, image {position}" for name, position in zip(names, positions, strict=True)]

    def pick(index: int) -> None:
        view.image = int(positions[index])

    chosen = np.flatnonzero(positions == view.image)
    clickable_sheet(
        image_sheet(images, names, COLUMNS, alts),
        view.key("pictures"),
        pick,
        int(chosen[0]) if len(chosen) else None,
    )
