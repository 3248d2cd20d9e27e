"""How far a classifier's confidence can be believed.

Arrays are those of `nnlab.analysis.evaluation`. Confidence is the probability of the predicted
class; an image whose probabilities are not numbers has none and is in no bin.

scikit-learn takes two seconds to import, so it is imported where it is used.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import Floats, Ints, accuracy, confidence, predicted
from nnlab.analysis.proportions import wilson_interval

# Ten bins as in the diagrams of Guo and others, 2017: each holds enough images to judge.
BINS = 10

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Reliability:
    """Answers in bins of confidence, all of the same width; an edge belongs to the bin below it.

    Attributes:
        edges: of the bins, from 0 to 1, float (bins + 1,).
        counts: images in each, int (bins,).
        confidence: their mean confidence, float (bins,), NaN in a bin without images.
        accuracy: share of right answers among them, likewise.
        low, high: Wilson's 95 % interval of that share, likewise.
    """

    edges: Numbers
    counts: Counts
    confidence: Numbers
    accuracy: Numbers
    low: Numbers
    high: Numbers


def reliability(probabilities: Floats, y_true: Ints, bins: int = BINS) -> Reliability:
    """What a reliability diagram shows.

    Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML 2017,
    section 2: bins of equal width, in each the mean confidence and the share of right answers.
    """
    from sklearn.calibration import calibration_curve

    sure, right = _known(probabilities, y_true)
    edges = np.linspace(0, 1, bins + 1)
    counts = _counted(sure, edges)
    held = counts > 0
    claimed, hit = np.full(bins, np.nan), np.full(bins, np.nan)
    if held.any():
        hit[held], claimed[held] = calibration_curve(right, sure, pos_label=True, n_bins=bins)
    low, high = _intervals(_counted(sure[right], edges), counts)
    return Reliability(edges, counts, claimed, hit, low, high)


def expected_calibration_error(found: Reliability) -> float:
    """Mean distance of accuracy and confidence, each bin counting by its images; 0 to 1.

    Naeini, Cooper and Hauskrecht 2015; equation 3 of Guo and others 2017. NaN without images.
    """
    held = found.counts > 0
    if not held.any():
        return float("nan")
    gaps = np.abs(found.accuracy - found.confidence)[held]
    return float(np.average(gaps, weights=found.counts[held]))


def brier_score(probabilities: Floats, y_true: Ints) -> float:
    """Mean over the images of the squared distance from the right answer; 0 (best) to 2.

    Brier, "Verification of forecasts expressed in terms of probability", 1950: summed over all
    classes. NaN without images or where a probability is not a number.
    """
    from sklearn.metrics import brier_score_loss

    if len(y_true) == 0 or not np.isfinite(probabilities).all():
        return float("nan")
    # Kept in half precision, the rows of a recorded moment miss 1 by up to a thousandth.
    rows = probabilities.astype(np.float64)
    rows /= rows.sum(axis=1, keepdims=True)
    labels = np.arange(rows.shape[1])
    return float(brier_score_loss(y_true, rows, labels=labels, scale_by_half=False))


def mean_claim(probabilities: Floats, y_true: Ints) -> tuple[float, float]:
    """Mean confidence, and share of right answers, of the images that have a confidence."""
    known = np.isfinite(confidence(probabilities))
    if not known.any():
        return float("nan"), float("nan")
    sure = confidence(probabilities[known]).astype(np.float64)
    return float(sure.mean()), accuracy(probabilities[known], y_true[known])


def confidence_counts(
    probabilities: Floats, y_true: Ints, bins: int
) -> tuple[Numbers, Counts, Counts]:
    """Edges (bins + 1,) of bins of confidence; right and wrong answers in each, int (bins,)."""
    sure, right = _known(probabilities, y_true)
    edges = np.linspace(0, 1, bins + 1)
    return edges, _counted(sure[right], edges), _counted(sure[~right], edges)


def _known(probabilities: Floats, y_true: Ints) -> tuple[Numbers, NDArray[np.bool_]]:
    """Confidence, not above 1 by rounding, and whether right, of images that have a confidence."""
    sure = confidence(probabilities).astype(np.float64)
    known = np.isfinite(sure)
    return np.minimum(sure[known], 1.0), (predicted(probabilities) == y_true)[known]


def _counted(sure: Numbers, edges: Numbers) -> Counts:
    """How many fall into each bin, with the same edges as scikit-learn's."""
    places = np.searchsorted(edges[1:-1], sure)
    return np.bincount(places, minlength=len(edges) - 1).astype(np.int64)


def _intervals(right: Counts, counts: Counts) -> tuple[Numbers, Numbers]:
    pairs = [
        wilson_interval(int(hits), int(total)) if total else (np.nan, np.nan)
        for hits, total in zip(right, counts, strict=True)
    ]
    low, high = np.array(pairs, np.float64).T
    return low, high
