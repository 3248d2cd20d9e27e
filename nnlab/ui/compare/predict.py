"""What the visitor expects of a comparison: asked before its runs begin, then shown beside them."""

from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from nnlab.analysis.comparing.expectation import (
    ERRORS,
    NO_DIFFERENCE,
    POINTS,
    Expectation,
    comparison_key,
)
from nnlab.datasets.catalog import Figure
from nnlab.runs.predictions import Prediction, Predictions
from nnlab.ui.compare.by_figure import figure_of
from nnlab.ui.compare.look import Look
from nnlab.ui.compare.prediction_words import SAME, best_words, came, known_words, predicted
from nnlab.ui.compare.sides import Side
from nnlab.ui.resources import engine
from nnlab.ui.tied import tied

_NONE = "I make no prediction"


def stated(owner: str, sides: Sequence[Side]) -> Prediction | None:
    """What was predicted of just these settings."""
    return _store().of(owner, _key(sides)) if len(sides) > 1 else None


def ask(look: Look, sides: Sequence[Side]) -> None:
    """The fields in which to predict; `state_prediction` keeps what they say."""
    options = (None, *(side.key for side in sides), NO_DIFFERENCE)
    if look.expected not in options:
        look.expected = None
    named = {None: _NONE, NO_DIFFERENCE: SAME} | {side.key: side.told for side in sides}
    best = best_words(_figure(sides) or "accuracy", len(sides) == 2)
    st.radio(
        f"Predict first: which will have the {best}?",
        options,
        options.index(look.expected),
        format_func=lambda key: named[key],
        **tied(look, "expected", f"compare-expected-{_key(sides)[:12]}"),
    )
    if look.expected in (None, NO_DIFFERENCE):
        return
    if _figure(sides) == "accuracy":
        st.number_input(
            "By about how many points?",
            *POINTS,
            look.points,
            0.1,
            format="%.1f",
            help="Percentage points of test accuracy: from 90 % to 92 % are 2 points.",
            width=260,
            **tied(look, "points", "compare-points"),
        )
    else:
        st.number_input(
            "By about how much error?",
            *ERRORS,
            look.error,
            0.001,
            format="%.3f",
            help="Mean absolute error: the numbers to be learned lie from −1 to 1.",
            width=260,
            **tied(look, "error", "compare-error"),
        )


def may_predict(sides: Sequence[Side]) -> bool:
    """There is something to find out: not all of them have the results that a test needs."""
    comparable = len(sides) > 1 and _figure(sides) is not None
    return comparable and any(side.known < 2 for side in sides)


def state_prediction(owner: str, look: Look, sides: Sequence[Side]) -> None:
    """Keep what was filled in, if anything was; one that is kept already stays."""
    keys = [side.key for side in sides]
    if look.expected not in (*keys, NO_DIFFERENCE) or not may_predict(sides):
        return
    by: dict[str, float] = {}
    if look.expected != NO_DIFFERENCE:
        by = {"points": look.points} if _figure(sides) == "accuracy" else {"error": look.error}
    known = sum(side.known for side in sides)
    expected = Expectation(best=look.expected, known=known, **by)
    _store().state(owner, _key(sides), expected.model_dump(mode="json"))
    look.expected = None


def show(prediction: Prediction, sides: Sequence[Side]) -> None:
    """What was predicted, beside what came of it."""
    try:
        expected = Expectation.model_validate(prediction.expected)
    except ValidationError:  # written by another version
        return
    names = {side.key: side.told for side in sides}
    figure = _figure(sides) or "accuracy"
    left, right = st.columns(2, border=True)
    when = prediction.stated_at.strftime("%d %b, %H:%M UTC")
    left.markdown(f"**You predicted** :small[:gray[{when}, {known_words(expected.known)}]]")
    left.markdown(predicted(expected, names, figure))
    right.markdown("**What came of it**")
    right.markdown(came(expected, _results(sides, figure), names, figure))


def _results(sides: Sequence[Side], figure: Figure) -> dict[str, list[float]]:
    found = {side.key: [run.in_test(figure) for run in side.results] for side in sides}
    return {key: [each for each in values if each is not None] for key, values in found.items()}


def _figure(sides: Sequence[Side]) -> Figure | None:
    """What a prediction is about; None where some learn classes and some numbers."""
    return figure_of(side.experiment for side in sides)


def _key(sides: Sequence[Side]) -> str:
    return comparison_key([side.key for side in sides])


def _store() -> Predictions:
    return Predictions(engine().store.engine)
