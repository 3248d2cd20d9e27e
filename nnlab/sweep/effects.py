"""Course C's exercises: what each change is reported to do, beside what it did here."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

from nnlab.recipes import RECIPES
from nnlab.sweep.axis import ADDED_LAYER
from nnlab.sweep.proposing import planned
from nnlab.sweep.ready import EXERCISES_OF_C, READY

Metric = Literal["accuracy", "test_accuracy"]
SEED, UNITS, EPOCHS = "training.seed", "layers.1.units", "training.epochs"
_BASE = "c-fashion-course"
# The exercise with 512 units is reported against a run of the same session, not the course's 0.89.
_BEFORE = {"c-512-units": 0.8924}
_CHANGES: tuple[tuple[str, str, Any], ...] = (
    ("c-one-epoch", EPOCHS, 1),
    ("c-10-units", UNITS, 10),
    ("c-512-units", UNITS, 512),
    ("c-extra-layer-10", ADDED_LAYER, 10),
    ("c-extra-layer-158", ADDED_LAYER, 158),
    ("c-extra-layer-512", ADDED_LAYER, 512),
)


@dataclass(frozen=True)
class Measured:
    """What a finished trial reached: shares right, 0 to 1.

    Attributes:
        chosen: its settings.
        accuracy: on the training images, in its last epoch.
        test_accuracy: on the test images.
    """

    chosen: Mapping[str, Any]
    accuracy: float
    test_accuracy: float


@dataclass(frozen=True)
class Effect:
    """A change, and what it made of one figure; what is not known yet is None.

    Attributes:
        title: the change.
        metric: the figure.
        published: before and after, as reported.
        ours: before (mean over the seeds) and after, as measured here.
        noise: sample standard deviation of the figure over the seeds of the unchanged network.
        seeds: how many there are.
    """

    title: str
    metric: Metric
    published: tuple[float, float]
    ours: tuple[float, float] | None
    noise: float | None
    seeds: int

    @property
    def change(self) -> float | None:
        """Ours, after less before."""
        return None if self.ours is None else self.ours[1] - self.ours[0]

    @property
    def published_change(self) -> float:
        """As reported."""
        return self.published[1] - self.published[0]

    @property
    def beyond_chance(self) -> bool | None:
        """Whether our change is larger than what another seed alone would do in 19 of 20 cases.

        Outside the 95 % prediction interval for one more run of the unchanged network, by the
        Student t distribution (Hahn and Meeker, Statistical Intervals, 1991, 4.7): mean ± t ·
        noise · √(1 + 1/seeds). None where the noise is not known.
        """
        if self.change is None or self.noise is None:
            return None
        from scipy.special import stdtrit  # here, since no page else needs it

        wide = float(stdtrit(self.seeds - 1, 0.975)) * self.noise * sqrt(1 + 1 / self.seeds)
        return abs(self.change) > wide


def effects(measured: Sequence[Measured]) -> list[Effect]:
    """A row for each figure that the course reports for a change, in the order of its trials."""
    base = (planned(READY[EXERCISES_OF_C].sweep) or [{}])[0]
    unchanged = [m for m in measured if {**m.chosen, SEED: base[SEED]} == base]
    found = []
    for recipe, path, value in _CHANGES:
        after = next((m for m in measured if m.chosen == base | {path: value}), None)
        for published in RECIPES[recipe].published:
            metric: Metric = "accuracy" if published.metric == "accuracy" else "test_accuracy"
            reported = _BEFORE.get(recipe, _reported(metric)), published.low
            found.append(_effect(RECIPES[recipe].title, metric, reported, unchanged, after))
    return found


def _reported(metric: Metric) -> float:
    return next(p.low for p in RECIPES[_BASE].published if p.metric == metric)


def _effect(
    title: str,
    metric: Metric,
    reported: tuple[float, float],
    unchanged: Sequence[Measured],
    after: Measured | None,
) -> Effect:
    before = [getattr(m, metric) for m in unchanged]
    ours = None
    if before and after is not None:
        ours = statistics.fmean(before), getattr(after, metric)
    noise = statistics.stdev(before) if len(before) > 1 else None
    return Effect(title, metric, reported, ours, noise, len(before))
