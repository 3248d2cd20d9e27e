"""Questions that a worker answers at once, while others train."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnlab.runs.run import RunNotFound
from nnlab.runs.store import RunStore
from nnlab.work import attributing, reading, tasks, through_time
from nnlab.work.attributing import Attribution
from nnlab.work.reading import Readings
from nnlab.work.status import ClusterStatus
from nnlab.work.through_time import ThroughTime

if TYPE_CHECKING:  # Dask is loaded by the engine's own thread, while the first page is drawn
    from distributed import Client, Future

TIMEOUT_SECONDS = 30
PRIORITY = 10

Images = NDArray[np.float32]


class WorkersNotReady(RuntimeError):
    """Nothing can be computed yet, or any more; says why."""


class ShortTasks:
    """The part of the engine that asks and waits. They go before any training.

    Attributes:
        store: says which run's network may be asked by whom.
    """

    store: RunStore
    _client: "Client | None"
    _status: ClusterStatus

    def predict(self, run_id: str, images: Images, owner: str) -> NDArray[np.float32]:
        """Probabilities (n, classes) for images (n, H, W) in [0, 1] from a complete run's network.

        Raises:
            RunNotFound: no such run that this owner may use, or it has no network.
            WorkersNotReady: no worker can answer yet.
        """
        return self.predict_each({run_id: images}, owner)[run_id]

    def predict_each(
        self, images: Mapping[str, Images], owner: str
    ) -> dict[str, NDArray[np.float32]]:
        """The same for several networks at once: by the run's id, images of its own size.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
        """
        for run_id in images:
            self._require_network(run_id, owner)
        answers = {
            run_id: self._begin_call(tasks.predict, run_id, np.asarray(asked, np.float32))
            for run_id, asked in images.items()
        }
        return {run_id: self._result(future) for run_id, future in answers.items()}

    def read(self, run_id: str, images: Images, owner: str) -> Readings:
        """As `predict`, with how strange each image is and the training images nearest to it.

        The first call for a run begins in the background what the latter two need, from the run's
        data set; until it is there they are None.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
        """
        self._require_network(run_id, owner)
        return self._call(reading.read, run_id, np.asarray(images, dtype=np.float32))

    def prepare_reading(self, run_id: str, owner: str) -> bool:
        """Whether `read` gives all it can; where not, that is begun in the background.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
        """
        self._require_network(run_id, owner)
        return self._call(reading.prepare_reading, run_id)

    def attribute(self, run_id: str, image: Images, target: int, owner: str) -> Attribution:
        """Which pixels of an image (H, W) in [0, 1] speak for and against class `target`.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
            ValueError: there is no such class.
        """
        self._require_network(run_id, owner)
        pixels = np.asarray(image, dtype=np.float32)
        return self._call(attributing.attribute, run_id, pixels, int(target))

    def through_time(self, run_id: str, images: Images, owner: str) -> ThroughTime:
        """As `predict`, at every moment whose weights were recorded; also while the run trains.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
        """
        self._require_network(run_id, owner, step=0)
        return self._call(through_time.through_time, run_id, np.asarray(images, np.float32))

    def run_lesson(self, lesson: str, function: str, **arguments: Any) -> Any:
        """What a function of `nnlab.lessons.<lesson>` returns; arguments must be picklable.

        Raises:
            KeyError: there is no such lesson.
            WorkersNotReady: no worker can answer yet.
        """
        return self._call(tasks.run_lesson, lesson, function, arguments)

    def _require_network(self, run_id: str, owner: str, step: int | None = None) -> None:
        """A complete run has one; recorded moments have theirs even while it trains."""
        if not self.store.readable(run_id, owner).complete and step is None:
            raise RunNotFound(run_id)

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return self._result(self._begin_call(function, *arguments))

    def _begin_call(self, function: Callable[..., Any], *arguments: Any) -> "Future":
        client = self._client
        if client is None or self._status.phase != "ready":
            raise WorkersNotReady(self._status.message or "The workers are still warming up.")
        return client.submit(
            function,
            *arguments,
            pure=False,
            priority=PRIORITY,
            # One that still loads TensorFlow would keep its answer waiting until it has.
            workers=list(self._status.warm),
            allow_other_workers=True,
        )

    def _result(self, future: "Future") -> Any:
        try:
            return future.result(timeout=TIMEOUT_SECONDS)
        except TimeoutError:
            raise WorkersNotReady("The workers are too busy to answer.") from None
