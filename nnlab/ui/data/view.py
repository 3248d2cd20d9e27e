"""What a visitor looks at on the Data page; nothing of it changes the experiment."""

from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from nnlab.datasets import DatasetInfo, info_of
from nnlab.experiment import Dataset

Part = Literal["all", "training", "validation", "test"]

ALL_CLASSES = -1

_KEY = "nnlab_data_view"
# The image that is opened first where one is worth it: an 8 that many would read as a 0 or 9.
_FIRST_IMAGE = {"mnist": 3570}


@dataclass
class View:
    """What is shown of one set.

    Attributes:
        described: the set.
        name: which it is, different for each set of own images.
        part: which images the sheet has.
        label: only this class on the sheet, or `ALL_CLASSES`.
        sheet: number of the sheet, from 1.
        image: number of the image shown closely, counted through the set's own training images
            and then its own test images.
    """

    described: DatasetInfo
    name: str
    part: Part = "all"
    label: int = ALL_CLASSES
    sheet: int = 1
    image: int = 0

    def key(self, field: str) -> str:
        """Key of the widget that shows `field`."""
        return f"data-{self.name}-{field}"

    def show(self, field: str) -> dict[str, Any]:
        """Arguments that tie a widget to `field`: drawn from it, writing back into it."""
        key = self.key(field)
        if st.session_state.get(key) != getattr(self, field):
            st.session_state[key] = getattr(self, field)
        return {"key": key, "on_change": self.take, "args": (field,)}

    def take(self, field: str) -> None:
        """Copy the widget's value; another choice of images begins at its first sheet."""
        setattr(self, field, st.session_state[self.key(field)])
        if field in ("part", "label"):
            self.sheet = 1


def view_of(dataset: Dataset) -> View:
    """This visitor's view of a set, as it was left."""
    views: dict[str, View] = st.session_state.setdefault(_KEY, {})
    own = dataset.own_images
    name = dataset.name if own is None else f"{dataset.name}-{own.id[:16]}"
    if name not in views:
        views[name] = View(info_of(dataset), name, image=_FIRST_IMAGE.get(name, 0))
    return views[name]
