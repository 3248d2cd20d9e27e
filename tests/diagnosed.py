"""Runs made by hand, for the rules of the diagnosis."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnlab.analysis.diagnosis import Case, Finding, change_in_words
from nnlab.analysis.diagnosis.facts import Answers, Instant, Predictions, Targets
from nnlab.experiment import Experiment, with_settings
from nnlab.runs.moments import BINS, Distribution, LayerFacts
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.states import RunState

DIGITS = with_settings(Experiment(), {"dataset.name": "digits"})
CLASSES = tuple("0123456789")
WAVES = with_settings(
    Experiment(),
    {
        "dataset.name": "waves",
        "dataset.validation": "test",
        "layers": [{"type": "Dense", "units": 16}],
        "output.activation": "linear",
    },
)
# The mean squared error of guessing is their variance, 1/3; the mean absolute error is 1/2.
TARGETS = np.linspace(-1, 1, 2001, dtype=np.float32)
# A training as it should be: training and validation.
LOSSES = (0.9, 0.4, 0.3, 0.25, 0.22, 0.2)
VALIDATION = (0.6, 0.4, 0.33, 0.3, 0.29, 0.29)


def found(outcome: object) -> Finding:
    """The outcome, which has to be a finding."""
    assert isinstance(outcome, Finding), outcome
    return outcome


def change(finding: Finding, of: Case) -> str:
    """What its remedy changes, in words."""
    assert finding.remedy.experiment is not None
    return change_in_words(of.experiment, finding.remedy.experiment)


def spread(std: float) -> Distribution:
    return Distribution(0.0, std, 0.0, -3 * std, 3 * std, (0,) * BINS)


def layer(
    name: str, activation: str = "relu", dead: float = 0.0, gradient: float | None = 0.01
) -> LayerFacts:
    """Twenty units, that share of which is dead; its gradients' standard deviation."""
    zero = np.full(20, 0.5, np.float32)
    zero[: round(20 * dead)] = 1.0
    gradients = None if gradient is None else spread(gradient)
    return LayerFacts(
        name, "Dense", activation, spread(1.0), spread(0.1), gradients, zero, np.zeros(20)
    )


def instant(epoch: float, loss: float, *layers: LayerFacts, accuracy: float = 0.9) -> Instant:
    return Instant(epoch, loss, accuracy, 360, layers or (layer("dense_1"), layer("output")))


def answers(right: float = 0.9, never: Sequence[int] = ()) -> Answers:
    """A hundred images of each class; that share recognised, the classes `never` not at all."""
    given = np.full(10, 100)
    hits = np.full(10, round(100 * right))
    given[list(never)], hits[list(never)] = 0, 0
    return Answers(np.full(10, 100), given, hits)


def points(*losses: float, steps: int = 10, first_epoch: float = 0.25) -> tuple[Point, ...]:
    """Each the mean over so many steps."""
    return tuple(
        Point(steps * n, first_epoch * n, loss, 0.5, 0.0) for n, loss in enumerate(losses, start=1)
    )


def records(
    losses: Sequence[float],
    validation: Sequence[float | None] | None = None,
    accuracies: Sequence[float] | None = None,
) -> tuple[EpochRecord, ...]:
    """Epochs; validation accuracy stays a point below 92 % and rises with each."""
    accuracies = accuracies or [0.92] * len(losses)
    val = validation or [None] * len(losses)
    return tuple(
        EpochRecord(n, loss, right, v, None if v is None else 0.9 + 0.001 * n, 1.0)
        for n, (loss, v, right) in enumerate(zip(losses, val, accuracies, strict=True), start=1)
    )


def case(
    losses: Sequence[float] = LOSSES,
    validation: Sequence[float | None] | None = VALIDATION,
    changes: dict[str, Any] | None = None,
    **other: Any,
) -> Case:
    """A run of 2,000 training, 1,000 validation and 1,000 test images that has ended well."""
    experiment = with_settings(DIGITS, {"training.epochs": max(len(losses), 1), **(changes or {})})
    facts: dict[str, Any] = {
        "experiment": experiment,
        "state": RunState.FINISHED,
        "images": (2000, 0 if validation is None else 1000, 1000),
        "class_names": CLASSES,
        "epochs": records(losses, validation),
        "points": points(2.3, 1.2, 0.8, 0.6),
        "instants": (instant(0.0, 2.35), instant(float(len(losses)), 0.3)),
        "answers": answers(),
    }
    return Case(**(facts | other))


def predictions(noise: float, slope: float = 1.0) -> Predictions:
    """A hundred numbers for targets from -1 to 1, that far off."""
    targets = np.linspace(-1, 1, 100, dtype=np.float32)
    off = np.random.default_rng(1).normal(0, noise, 100)
    return Predictions((slope * targets + off).astype(np.float32), targets)


def number_case(
    losses: Sequence[float],
    validation: Sequence[float | None] | None,
    changes: dict[str, Any] | None = None,
    **other: Any,
) -> Case:
    """A run on 400 training and 100 test points with a number each, that has ended well."""
    experiment = with_settings(WAVES, {"training.epochs": len(losses), **(changes or {})})
    val = validation or [None] * len(losses)
    facts: dict[str, Any] = {
        "experiment": experiment,
        "state": RunState.FINISHED,
        "images": (400, 0 if validation is None else 100, 100),
        "class_names": (),
        "epochs": tuple(
            EpochRecord(n, loss, None, v, None, 1.0, loss**0.5)
            for n, (loss, v) in enumerate(zip(losses, val, strict=True), start=1)
        ),
        "points": tuple(
            Point(40 * n, float(n), loss, None, 0.0, loss**0.5)
            for n, loss in enumerate(losses, start=1)
        ),
        "instants": (
            number_instant(0.0, 0.6, 0.7),
            number_instant(float(len(losses)), losses[-1], losses[-1] ** 0.5),
        ),
        "predictions": predictions(0.1),
        "targets": Targets(TARGETS, TARGETS),
    }
    return Case(**(facts | other))


def number_instant(epoch: float, loss: float, error: float) -> Instant:
    layers = (layer("dense_0"), layer("output", "linear"))
    return Instant(epoch, loss, float("nan"), 100, layers, error)
