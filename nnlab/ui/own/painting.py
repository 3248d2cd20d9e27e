"""Painting points of one's own: the canvas, the names of the classes, and a table."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from nnlab.datasets.own import OwnSet
from nnlab.datasets.own_table import EDGE
from nnlab.experiment.names import harmless
from nnlab.experiment.own_points import OWN_CLASSES, OWN_COUNTS
from nnlab.ui.once import once
from nnlab.ui.own.canvas import painting_canvas
from nnlab.ui.own.taking import keep_and_use, tell, told
from nnlab.ui.resources import engine
from nnlab.ui.state import State

_KEY, _DRAFT = "nnlab_painting", "painting"
_FIRST = ("A", "B")

Dot = tuple[float, float, int]


@dataclass
class Painting:
    """Points x, y, class number; `edition` counts changes that do not come from the canvas."""

    classes: tuple[str, ...] = _FIRST
    points: tuple[Dot, ...] = ()
    edition: int = 0

    def set(self, points: Iterable[Any]) -> None:
        """Take points from outside; what is none, or on no class, is left out."""
        self.points = tuple(filter(None, (self._dot(each) for each in points)))[: OWN_COUNTS[1]]

    def _dot(self, each: Any) -> Dot | None:
        try:
            x, y, label = float(each[0]), float(each[1]), int(each[2])
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
        if not (math.isfinite(x) and math.isfinite(y) and 0 <= label < len(self.classes)):
            return None
        return round(min(max(x, -EDGE), EDGE), 3), round(min(max(y, -EDGE), EDGE), 3), label

    def problem(self) -> str | None:
        """What is missing before they can be learned from, in a sentence; or None."""
        if len(self.points) < OWN_COUNTS[0]:
            return f"At least {OWN_COUNTS[0]} points are needed (so far {len(self.points)})."
        used = Counter(label for *_, label in self.points)
        bare = [name for label, name in enumerate(self.classes) if used[label] < 3]
        return (
            f"Each class needs 3 points at least; too few in {', '.join(bare)}." if bare else None
        )

    def to_set(self) -> OwnSet:
        """The points as they lie."""
        places = np.array([dot[:2] for dot in self.points], dtype=np.float64)
        labels = np.array([dot[2] for dot in self.points], dtype=np.int64)
        return OwnSet(places, labels, self.classes)


def painting_panel(state: State) -> None:
    """Names of the classes, canvas, a button, and the same points as a table."""
    painting = _painting(state)
    _names(state, painting)
    painting_canvas(
        painting.classes,
        painting.points,
        painting.edition,
        "own-canvas",
        lambda points: _painted(state, painting, points),
    )
    problem = painting.problem()
    st.caption(problem or _counts(painting))
    st.button(
        "Use these points",
        key="own-paint-use",
        type="primary",
        icon=":material/check:",
        disabled=problem is not None,
        on_click=once(_use),
        args=(state, painting),
    )
    told()
    if st.toggle("Edit them as a table", key="own-as-table"):
        _table(state, painting)


def paint_on(state: State, own: OwnSet) -> None:
    """Bring a set to the canvas, in place of what is there."""
    painting = _painting(state)
    painting.classes = own.classes
    rows = zip(own.points.tolist(), own.labels.tolist(), strict=True)
    painting.set((x, y, label) for (x, y), label in rows)
    _changed(state, painting)


def _painting(state: State) -> Painting:
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _recalled(engine().drafts.get(state.owner, _DRAFT))
    return st.session_state[_KEY]


def _recalled(kept: Any) -> Painting:
    try:
        painting = Painting(tuple(map(str, kept["classes"])))
        painting.set(kept["points"])
    except (KeyError, TypeError):  # none yet, or written by another version
        return Painting()
    return painting


def _keep(state: State, painting: Painting) -> None:
    value = {"classes": painting.classes, "points": painting.points}
    engine().drafts.put(state.owner, _DRAFT, value)


def _changed(state: State, painting: Painting) -> None:
    painting.edition += 1
    _keep(state, painting)


def _painted(state: State, painting: Painting, points: Any) -> None:
    painting.set(points if isinstance(points, list) else ())
    _keep(state, painting)


def _use(state: State, painting: Painting) -> None:
    if painting.problem() is None:
        keep_and_use(state, painting.to_set(), "Painted points", painted=True)


def _counts(painting: Painting) -> str:
    used = Counter(label for *_, label in painting.points)
    said = [f"{used[label]} of {name}" for label, name in enumerate(painting.classes)]
    return f"{len(painting.points):,} points: {', '.join(said)}."


def _names(state: State, painting: Painting) -> None:
    low, high = OWN_CLASSES
    key = f"own-names-{painting.edition}"

    def take() -> None:
        names = [harmless(part) for part in st.session_state[key].split(",")]
        names = [name for name in names if name]
        if not low <= len(names) <= high or len(set(names)) < len(names):
            tell(f"Name {low} to {high} classes, each differently, with commas between them.")
            painting.edition += 1
            return
        tell(None)
        painting.classes = tuple(names)
        painting.set(painting.points)
        _changed(state, painting)

    st.text_input(
        "Classes",
        ", ".join(painting.classes),
        key=key,
        max_chars=200,
        help=f"{low} to {high} names with commas between them. Points of a class that is taken out "
        "go with it.",
        on_change=take,
    )


def _table(state: State, painting: Painting) -> None:
    import pandas as pd

    columns = {"x": "float64", "y": "float64"}
    rows = [(x, y, painting.classes[label]) for x, y, label in painting.points]
    frame = pd.DataFrame(rows, columns=["x", "y", "class"]).astype(columns)
    number = st.column_config.NumberColumn(
        min_value=-EDGE, max_value=EDGE, required=True, format="%.3f"
    )
    edited = st.data_editor(
        frame,
        num_rows="dynamic",
        key=f"own-table-{painting.edition}-{hash(painting.points)}",
        column_config={
            "x": number,
            "y": number,
            "class": st.column_config.SelectboxColumn(
                options=list(painting.classes), required=True
            ),
        },
    )
    wanted = Painting(painting.classes)
    known = {name: label for label, name in enumerate(painting.classes)}
    found = edited.dropna().itertuples(index=False, name=None)
    wanted.set((x, y, known.get(name, -1)) for x, y, name in found)
    if wanted.points != painting.points:
        painting.points = wanted.points
        _changed(state, painting)
        st.rerun()
