"""Pictures of a network on points while it trains."""

import time
from collections.abc import Callable

import keras

from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.models.plane_frame import Moment, Plane, frame_of
from nnlab.runs.frames import Frame, Measured

# Of the time; a picture of a wide network takes long.
MOST_SHARE = 0.2


class Frames:
    """Takes pictures of one run, and knows when the next one is due, from turn to turn.

    Args:
        run_id: the run.
        experiment: what it trains; its data set is one of points.
        splits: its points.
        hand_over: is given each frame, and returns at once.
        every: seconds from one frame to the next, at least.
        wait: returns when the last frame that was handed over can be seen.
    """

    def __init__(
        self,
        run_id: str,
        experiment: Experiment,
        splits: Splits,
        hand_over: Callable[[Frame], None],
        every: Callable[[], float],
        wait: Callable[[], None] = lambda: None,
    ) -> None:
        self.run_id = run_id
        self.wait = wait
        self._plane = Plane.of(experiment.dataset, splits)
        self._hand_over = hand_over
        self._every = every
        self._taken = float("-inf")
        self._cost = 0.0

    def due(self) -> bool:
        """Whether the last picture is old enough."""
        passed = time.perf_counter() - self._taken
        return passed >= max(self._every(), self._cost / MOST_SHARE)

    def take(
        self, model: keras.Sequential, step: int, epoch: float, train: Measured | None = None
    ) -> None:
        """Hand over what `model` looks like at `step`; it stays as it is.

        Args:
            model: compiled.
            step: since training began.
            epoch: the same in epochs.
            train: loss and accuracy in training, None to have them of all training points.
        """
        self._taken = time.perf_counter()
        frame = frame_of(model, self._plane, Moment(self.run_id, step, epoch), train)
        self._cost = time.perf_counter() - self._taken
        self._hand_over(frame)
