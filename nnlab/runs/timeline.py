"""The moments of a run's training at which it can be looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from nnlab.runs.files import RunFiles
from nnlab.runs.moments import LayerFacts, Moments
from nnlab.runs.run import Run, RunNotFound

# Of an epoch: so far off is called by the fraction beside it.
NEAR = 1 / 64


@dataclass(frozen=True)
class Place:
    """One of them.

    Attributes:
        step: steps since training began.
        epoch: the same in epochs.
        end: whether it is the network that the run was tested and is used with.
    """

    step: int
    epoch: float
    end: bool = False

    @property
    def moment(self) -> int | None:
        """The step of the recorded moment; None for the end, whose network has files of its own."""
        return None if self.end else self.step

    @property
    def label(self) -> str:
        """In words: "start", "1/8 of epoch 1", "after epoch 3", "the end"."""
        if self.end:
            return "the end"
        if self.step == 0:
            return "start"
        whole, part = divmod(self.epoch, 1)
        if not part:
            return f"after epoch {int(whole)}"
        return f"{simple_fraction(part)} of epoch {int(whole) + 1}"


def simple_fraction(part: float) -> Fraction:
    """A share between 0 and 1 as a half, quarter and so on: moments fall on whole steps near them.

    One that is not near any is told as it is.
    """
    for denominator in (2, 3, 4, 8, 16, 32):
        nearest = Fraction(round(part * denominator), denominator)
        if 0 < nearest < 1 and abs(part - nearest) < NEAR:
            return nearest
    return Fraction(part).limit_denominator(64)


@dataclass(frozen=True)
class Snapshot:
    """A run's network at a place; arrays are to be read only.

    Attributes:
        place: when.
        probabilities: float32 (n, classes), answers to test images.
        y_true: int64 (n,), their classes; or float32 (n,), their targets.
        indices: int64 (n,), which of the test images they are.
        layers: facts in the order of the network; empty where none were recorded just then.
        weights: as `nnlab.models.state` names them; None where they were not recorded.
    """

    place: Place
    probabilities: NDArray[np.float32] = field(repr=False)
    y_true: NDArray[np.int64] = field(repr=False)
    indices: NDArray[np.int64] = field(repr=False)
    layers: tuple[LayerFacts, ...] = field(repr=False)
    weights: Mapping[str, NDArray] | None = field(repr=False)


def whole_or_not(y_true: NDArray) -> NDArray:
    """Classes as int64; targets, which are no whole numbers, as they are."""
    return y_true if y_true.dtype.kind == "f" else y_true.astype(np.int64)


class Timeline:
    """Where one can stand in a run's training, in order; the end is last, once it is reached.

    Attributes:
        places: the moments. The one after the last step is left out where it is the end.
    """

    def __init__(self, run: Run) -> None:
        self.run_id = run.id
        self._moments = Moments(run.id)
        per_epoch = run.steps_per_epoch or 1
        steps = self._moments.steps()
        ended = run.complete
        # Early stopping may have gone back to the weights of an epoch before.
        early = run.experiment.training.early_stopping
        self._at_end = run.step if run.step in steps and not early else None
        if ended and self._at_end is not None:
            steps.remove(self._at_end)
        places = [Place(step, step / per_epoch) for step in steps]
        if ended:
            places.append(Place(run.step, run.step / per_epoch, end=True))
        self.places: tuple[Place, ...] = tuple(places)

    def at(self, step: int | None) -> Place | None:
        """The recorded place at `step`; for None, or where there is none, the last one."""
        return next(
            (place for place in self.places if place.step == step and not place.end),
            self.places[-1] if self.places else None,
        )

    def snapshot(self, place: Place) -> Snapshot:
        """What is known of the network at one of the places.

        Raises:
            RunNotFound: its files are gone.
        """
        return self._end(place) if place.end else self._moment(place)

    def _moment(self, place: Place) -> Snapshot:
        try:
            moment = self._moments.read(place.step)
        except FileNotFoundError:
            raise RunNotFound(self.run_id) from None
        return Snapshot(
            place,
            moment.probabilities.astype(np.float32),
            whole_or_not(moment.y_true),
            moment.indices.astype(np.int64),
            moment.layers,
            moment.weights,
        )

    def _end(self, place: Place) -> Snapshot:
        files = RunFiles(self.run_id)
        result, weights = files.read_result(), files.read_weights()
        if result is None or weights is None:
            raise RunNotFound(self.run_id)
        indices = np.arange(len(result.y_test))
        layers = self._layers(self._at_end)
        return Snapshot(place, result.probabilities, result.y_test, indices, layers, weights)

    def _layers(self, step: int | None) -> tuple[LayerFacts, ...]:
        """The facts at a moment; none where it is not there or damaged."""
        try:
            return () if step is None else self._moments.read(step, weights=False).layers
        except FileNotFoundError:
            return ()
