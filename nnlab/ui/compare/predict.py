"""What the visitor expects of a comparison: asked before its runs begin, then shown beside them."""

from collections.abc import Sequence

import streamlit as st
from pydantic import ValidationError

from nnlab.analysis.comparing.expectation import (
    NO_DIFFERENCE,
    POINTS,
    Expectation,
    comparison_key,
    outcome,
)
from nnlab.analysis.comparing.statement import ACCURACY
from nnlab.runs.predictions import Prediction, Predictions
from nnlab.ui.compare.look import Look
from nnlab.ui.compare.sides import Side
from nnlab.ui.resources import engine
from nnlab.ui.tied import tied

_NONE = "I make no prediction"
_SAME = "No difference beyond seed noise"


def stated(owner: str, sides: Sequence[Side]) -> Prediction | None:
    """What was predicted of just these settings."""
    return _store().of(owner, _key(sides)) if len(sides) > 1 else None


def ask(look: Look, sides: Sequence[Side]) -> None:
    """The fields in which to predict; `state_prediction` keeps what they say."""
    options = (None, *(side.key for side in sides), NO_DIFFERENCE)
    if look.expected not in options:
        look.expected = None
    named = {None: _NONE, NO_DIFFERENCE: _SAME} | {side.key: side.told for side in sides}
    st.radio(
        "Predict first: which will have the higher test accuracy?"
        if len(sides) == 2
        else "Predict first: which will have the highest test accuracy?",
        options,
        options.index(look.expected),
        format_func=lambda key: named[key],
        **tied(look, "expected", f"compare-expected-{_key(sides)[:12]}"),
    )
    if look.expected not in (None, NO_DIFFERENCE):
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


def may_predict(sides: Sequence[Side]) -> bool:
    """There is something to find out: not all of them have the results that a test needs."""
    return len(sides) > 1 and any(side.known < 2 for side in sides)


def state_prediction(owner: str, look: Look, sides: Sequence[Side]) -> None:
    """Keep what was filled in, if anything was; one that is kept already stays."""
    keys = [side.key for side in sides]
    if look.expected not in (*keys, NO_DIFFERENCE) or not may_predict(sides):
        return
    points = None if look.expected == NO_DIFFERENCE else look.points
    known = sum(side.known for side in sides)
    expected = Expectation(best=look.expected, points=points, known=known)
    _store().state(owner, _key(sides), expected.model_dump(mode="json"))
    look.expected = None


def show(prediction: Prediction, sides: Sequence[Side]) -> None:
    """What was predicted, beside what came of it."""
    try:
        expected = Expectation.model_validate(prediction.expected)
    except ValidationError:  # written by another version
        return
    names = {side.key: side.told for side in sides}
    results = {
        side.key: [run.test_accuracy for run in side.results if run.test_accuracy is not None]
        for side in sides
    }
    left, right = st.columns(2, border=True)
    when = prediction.stated_at.strftime("%d %b, %H:%M UTC")
    left.markdown(f"**You predicted** :small[:gray[{when}, {_known(expected.known)}]]")
    left.markdown(_predicted(expected, names))
    right.markdown("**What came of it**")
    right.markdown(_came(expected, results, names))


def _known(known: int) -> str:
    if known == 0:
        return "before any result"
    return f"when {known} {'result was' if known == 1 else 'results were'} known"


def _predicted(expected: Expectation, names: dict[str, str]) -> str:
    if expected.best == NO_DIFFERENCE:
        return f"{_SAME}."
    by = "" if expected.points is None else f", by about {expected.points:.1f} points"
    return f"**{names[expected.best]}** will have the highest test accuracy{by}."


def _came(expected: Expectation, results: dict[str, list[float]], names: dict[str, str]) -> str:
    found = outcome(expected, results)
    if found.kind == "open" or found.best is None or found.compared is None:
        return ":material/hourglass_empty: Open until each setting has two seeds that have ended."
    by = ACCURACY.apart(abs(found.compared.difference))
    same = expected.best == NO_DIFFERENCE
    match found.kind, same:
        case "right", True:
            return (
                ":material/check: The test agrees: no two settings differ by more than seed noise. "
                f"**{names[found.best]}** has the highest mean, by {by}."
            )
        case "wrong", True:
            return (
                ":material/close: Settings do differ by more than seed noise. "
                f"**{names[found.best]}** has the highest mean, by {by}."
            )
        case "right", _:
            return f":material/check: It has, by {by}{_said(expected)}, more than seed noise."
        case "wrong", _:
            return (
                f":material/close: **{names[found.best]}** has it; yours is {by} below the best "
                "other one, more than seed noise."
            )
    side = "above" if found.compared.difference > 0 else "below"
    return (
        f":material/question_mark: Not shown: it is {by} {side} the best other one"
        f"{_said(expected)}, which seeds alone could do."
    )


def _said(expected: Expectation) -> str:
    return "" if expected.points is None else f" (you said {expected.points:.1f})"


def _key(sides: Sequence[Side]) -> str:
    return comparison_key([side.key for side in sides])


def _store() -> Predictions:
    return Predictions(engine().store.engine)
