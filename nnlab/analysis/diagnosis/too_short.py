"""Too few epochs: it was still getting better when it ended."""

import numpy as np

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.evidence import measured
from nnlab.analysis.diagnosis.facts import Series
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
from nnlab.analysis.diagnosis.wording import loss_in_words
from nnlab.runs.states import RunState

RULE = "Too few epochs"
# What the second half of the training has to have brought: of the loss at its beginning, of the
# loss of guessing, and of accuracy.
FALL = 0.2
LEAST_FALL = 0.02
GAIN = 0.01
# The end is the best but for this share.
AT_BEST = 1.01
_SMALLEST = 1e-9  # any moment but the start


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
        f"{series.name} loss {loss_in_words(half, 3)} half way, {loss_in_words(last, 3)} at the end"
    )
    words += f"; accuracy {100 * gain:+.1f} points" if gain is not None else ""
    falls = half - last >= max(FALL * half, LEAST_FALL * case.guessing_loss)
    enough = gain is None or gain >= GAIN
    if not falls or not enough or last > AT_BEST * min(series.losses):
        return Clear(RULE, f"the second half brought little ({words})")
    return _found(case, series, half, gain)


def _series(case: Case) -> Series | None:
    """By epochs of the validation, else by recorded moments, else by epochs of the training."""
    if case.validated and case.held_out is not None and len(case.held_out.epochs) > 1:
        return case.held_out
    seen = case.tested(since=_SMALLEST)
    if seen is not None and len(seen.epochs) > 1 and seen.epochs[0] <= seen.epochs[-1] / 2:
        return seen
    if len(case.epochs) < 2:
        return None
    accuracies = () if case.regression else tuple(r.accuracy or 0.0 for r in case.epochs)
    epochs = tuple(float(record.epoch) for record in case.epochs)
    return Series("training", epochs, case.training_losses, accuracies)


def _halfway(series: Series, values: tuple[float, ...]) -> float:
    return float(np.interp(series.epochs[-1] / 2, series.epochs, values))


def _gain(series: Series) -> float | None:
    """Of accuracy; None where numbers are learned, of which the loss says all."""
    if not series.accuracies:
        return None
    return series.accuracies[-1] - _halfway(series, series.accuracies)


def _found(case: Case, series: Series, half: float, gain: float | None) -> Finding:
    done, wanted = len(case.epochs), case.experiment.training.epochs
    stopped = case.state == RunState.STOPPED and done < wanted
    end = f"was stopped after {done} of {wanted} epochs" if stopped else f"ended after {done}"
    end += "" if stopped else " epoch" if done == 1 else " epochs"
    figures = [
        (f"{series.name} loss half way", loss_in_words(half, 4)),
        (f"{series.name} loss at the end", loss_in_words(series.losses[-1], 4)),
    ]
    if gain is not None:
        figures.append(("accuracy gained in the second half", f"{100 * gain:.1f} points"))
    chart = LossChart(series.epochs[-1] / 2, "half way", measured(case, series))
    return Finding(
        RULE,
        Severity.NOTE,
        f"It was still getting better when it {end}: the {series.name} loss fell from"
        f" {loss_in_words(half)} to {loss_in_words(series.losses[-1])} in the second half.",
        Evidence(tuple(figures), chart),
        _more(case, stopped),
    )


def _more(case: Case, stopped: bool) -> Remedy:
    if stopped:
        return Remedy("Train it to its end.", case.experiment)
    changes = longer(case.experiment)
    if not changes:
        return Remedy("It has had as many epochs as are allowed; a larger learning rate may help.")
    return remedy("Train longer.", case.experiment, changes)
