"""How well a network meets numbers: the Evaluate page of a run that learned no classes."""

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.losses import mean_loss
from nnlab.analysis.numbers import Scores, scores
from nnlab.experiment import loss_of
from nnlab.figures.met import errors_over_time, met_figure, residuals_figure
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moments
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place, Timeline
from nnlab.ui.columns import folding_columns
from nnlab.ui.evaluate.headline import settings_line
from nnlab.ui.live_chart import live_chart
from nnlab.ui.loss_names import LOSS_NAMES
from nnlab.ui.rarely_open import rarely_open

_MISSING = (
    "The files of this run are missing or damaged, so it cannot be evaluated. Train it"
    " again from the Train page."
)
NO_CLASSES = (
    "This network learned a number for each point and no classes, so what counts is how far off its"
    " numbers are."
)
_HIGHEST = "1 is perfect; 0 is no better than to answer the mean of the targets every time."


@dataclass(frozen=True)
class Met:
    """Predictions and targets of test points, float (n,); to be read only."""

    predicted: NDArray[np.float32]
    targets: NDArray[np.float32]

    @property
    def scores(self) -> Scores:
        """Their figures."""
        return scores(self.predicted, self.targets)


def met_at(run: Run, place: Place) -> Met | None:
    """The answers at a moment; None, and words on the page, where its file is gone."""
    found = _met(run.id, place)
    if found is None:
        st.error(_MISSING, icon=":material/error:")
    return found


def numbers_headline(run: Run, met: Met, place: Place) -> None:
    """Four figures and a line of settings; the loss at the end is that of the run's own test."""
    found, name = met.scores, loss_of(run.experiment, "regression")
    mean = (
        run.test_loss if place.end else mean_loss(name, met.predicted[:, np.newaxis], met.targets)
    )
    penalties = "included" if place.end else "left out"
    r2, mae, rmse, loss = folding_columns(4, "evaluate-figures", narrow=2)
    r2.metric("R²", _written(found.r2, 3), help=_HIGHEST, border=True)
    mae.metric(
        "Mean absolute error",
        _written(found.mae),
        help="How far off the predictions are, on average. The targets lie from −1 to 1.",
        border=True,
    )
    rmse.metric(
        "RMSE",
        _written(found.rmse),
        help="Root of the mean squared error: large misses count more.",
        border=True,
    )
    loss.metric(
        "Test loss",
        _written(mean),
        help=f"What training made small: {LOSS_NAMES[name]}, penalties on weights {penalties}.",
        border=True,
    )
    st.caption(f"{NO_CLASSES}  \n{settings_line(run, 1)}")


def _written(value: float | None, digits: int = 4) -> str:
    return "not a number" if value is None or not isfinite(value) else f"{value:.{digits}f}"


def numbers_charts(run: Run, place: Place, met: Met) -> None:
    """Predicted against true, how far off, and the errors over time."""
    st.header("How its numbers meet the targets", anchor=False)
    left, right = folding_columns(2, "evaluate-met")
    off = met.predicted - met.targets
    with left:
        words = f"Predicted against true of {len(off):,} test points. {_words(met.scores)}"
        live_chart(met_figure(met.predicted, met.targets), "evaluate-met-true", words)
    with right:
        half = float(np.median(np.abs(off)))
        words = (
            f"Histogram of predicted minus true: half of the points are less than {half:.3f} off."
        )
        live_chart(residuals_figure(met.predicted, met.targets), "evaluate-met-off", words)
    st.caption("The nearer to the dashed lines, the better. Residuals: predicted minus true.")
    with rarely_open("The same as a table", "evaluate-met-table") as opened:
        if opened:
            st.dataframe(_table(met), hide_index=True)
    _over_time(run, place)


def _words(found: Scores) -> str:
    return f"R² {found.r2:.3f}, mean absolute error {found.mae:.4f}, RMSE {found.rmse:.4f}."


def _table(met: Met) -> pd.DataFrame:
    off = met.predicted - met.targets
    return pd.DataFrame({"True": met.targets, "Predicted": met.predicted, "Off by": off})


def _over_time(run: Run, place: Place) -> None:
    places = Timeline(run).places
    if len(places) < 2 or place not in places:
        return
    known = [_scores(run.id, each) for each in places]
    lines = {
        "mean absolute error": [None if found is None else found.mae for found in known],
        "RMSE": [None if found is None else found.rmse for found in known],
    }
    figure = errors_over_time(lines, [each.epoch for each in places], places.index(place))
    told = [f"{p.label} {f.mae:.3f}" for p, f in zip(places, known, strict=True) if f]
    live_chart(figure, "evaluate-met-moments", f"Mean absolute error: {', '.join(told)}.")
    with rarely_open("The same figures as a table", "evaluate-met-moments-table") as opened:
        if opened:
            rows = [(p.label, f.r2, f.mae, f.rmse) for p, f in zip(places, known, strict=True) if f]
            columns = ["Moment", "R²", "Mean absolute error", "RMSE"]
            st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True)


# A few bytes each; the chart asks for those of all moments at once.
@lru_cache(maxsize=2000)
def _scores(run_id: str, place: Place) -> Scores | None:
    found = _met(run_id, place)
    return None if found is None else found.scores


def _met(run_id: str, place: Place) -> Met | None:
    if place.end:
        result = RunFiles(run_id).read_result()
        return _as_met(result.probabilities, result.y_test) if result else None
    try:
        answers = Moments(run_id).read_answers(place.step)
    except FileNotFoundError:
        return None
    return _as_met(answers.probabilities, answers.y_true)


def _as_met(answers: NDArray[Any], targets: NDArray[Any]) -> Met:
    return Met(answers[:, 0].astype(np.float32), targets.astype(np.float32))
