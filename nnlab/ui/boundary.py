"""What a network answers where in the plane, at any moment of its training."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import Arrays, DatasetError, arrays_of, info_of
from nnlab.datasets.own import Axis, axes_of
from nnlab.figures.boundary import boundary_figure
from nnlab.figures.points import reach_of
from nnlab.figures.valued_points import valued_field
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place
from nnlab.ui.data.parts import Parts, parts_of
from nnlab.ui.kinds import has_images
from nnlab.ui.live_chart import live_chart
from nnlab.ui.resources import engine
from nnlab.ui.time_bar import time_bar
from nnlab.ui.when_ready import draw_again_when_ready
from nnlab.ui.wording import percent
from nnlab.work.short_tasks import WorkersNotReady

if TYPE_CHECKING:
    import pandas as pd

_LEGEND = (
    "The stronger the colour, the surer the network; where it is pale, the network wavers: that is"
    " the boundary. Points are where they are, in the colour of their true class."
)
_LEGEND_OF_NUMBERS = (
    "Colours are what it answers, blue above zero and orange below; those of the points are their"
    " targets. Where a point cannot be seen for its surroundings, the network has learned it."
)
# Lines and columns of the table.
_TABLE_STEP = 10


@dataclass(frozen=True)
class _Shown:
    """What a chart is made of; arrays are to be read only."""

    field: NDArray[np.float32]
    reach: float
    arrays: Arrays
    parts: Parts
    classes: tuple[str, ...]
    place: Place
    axes: tuple[Axis, Axis]

    @property
    def title(self) -> str:
        """Of the chart."""
        return f"What the network sees where: {self.place.label}"


def boundary_panel(run: Run, owner: str, key: str) -> None:
    """The field with a slider over the moments; nothing for a run that learned from images.

    Args:
        run: which is looked at.
        owner: who asks.
        key: unique on the page.
    """
    if has_images(run):
        return
    st.fragment(_panel, key=f"{key}-{run.id}")(run, owner, key)


def _panel(run: Run, owner: str, key: str) -> None:
    place = time_bar(run, f"{key}-moment")
    if place is None:
        st.caption("What the network answers where is shown from its first moment on.")
    else:
        boundary_at(run, owner, place, key)


def boundary_at(run: Run, owner: str, place: Place, key: str) -> None:
    """The field at one moment of a run that learned from points.

    Args:
        run, owner, key: as for `boundary_panel`.
        place: the moment.
    """
    st.subheader("The plane as the network sees it", anchor=False)
    try:
        shown = _shown(run, owner, place)
    except WorkersNotReady as error:
        st.info(f"{error} The picture comes as soon as they can.", icon=":material/hourglass_top:")
        draw_again_when_ready(f"{key}-waits")
    except DatasetError as error:
        st.info(str(error), icon=":material/scatter_plot:")
    except RunNotFound:
        st.info("The weights of that moment were not kept.", icon=":material/history:")
    else:
        _chart(shown, key)


def _shown(run: Run, owner: str, place: Place) -> _Shown:
    dataset = run.experiment.dataset
    arrays = arrays_of(dataset)
    reach = reach_of(arrays.x_train)
    field = _field(run.id, place.moment, reach, owner)
    return _Shown(
        field, reach, arrays, parts_of(arrays, dataset), info_of(dataset).classes, place,
        axes_of(dataset),
    )  # fmt: skip


# Some 30 to 90 kilobytes each.
@st.cache_resource(show_spinner=False, max_entries=500)
def _field(run_id: str, step: int | None, reach: float, owner: str) -> NDArray[np.float32]:
    return engine().boundary(run_id, step, reach, owner)


def _chart(shown: _Shown, key: str) -> None:
    live_chart(_figure(shown), f"{key}-field", f"{shown.title}. {_words(shown)}")
    st.caption(f"{_words(shown)} {_LEGEND if shown.classes else _LEGEND_OF_NUMBERS}")
    with st.expander("The same as a table", icon=":material/table:"):
        st.dataframe(_table(shown), hide_index=True)


def _figure(shown: _Shown) -> dict[str, Any]:
    field, reach, arrays, parts = shown.field, shown.reach, shown.arrays, shown.parts
    points, y = arrays.x_train, arrays.y_train
    if not shown.classes:
        return valued_field(field, reach, points, y, parts, shown.title)
    classes, axes = shown.classes, shown.axes
    return boundary_figure(field, reach, points, y, parts, classes, shown.title, axes)


def _words(shown: _Shown) -> str:
    if not shown.classes:
        return range_words(shown.field)
    return boundary_words(shown.field, shown.classes)


def range_words(field: NDArray[Any]) -> str:
    """What numbers a field (side, side, 1) answers."""
    known = field[np.isfinite(field)]
    if not known.size:
        return "What it answers are no numbers."
    low, high, mean = (_written(float(of(known))) for of in (np.min, np.max, np.mean))
    return f"It answers {low} to {high} in this square, {mean} on average."


def _written(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")  # no negative zero


def boundary_words(field: NDArray[Any], classes: Sequence[str]) -> str:
    """On how much of the square a field (side, side, classes) answers each class."""
    answers = field.argmax(axis=-1)
    shares = np.bincount(answers.ravel(), minlength=len(classes)) / answers.size
    told = [f"{name} on {percent(share)}" for name, share in zip(classes, shares, strict=True)]
    return f"It answers {', '.join(told)} of this square."


def _table(shown: _Shown) -> "pd.DataFrame":
    """Every so many points of the grid: where, the answer, and how sure it is."""
    import pandas as pd

    places = np.linspace(-shown.reach, shown.reach, len(shown.field))[::_TABLE_STEP]
    field = shown.field[::_TABLE_STEP, ::_TABLE_STEP]
    y, x = np.meshgrid(places, places, indexing="ij")
    where = {"x": x.ravel().round(2), "y": y.ravel().round(2)}
    if not shown.classes:
        return pd.DataFrame(where | {"Answer": field.ravel().round(3)})
    return pd.DataFrame(
        where
        | {
            "Answer": [shown.classes[label] for label in field.argmax(axis=-1).ravel()],
            "Probability": field.max(axis=-1).ravel().round(3),
        }
    )
