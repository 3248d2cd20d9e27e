"""A field for an input of the network that is typed as a formula, on any page with points."""

import streamlit as st

from nnlab.experiment import Points
from nnlab.experiment.formulas import LONGEST, InvalidFormula
from nnlab.experiment.points import MOST_FORMULAS, feature_of, is_formula
from nnlab.ui.plain import plain
from nnlab.ui.state import State

_PATH = "dataset.points"
_NAMES = {
    "x": "x", "y": "y", "x2": "x²", "y2": "y²", "xy": "x · y", "sin_x": "sin x", "sin_y": "sin y",
}  # fmt: skip
_REFUSED, _TYPED = "nnlab_formula_refused", "nnlab_formulas_typed"


def feature_label(feature: str) -> str:
    """A feature as people write it, in Markdown."""
    return plain(feature_name(feature))


def feature_name(feature: str) -> str:
    """The same as plain text."""
    if not is_formula(feature):
        return _NAMES[feature]
    return feature.replace("**", "^").replace("*", " · ")


def formula_field(state: State, key: str = "formula") -> None:
    """A text field whose formula becomes one more input; what is wrong with it is told below.

    Args:
        state: the visitor's; its experiment learns from points.
        key: unique on the page.
    """
    path = f"{_PATH}.features"
    if state.hidden(path):
        return
    field = f"{key}-{st.session_state.get(_TYPED, 0)}"
    st.text_input(
        "Another input, as a formula in x and y",
        key=field,
        max_chars=LONGEST,
        placeholder="sqrt(x^2 + y^2)",
        disabled=state.locked(path),
        help=f"At most {MOST_FORMULAS}. With + - * / ^ and sin, cos, tan, tanh, exp, log, sqrt,"
        " abs, sign, min, max, atan2, pi, e.",
        on_change=_add,
        args=(state, field),
    )
    refused = st.session_state.get(_REFUSED)
    if refused:
        st.error(plain(refused), icon=":material/error:")


def _add(state: State, field: str) -> None:
    """The field is emptied once its formula is an input."""
    text = st.session_state[field].strip()
    st.session_state[_REFUSED] = _problem(state, text) if text else None
    if text and not st.session_state[_REFUSED]:
        st.session_state[_TYPED] = st.session_state.get(_TYPED, 0) + 1


def _problem(state: State, text: str) -> str | None:
    points = state.experiment.dataset.points or Points()
    try:
        feature = feature_of(text)
    except InvalidFormula as error:
        return f"{text}: {error}."
    if feature in points.features:
        return f"{text} is an input already."
    wanted = [*points.features, feature]
    if sum(map(is_formula, wanted)) > MOST_FORMULAS:
        return f"{MOST_FORMULAS} formulas are the most: switch one off first."
    state.edit(_PATH, points.model_dump(mode="json") | {"features": wanted})
    return None
