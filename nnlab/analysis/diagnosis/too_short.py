"""Too few epochs: it was still getting better when it ended."""

import numpy as np

from nnlab.analysis.diagnosis.case import Case, Series
from nnlab.analysis.diagnosis.finding import (
    Clear,
    Evidence,
    Finding,
    LossChart,
    Outcome,
    Remedy,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.remedies import longer, remedy
from nnlab.runs.states import RunState

RULE = "Too few epochs"
# What the second half of the training has to have brought: of the loss at its beginning, of the
# loss of guessing, and of accuracy.
FALL = 0.2
LEAST_FALL = 0.02
GAIN = 0.01
# The end is the best but for this share.
AT_BEST = 1.01


def examine(case: Case) -> Outcome:
    """Whether the second half of the training still brought much, and the end was the best.

    Losses fall about as a power of the time (e.g. Kaplan et al., "Scaling laws for neural language
    models", 2020, section 5), so as long again brings about the same share once more. Training may
    end when "the validation error has not improved for some amount of time" (Goodfellow, Bengio
    and Courville, Deep Learning, 2016, section 7.8).
    """
    if not case.ended:
        return Unknown(RULE, "it has not ended yet")
    series = _series(case)
    if series is None:
        return Unknown(RULE, "it takes at least two epochs to tell")
    half, gain = _halfway(series, series.losses), _gain(series)
    last = series.losses[-1]
    words = (
        f"{series.name} loss {half:.3f} half way, {last:.3f} at the end;"
        f" accuracy {100 * gain:+.1f} points"
    )
    falls = half - last >= max(FALL * half, LEAST_FALL * case.guessing_loss)
    if not falls or gain < GAIN or last > AT_BEST * min(series.losses):
        return Clear(RULE, f"the second half brought little ({words})")
    return _found(case, series, half, gain)


def _series(case: Case) -> Series | None:
    """By epochs of the validation, else by recorded moments, else by epochs of the training."""
    validated = any(record.val_loss is not None for record in case.epochs)
    if validated and case.held_out is not None and len(case.held_out.epochs) > 1:
        return case.held_out
    seen = [i for i in case.instants if i.epoch > 0 and np.isfinite(i.loss)]
    rows = [(i.epoch, i.loss, i.accuracy) for i in seen]
    name = "test"
    if len(rows) < 2 or rows[0][0] > rows[-1][0] / 2:
        rows = [(float(r.epoch), r.loss, r.accuracy or 0.0) for r in case.epochs]
        name = "training"
    return Series(name, *zip(*rows, strict=True)) if len(rows) > 1 else None


def _halfway(series: Series, values: tuple[float, ...]) -> float:
    return float(np.interp(series.epochs[-1] / 2, series.epochs, values))


def _gain(series: Series) -> float:
    return series.accuracies[-1] - _halfway(series, series.accuracies)


def _found(case: Case, series: Series, half: float, gain: float) -> Finding:
    done, wanted = len(case.epochs), case.experiment.training.epochs
    stopped = case.state == RunState.STOPPED and done < wanted
    end = f"was stopped after {done} of {wanted} epochs" if stopped else f"ended after {done}"
    end += "" if stopped else " epoch" if done == 1 else " epochs"
    figures = (
        (f"{series.name} loss half way", f"{half:.4f}"),
        (f"{series.name} loss at the end", f"{series.losses[-1]:.4f}"),
        ("accuracy gained in the second half", f"{100 * gain:.1f} points"),
    )
    measured = () if series.name != "test" else tuple(
        zip(series.epochs, series.losses, strict=True)
    )  # fmt: skip
    if any(record.val_loss is not None for record in case.epochs):
        measured = ()
    return Finding(
        RULE,
        Severity.NOTE,
        f"It was still getting better when it {end}: the {series.name} loss fell from {half:.2f} to"
        f" {series.losses[-1]:.2f} in the second half.",
        Evidence(figures, LossChart(series.epochs[-1] / 2, "half way", measured)),
        _more(case, stopped),
    )


def _more(case: Case, stopped: bool) -> Remedy:
    if stopped:
        return Remedy("Train it to its end.", case.experiment)
    changes = longer(case.experiment)
    if not changes:
        return Remedy("It has had as many epochs as are allowed; a larger learning rate may help.")
    return remedy("Train longer.", case.experiment, changes)
