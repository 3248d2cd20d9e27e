"""The pictures of a run's embedding that are known so far; workers are asked for the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import streamlit as st
from cachetools import LRUCache
from numpy.typing import NDArray

from nnlab.analysis.embedding import Floats, Plane, aligned
from nnlab.check import describe
from nnlab.experiment import Experiment
from nnlab.runs.moments import evenly
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place, Timeline
from nnlab.training.recording.plan import MOST_MOMENTS
from nnlab.ui.inside.questions import Asked, Questions
from nnlab.ui.resources import engine
from nnlab.ui.time_bar import snapshot_at
from nnlab.work.short_tasks import WorkersNotReady

MOST_POINTS, FEWEST_POINTS, TSNE_POINTS = 2000, 300, 1000
# What a worker may take for all moments together, and for one portion of them.
SECONDS, PORTION_SECONDS = 4.0, 4.0
# Measured on one core: Keras's calls for a hundred images, and arithmetic.
_SECONDS_AN_IMAGE, _SECONDS_A_MULTIPLICATION = 4e-5, 1e-10
# A worker holds the features of all images at once.
_MOST_FEATURES = 20_000_000

Step = int | None


@dataclass
class Known:
    """What is known of one run.

    Attributes:
        indices: which test images are shown, int64 (n,).
        labels: of all test images, int64 (N,); None until a worker has answered.
        planes: by step, None for the end; None where no weights were kept.
        pictures: points (n, 2) by step, aligned from moment to moment.
        reach: the largest coordinate of them all.
        trouble: why workers did not answer the last question, None where they did.
    """

    indices: NDArray[np.int64]
    labels: NDArray[np.int64] | None = None
    planes: dict[Step, Plane | None] = field(default_factory=dict)
    pictures: dict[Step, Floats] = field(default_factory=dict)
    reach: float = 1.0
    trouble: WorkersNotReady | None = None

    def add(self, labels: NDArray[np.int16], planes: dict[Step, Plane | None]) -> None:
        """What a worker has answered."""
        self.labels = labels.astype(np.int64)
        self.planes = self.planes | planes
        steps = sorted(self.planes, key=lambda step: np.inf if step is None else step)
        there = [(step, plane) for step in steps if (plane := self.planes[step]) is not None]
        turned = aligned([plane for _, plane in there])
        self.pictures = {
            step: points for (step, _), points in zip(there, turned, strict=True)
            if points is not None
        }  # fmt: skip
        self.reach = max((float(np.abs(p).max()) for p in self.pictures.values()), default=1.0)


def known_of(run: Run, place: Place, owner: str) -> tuple[Known, Asked | None]:
    """What is known, and the question that is under way for the rest, None where there is none.

    While workers are not ready they are asked again and again, and `Known.trouble` says why.

    Args:
        run: whose network.
        place: asked for before the others.
        owner: who asks.

    Raises:
        RunNotFound, DatasetError: as `Engine.planes`; the next call asks again.
    """
    places = Timeline(run).places
    known = _known(run, places)
    about = ("planes", run.id)
    asked = _questions().asked(about)
    if asked is not None and asked.future.done():
        _questions().forget(about)
        _take(known, asked)
        asked = None
    missing = [each.moment for each in (place, *places) if each.moment not in known.planes]
    if asked is None and missing:
        some = list(dict.fromkeys(missing))[: _portion(run.experiment, len(known.indices))]
        asked = _questions().ask(about, lambda: engine().planes(run.id, some, known.indices, owner))
    return known, asked


def _take(known: Known, asked: Asked) -> None:
    known.trouble = None
    try:
        answer = asked.future.result()
    except WorkersNotReady as error:
        known.trouble = error
    else:
        known.add(answer.labels, answer.planes)


def tsne_at(run: Run, place: Place) -> Asked | None:
    """The question for the t-SNE at a place, None where it was not asked."""
    return _questions().asked(_about_tsne(run, place))


def ask_tsne(run: Run, place: Place, known: Known, owner: str) -> None:
    """Ask for it, from the picture that is known."""
    step, some = place.moment, shown_by_tsne(known)
    start = known.pictures[step][some]
    _questions().ask(
        _about_tsne(run, place),
        lambda: engine().tsne(run.id, step, known.indices[some], start, owner),
    )


def forget_tsne(run: Run, place: Place) -> None:
    """It failed, and may be asked again."""
    _questions().forget(_about_tsne(run, place))


def shown_by_tsne(known: Known) -> NDArray[np.int64]:
    """Which of the known points t-SNE shows."""
    return evenly(min(TSNE_POINTS, len(known.indices)), len(known.indices))


def points_for(experiment: Experiment, moments: int) -> int:
    """How many images are shown, so that a worker has all moments within some seconds.

    Fewer for networks with much arithmetic or many features, never below `FEWEST_POINTS`.
    """
    fits = SECONDS / (max(moments, 1) * _seconds_an_image(experiment))
    fits = min(fits, MOST_POINTS, _MOST_FEATURES / _features(experiment))
    return max(FEWEST_POINTS, int(fits) // 100 * 100)


def _portion(experiment: Experiment, points: int) -> int:
    """How many moments are asked for at once."""
    return max(1, int(PORTION_SECONDS / (points * _seconds_an_image(experiment))))


def _seconds_an_image(experiment: Experiment) -> float:
    work = describe(experiment).multiply_adds
    return _SECONDS_AN_IMAGE + work * _SECONDS_A_MULTIPLICATION


def _features(experiment: Experiment) -> int:
    """How many numbers reach the output layer."""
    shape = describe(experiment).layers[-1].input_shape
    return int(np.prod(shape)) if shape else 1


def _known(run: Run, places: Sequence[Place]) -> Known:
    """Of the test images, those are shown of which answers were recorded at every moment."""
    known = _all_known().get(run.id)
    if known is None:
        answered = snapshot_at(run, places[0]).indices
        coming = run.experiment.training.epochs if run.active else 0
        expected = max(len(places), min(coming, MOST_MOMENTS))
        count = min(points_for(run.experiment, expected), len(answered))
        known = _all_known()[run.id] = Known(answered[evenly(count, len(answered))])
    return known


def _about_tsne(run: Run, place: Place) -> tuple[str, str, Step]:
    return ("t-SNE", run.id, place.moment)


@st.cache_resource(show_spinner=False)
def _questions() -> Questions:
    return Questions()


# About a megabyte each.
@st.cache_resource(show_spinner=False)
def _all_known() -> "LRUCache[str, Known]":
    return LRUCache(64)
