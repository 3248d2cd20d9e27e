"""Points in the plane: how they are made, how they lie, and what a network is told of them."""

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import Arrays, info, info_of
from nnlab.datasets.own import axes_of
from nnlab.experiment import FEATURES, OWN_POINTS, Dataset, InvalidExperiment, Points, bounds
from nnlab.experiment.points import is_formula
from nnlab.figures.points import HEIGHT, points_figure
from nnlab.figures.valued_points import valued_points
from nnlab.ui.columns import folding_columns
from nnlab.ui.data.parts import Parts, parts_of
from nnlab.ui.formula_field import feature_label, formula_field
from nnlab.ui.live_chart import live_chart
from nnlab.ui.once import once
from nnlab.ui.state import State
from nnlab.ui.still_drawn import still_drawn

if TYPE_CHECKING:
    import pandas as pd

PATH = "dataset.points"


def points_panel(state: State, arrays: Arrays) -> None:
    """The chart, and beside it what the points are made from."""
    st.header("Look at the points", anchor=False)
    left, right = folding_columns([7, 4], "data-points")
    with right:
        _form(state)
    with left:
        _chart(arrays, state.experiment.dataset)


def _form(state: State) -> None:
    points, described = _points(state), info(state.experiment.dataset.name)
    if described.name == OWN_POINTS:
        _features(state, points)
        return
    numbers = described.regression
    noise = "How far targets stray." if numbers else "How far points stray from the shape."
    _slider(state, "noise", "Noise", 0.01, points.noise, noise)
    _slider(state, "count", "Points", 50, points.count, "Of all parts and classes together.")
    if described.most_classes > 2:
        classes = points.classes or len(described.classes)
        _slider(state, "classes", "Classes", 1, classes, "Clouds or rings, a colour each.")
    if not numbers:
        balance = "Points of the last class for each one of the first. 1: classes of one size."
        _slider(state, "balance", "Balance of the classes", 0.05, points.balance, balance)
    _features(state, points)
    _seed(state, points)


def _points(state: State) -> Points:
    return state.experiment.dataset.points or Points()


def _set(state: State, field: str, value: Any) -> None:
    """Change one field, on top of what was changed a moment ago."""
    state.edit(PATH, _points(state).model_dump(mode="json") | {field: value})


def _widget(state: State, field: str) -> dict[str, Any]:
    key = f"exp-{state.generation}-{state.experiment.dataset.name}-{field}"

    def take() -> None:
        _set(state, field, st.session_state[key])
        if state.refused is not None:
            state.generation += 1  # the widget shows what holds again

    locked = state.locked(f"{PATH}.{field}")
    return {"key": key, "on_change": still_drawn(state, take), "disabled": locked}


def _slider(state: State, field: str, label: str, step: float, value: float, help: str) -> None:
    if state.hidden(f"{PATH}.{field}"):
        return
    low, high = _limits(field)
    cast = type(value)
    st.slider(
        label, cast(low), cast(high), value, cast(step), help=help, **_widget(state, field)
    )  # fmt: skip


def _limits(field: str) -> tuple[float, float]:
    low, high = bounds(Points, field)
    return low, high


def _features(state: State, points: Points) -> None:
    if state.hidden(f"{PATH}.features"):
        return
    bound = _widget(state, "features")
    formulas = tuple(filter(is_formula, points.features))
    if formulas:
        bound["key"] = f"{bound['key']}-{'-'.join(formulas)}"
        bound["on_change"] = still_drawn(
            state, lambda: _set(state, "features", st.session_state[bound["key"]])
        )
    st.pills(
        "What the network is told of a point",
        (*FEATURES, *formulas),
        selection_mode="multi",
        default=points.features,
        format_func=feature_label,
        wrap=True,
        help="Each is an input of the network. With the right ones, even a network without hidden"
        " layers can part what no straight line parts. A formula of yours that is switched off is"
        " gone.",
        **bound,
    )
    formula_field(state)


def _seed(state: State, points: Points) -> None:
    if state.hidden(f"{PATH}.seed"):
        return
    low, high = _limits("seed")
    bound = _widget(state, "seed")
    key = bound["key"] = f"{bound['key']}-{points.seed}"
    bound["on_change"] = still_drawn(state, lambda: _set(state, "seed", st.session_state[key]))
    field, button = st.columns(2, vertical_alignment="bottom")
    field.number_input("Seed of the points", int(low), int(high), points.seed, **bound)
    button.button(
        "Other points",
        icon=":material/casino:",
        key="other-points",
        width="stretch",
        disabled=bound["disabled"],
        on_click=once(_set),
        args=(state, "seed", points.seed + 1 if points.seed < high else int(low)),
    )


@st.fragment(parallel=True)
def _chart(arrays: Arrays, dataset: Dataset) -> None:
    """Drawn apart from the page, which need not wait for scikit-learn's import."""
    described = info_of(dataset)
    try:
        with st.skeleton(height=HEIGHT):
            parts = parts_of(arrays, dataset)
    except InvalidExperiment:  # told at the sizes below
        parts = {"training": np.arange(len(arrays.y_train))}
    title = f"{described.title}: {len(arrays.y_train):,} points"
    if described.regression:
        figure = valued_points(arrays.x_train, arrays.y_train, parts, title)
    else:
        figure = points_figure(
            arrays.x_train, arrays.y_train, parts, described.classes, title, axes_of(dataset)
        )
    live_chart(figure, f"points-{dataset.name}", _alt(arrays, described.classes, title))
    with st.expander("The same points as a table", icon=":material/table:"):
        st.dataframe(_table(arrays, parts, described.classes), hide_index=True)


def _alt(arrays: Arrays, classes: tuple[str, ...], title: str) -> str:
    if not classes:
        y = arrays.y_train
        return (
            f"{title}, with targets from {y.min():.2f} to {y.max():.2f}, {y.mean():.2f} on average"
        )
    counts = np.bincount(arrays.y_train, minlength=len(classes))
    middles = [
        arrays.x_train[arrays.y_train == label].mean(axis=0) for label in range(len(classes))
    ]
    said = [
        f"{n} of class {name} around ({x:.1f}, {y:.1f})"
        for name, n, (x, y) in zip(classes, counts.tolist(), middles, strict=True)
    ]
    return f"{title}: {', '.join(said)}"


def _table(arrays: Arrays, parts: Parts, classes: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd  # half a second that the first sight of the page need not wait for

    part = _part_names(parts, len(arrays.y_train))
    x, y = arrays.x_train.T
    if not classes:
        target = arrays.y_train.round(3)
        return pd.DataFrame({"x": x.round(3), "y": y.round(3), "Target": target, "Part": part})
    names = [classes[label] for label in arrays.y_train.tolist()]
    return pd.DataFrame({"x": x.round(3), "y": y.round(3), "Class": names, "Part": part})


def _part_names(parts: Parts, n: int) -> NDArray[np.str_]:
    found = np.full(n, "none", dtype="<U10")
    for name, positions in parts.items():
        found[positions] = name
    return found
