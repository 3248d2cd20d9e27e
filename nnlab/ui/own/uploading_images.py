"""Images from a file: how they are prepared, how they look then, and a button that uses them."""

import threading

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from nnlab.datasets.own_images import OwnImageSet
from nnlab.datasets.uploaded import (
    MOST_BYTES,
    NotAnImageSet,
    Preparation,
    Uploaded,
    read_images,
    require_size,
)
from nnlab.datasets.uploaded.picture import Fit
from nnlab.experiment.names import harmless
from nnlab.figures.images import image_sheet
from nnlab.ui.columns import folding_columns
from nnlab.ui.once import once
from nnlab.ui.own.taking import keep_and_use, told
from nnlab.ui.plain import plain
from nnlab.ui.state import State

_SIDES = (16, 28, 32, 48, 64)
_FITS: dict[Fit, str] = {"whole": "Show all of it", "middle": "Cut out the middle"}
_READ = "nnlab_own_images_read"
_COLUMNS, _ROWS = 10, 3
_TOLD = 12  # classes in a line
# Of all visitors: to decode images takes memory and the server's time.
_one_at_a_time = threading.Lock()


def upload_images_panel(state: State) -> None:
    """The file and what is done with its images; then how they look, and a button."""
    st.caption(
        "A **zip** with a folder for each class (PNG, JPEG, GIF, BMP or WebP), an **.npz** with "
        "the arrays `x` and `y` or those of Keras's `mnist.npz`, or a **CSV** file with the class "
        f"and the pixels of an image in each row. At most {MOST_BYTES // 1_000_000} MB; 2 to 50 "
        "classes, each with 5 images at least. The set stays private to you: who sees a run of "
        "yours sees its figures and the names of the classes, but none of the images."
    )
    file = st.file_uploader(
        "Images of your own",
        key="own-images-upload",
        type=None,  # what is in the file decides, and is told
        max_upload_size=MOST_BYTES // 1_000_000,
    )
    preparation = _preparation()
    if file is None:
        st.session_state.pop(_READ, None)
        return
    found = _read(file, preparation)
    if isinstance(found, str):
        st.error(plain(found), icon=":material/error:")
        return
    used = state.experiment.dataset.own_images
    if used is not None and used.id == found.own.id:
        st.caption(":material/check: These images are in use: they are shown below.")
        return
    _preview(found)
    title = harmless(file.name.rpartition(".")[0]) or "Images"
    st.button(
        "Use these images",
        key="own-images-use",
        type="primary",
        icon=":material/check:",
        on_click=once(keep_and_use),
        args=(state, found.own, title),
    )
    told()


def _preparation() -> Preparation:
    left, middle, right = folding_columns(
        [2, 4, 3], "own-images-preparation", gap="small", vertical_alignment="bottom"
    )
    with left:
        side = st.selectbox(
            "Size",
            _SIDES,
            index=1,
            format_func=lambda side: f"{side} × {side}",
            key="own-images-side",
            help="All images are brought to this size. 28 × 28 is MNIST's; larger ones take longer "
            "to learn from.",
        )
    with middle:
        fit = st.segmented_control(
            "Images that are no squares",
            list(_FITS),
            default="whole",
            format_func=_FITS.__getitem__,
            key="own-images-fit",
            required=True,
        )
    with right:
        invert = st.toggle(
            "Swap light and dark",
            key="own-images-invert",
            help="For ink on white paper: the digits that come with nnlab, and what is drawn on "
            "the Draw page, are white on black.",
        )
    return Preparation(side, fit or "whole", invert)


def _read(file: UploadedFile, preparation: Preparation) -> Uploaded | str:
    """What is in the file, or what is wrong with it; the last answer is kept."""
    wanted = (file.file_id, preparation)
    known: tuple[object, Uploaded | str] | None = st.session_state.get(_READ)
    if known is not None and known[0] == wanted:
        return known[1]
    place = st.empty()

    def tell(share: float) -> None:
        place.progress(min(share, 1.0), text="Reading …")

    tell(0.0)
    try:
        require_size(file.size)
        with _one_at_a_time:
            found: Uploaded | str = read_images(file.getvalue(), preparation, tell)
    except NotAnImageSet as error:
        found = str(error)
    place.empty()
    st.session_state[_READ] = (wanted, found)
    return found


def _preview(found: Uploaded) -> None:
    own = found.own
    st.markdown(_words(own))
    for note in found.notes:
        st.caption(f":material/info: {plain(note)}")
    chosen = _examples(own)
    names = [own.classes[label] for label in own.labels[chosen]]
    st.html(image_sheet(list(own.images[chosen]), names, _COLUMNS))
    st.caption("So a network will see them. The classes are shown in turn.")


def _words(own: OwnImageSet) -> str:
    sizes = np.bincount(own.labels[: own.n_train], minlength=len(own.classes))
    pairs = list(zip(own.classes, sizes, strict=True))
    told = ", ".join(f"{count:,} of {plain(name)}" for name, count in pairs[:_TOLD])
    more = " …" if len(pairs) > _TOLD else ""
    tested = f", and {own.n_test:,} that are kept for testing" if own.n_test else ""
    return f"**{own.n_train:,} images** in {len(pairs)} classes: {told}{more}{tested}."


def _examples(own: OwnImageSet) -> list[int]:
    """Positions of the first images of each class, in turn."""
    labels = own.labels[: own.n_train]
    most = _COLUMNS * _ROWS
    first = [np.flatnonzero(labels == label)[:most] for label in range(len(own.classes))]
    turns = [int(found[i]) for i in range(most) for found in first if i < len(found)]
    return turns[:most]
