"""How far the network's confidence can be believed, and what it gains to answer only when sure."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from nnlab.analysis.calibration import (
    Reliability,
    brier_score,
    confidence_counts,
    expected_calibration_error,
    mean_claim,
    reliability,
)
from nnlab.analysis.evaluation import cross_entropy
from nnlab.analysis.proportions import wilson_interval
from nnlab.analysis.selective import selective
from nnlab.figures.confidence import confidence_histogram
from nnlab.figures.reliability import reliability_diagram
from nnlab.ui.columns import folding_columns
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.sure_enough import share_table, threshold, threshold_table
from nnlab.ui.live_chart import live_chart
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.wording import percent

# Of the histogram: twice as fine as the diagram's.
BINS = 20
_SKELETON_HEIGHT = 420


def calibration_whole(run_id: str, answers: Answers) -> None:
    """Figures, the reliability diagram and the histogram, and the threshold with its curve."""
    st.header("How sure, and how often right", anchor=False)
    if not np.isfinite(answers.probabilities).any():
        st.info(
            "This network's answers are not numbers, so it has no confidence that could be judged."
            " Train it again with a smaller learning rate.",
            icon=":material/block:",
        )
        return
    st.markdown(_verdict(answers))
    # Drawn when it is open: the time slider waits for every chart.
    label = "Reliability, confidence, and answering only when sure enough"
    with rarely_open(label, f"calibration-{run_id}", ":material/speed:") as opened:
        if opened:
            _all(run_id, answers)


def _all(run_id: str, answers: Answers) -> None:
    with st.skeleton(height=_SKELETON_HEIGHT):  # while scikit-learn is loaded, once a process
        bins = reliability(answers.probabilities, answers.y_true)
        brier = brier_score(answers.probabilities, answers.y_true)
    _figures(answers, expected_calibration_error(bins), brier)
    _charts(run_id, answers, bins)
    threshold(run_id, answers)
    with st.expander("The same figures as a table", icon=":material/table:"):
        share_table(_bins_frame(bins, answers.things), ("Mean confidence", "Right"))
        threshold_table(answers)


# The same, redrawn without the rest of the page.
calibration_panel = st.fragment(calibration_whole)


def _verdict(answers: Answers) -> str:
    """Whether it claims too much, as far as so many images can tell."""
    claimed, right = mean_claim(answers.probabilities, answers.y_true)
    total = int(np.isfinite(answers.probabilities).all(axis=1).sum())
    low, high = wilson_interval(round(right * total), total)
    points = f"{100 * abs(claimed - right):.1f} points"
    if low <= claimed <= high:
        judged = f"On average its claims hold, as far as {answers.count(total)} can tell."
    else:
        judged = f"It is **{points} {'too sure' if claimed > right else 'not sure enough'}**."
    return (
        f"A network says how sure it is. Here it claims {percent(claimed)} on average and is right"
        f" in {percent(right)}. {judged}"
    )


def _figures(answers: Answers, error: float, brier: float) -> None:
    likelihood = cross_entropy(answers.probabilities, answers.y_true)
    shown = (
        (
            "Calibration error",
            percent(error, 2),
            "Expected calibration error: how far confidence and accuracy lie apart, on average"
            " over the bins below; 0 is ideal"
            " ([Guo and others, 2017](https://proceedings.mlr.press/v70/guo17a.html)).",
        ),
        (
            "Brier score",
            _number(brier),
            "Mean squared distance of the probabilities from the right answer: 0 is perfect, 2 is"
            " certain and always wrong (Brier, 1950).",
        ),
        (
            "Negative log-likelihood",
            _number(likelihood),
            "Mean of −log of the right class's probability, which is the cross-entropy: a confident"
            " mistake costs most.",
        ),
    )
    places = folding_columns(len(shown), "calibration-figures", narrow=len(shown))
    for place, (label, value, words) in zip(places, shown, strict=True):
        place.metric(label, value)
        place.caption(words)


def _number(value: float) -> str:
    return f"{value:.4f}" if math.isfinite(value) else "not a number"


def _charts(run_id: str, answers: Answers, bins: Reliability) -> None:
    left, right = folding_columns(2, "calibration-charts")
    with left:
        figure = reliability_diagram(bins, answers.things)
        live_chart(figure, f"reliability-{run_id}", _reliability_words(bins, answers.things))
        st.caption(
            "Each dot: the answers of one bin, how sure they are and how often they are right; the"
            f" bar through it is the 95 % interval (Wilson), long where there are few"
            f" {answers.things}. Above it the number of {answers.things}. On the dashed line the"
            " claims hold; below it they are too high."
        )
    with right:
        counts = confidence_counts(answers.probabilities, answers.y_true, BINS)
        figure = confidence_histogram(*counts, answers.things)
        live_chart(figure, f"confidence-{run_id}", _histogram_words(answers))
        st.caption(
            "How many answers there are of each confidence, right and wrong. Each line up is ten"
            " times as many. A wrong answer far to the right is a confident mistake."
        )


def _reliability_words(bins: Reliability, things: str) -> str:
    said = [
        f"{bins.counts[n]:,} {things} {bins.confidence[n]:.0%} sure and"
        f" {bins.accuracy[n]:.0%} right"
        for n in np.flatnonzero(bins.counts)
    ]
    return f"Reliability diagram, accuracy against confidence: {'; '.join(said)}."


def _histogram_words(answers: Answers) -> str:
    found = selective(answers.probabilities, answers.y_true, np.array([0.9]))
    sure, right = int(found.answered[0]), int(found.right[0])
    return (
        f"Confidence of right and wrong answers: at least 90 % sure are {right:,} of the right and"
        f" {sure - right:,} of the {answers.errors:,} wrong answers."
    )


def _bins_frame(bins: Reliability, things: str) -> pd.DataFrame:
    held = np.flatnonzero(bins.counts)
    return pd.DataFrame(
        {
            "Confidence": [f"{bins.edges[n]:.0%} to {bins.edges[n + 1]:.0%}" for n in held],
            things.capitalize(): bins.counts[held],
            "Mean confidence": bins.confidence[held],
            "Right": bins.accuracy[held],
            "95 % interval": [f"{bins.low[n]:.1%} to {bins.high[n]:.1%}" for n in held.tolist()],
        }
    )
