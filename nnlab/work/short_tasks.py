"""Questions that a worker answers at once, while others train."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.weighted_sum import NeuronPass
from nnlab.check import check
from nnlab.datasets import UnknownDataset, info_of
from nnlab.experiment import Dataset, Experiment, InvalidExperiment, Problem
from nnlab.keras_file import experiment_on, read_keras_file
from nnlab.runs.frames import Frame
from nnlab.runs.run import RunNotFound
from nnlab.runs.store import RunStore
from nnlab.work import (
    attributing,
    boundary,
    bringing_in,
    embedding,
    exporting,
    image_over_time,
    inside,
    plane_frame,
    reading,
    tasks,
    through_time,
    what_if,
)
from nnlab.work.attributing import Attribution
from nnlab.work.embedding import Planes
from nnlab.work.limits import check_limits, size_problems
from nnlab.work.lineage import check_lineage
from nnlab.work.reading import Readings
from nnlab.work.slots import is_large
from nnlab.work.status import ClusterStatus
from nnlab.work.through_time import ThroughTime
from nnlab.work.what_if import Question, Said

if TYPE_CHECKING:  # Dask is loaded by the engine's own thread, while the first page is drawn
    from distributed import Client, Future

    from nnlab.models.plane_frame import Edit

TIMEOUT_SECONDS = 30
# A large network on 10,000 test images, on a worker that others share.
BRING_IN_SECONDS = 120
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

    def attribute(
        self, run_id: str, image: Images, target: int, owner: str, step: int | None = None
    ) -> Attribution:
        """Which pixels of an image (H, W) in [0, 1] speak for and against class `target`.

        With `step`, to the network at that recorded moment.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
            ValueError: there is no such class.
        """
        self._require_network(run_id, owner, step)
        pixels = np.asarray(image, dtype=np.float32)
        return self._call(attributing.attribute, run_id, pixels, int(target), step)

    def image_over_time(
        self, run_id: str, image: Images, steps: Sequence[int], owner: str
    ) -> NDArray[np.float32]:
        """Probabilities (steps, classes) for an image (H, W) in [0, 1] at recorded moments.

        NaN in the rows of moments whose weights were not kept.

        Raises:
            RunNotFound: no such run that this owner may use.
            WorkersNotReady: no worker can answer yet.
        """
        self._require_network(run_id, owner, 0)
        pixels = np.asarray(image, dtype=np.float32)
        return self._call(image_over_time.image_over_time, run_id, pixels, tuple(steps))

    def layer_outputs(
        self, run_id: str, step: int | None, image: Images, owner: str
    ) -> list[NDArray[np.float32]]:
        """What each layer of a run's network makes of an image (H, W) in [0, 1], without a batch.

        Args:
            run_id: the run.
            step: of a recorded moment; None for the network as a complete run left it.
            image: float32.
            owner: who asks.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`; the former also where the weights of the
                moment were not recorded.
        """
        self._require_network(run_id, owner, step)
        return self._call(inside.layer_outputs, run_id, step, np.asarray(image, np.float32))

    def neuron_pass(
        self,
        run_id: str,
        step: int | None,
        image: Images,
        layer: int,
        unit: int,
        place: tuple[int, int] | None,
        owner: str,
    ) -> NeuronPass:
        """One unit of a layer with weights at work on an image; see `nnlab.models.inside`.

        Raises:
            RunNotFound, WorkersNotReady: as `layer_outputs`.
            ValueError: there is no such layer, unit or place.
        """
        self._require_network(run_id, owner, step)
        pixels = np.asarray(image, np.float32)
        return self._call(inside.neuron_pass, run_id, step, pixels, layer, unit, place)

    def boundary(
        self, run_id: str, step: int | None, reach: float, owner: str
    ) -> NDArray[np.float32]:
        """Probabilities all over the plane, see `nnlab.work.boundary.field_of`.

        Raises:
            RunNotFound, WorkersNotReady: as `layer_outputs`.
        """
        self._require_network(run_id, owner, step)
        return self._call(boundary.field_of, run_id, step, reach)

    def plane_frame(
        self, run_id: str, step: int | None, owner: str, edits: Sequence["Edit"] = ()
    ) -> Frame:
        """The picture of a network on points, see `nnlab.work.plane_frame.of_run`.

        With no `step`, as the run left it: complete, paused at its last checkpoint, or as it
        begins.

        Raises:
            RunNotFound, WorkersNotReady: as `layer_outputs`; the former also for a run that has not
                ended, has taken steps and has no checkpoint.
            ValueError: an edit of a weight that the network does not have.
        """
        require_points(self.store.readable(run_id, owner).experiment)
        return self._call(plane_frame.of_run, run_id, step, tuple(edits))

    def untrained_frame(self, experiment: Experiment, edits: Sequence["Edit"] = ()) -> Frame:
        """The picture of the network that the experiment's seed draws, before its first step.

        In the background, workers that nobody trains on get ready to train it.

        Raises:
            InvalidExperiment: it cannot be trained, or not on this server, or not on points.
            WorkersNotReady: no worker can answer yet.
            ValueError: an edit of a weight that the network does not have.
        """
        require_points(experiment)
        problems = size_problems(experiment, check(experiment))
        if problems:
            raise InvalidExperiment(problems)
        found = self._call(plane_frame.untrained, experiment, tuple(edits))
        self._prepare(experiment)
        return found

    def _prepare(self, experiment: Experiment) -> None:
        from distributed import fire_and_forget

        if self._client is None or is_large(experiment):
            return
        for worker in self._status.warm:
            fire_and_forget(
                self._client.submit(
                    plane_frame.prepare, experiment, workers=[worker], pure=False, priority=PRIORITY
                )
            )

    def what_if(
        self, run_id: str, question: Question, count: int, owner: str, step: int | None = None
    ) -> Said:
        """Answers to `count` evenly spaced test images, where something is otherwise.

        With a `step`, those of a recorded moment's network.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
            DatasetError: the run's images are not on the worker's computer.
            ValueError: the network has no such layer, unit or class.
        """
        self._require_network(run_id, owner, step)
        return self._call(what_if.answer, run_id, step, question, count)

    def unit_norms(
        self, run_id: str, owner: str, step: int | None = None
    ) -> dict[int, NDArray[np.float32]]:
        """By hidden layer, the norm of each unit's incoming weights, (units,).

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
        """
        self._require_network(run_id, owner, step)
        return self._call(what_if.norms, run_id, step)

    def planes(
        self, run_id: str, steps: Sequence[int | None], indices: NDArray[np.int64], owner: str
    ) -> Planes:
        """Test images in the plane of their principal components, at each of a run's moments.

        Args:
            run_id: the run.
            steps: of the moments; None for the network as a complete run left it.
            indices: which test images, (n,).
            owner: who asks.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
            DatasetError: the images are not there.
        """
        self._require_network(run_id, owner, None if None in steps else 0)
        return self._call(embedding.planes_of, run_id, list(steps), indices)

    def tsne(
        self, run_id: str, step: int | None, indices: NDArray[np.int64], start: Images, owner: str
    ) -> NDArray[np.float32]:
        """t-SNE of the same at one moment, (n, 2), beginning from the points `start` (n, 2).

        Raises:
            RunNotFound, WorkersNotReady, DatasetError: as `planes`.
        """
        self._require_network(run_id, owner, step)
        return self._call(embedding.tsne_of, run_id, step, indices, start)

    def through_time(self, run_id: str, images: Images, owner: str) -> ThroughTime:
        """As `predict`, at every moment whose weights were recorded; also while the run trains.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
        """
        self._require_network(run_id, owner, step=0)
        return self._call(through_time.through_time, run_id, np.asarray(images, np.float32))

    def export(self, run_id: str) -> "Future":
        """Begin to make the zip of a complete run, see `nnlab.export.kept`; nobody waits for it.

        Who may have it is the caller's to ask.

        Raises:
            RunNotFound, WorkersNotReady: as `predict`.
        """
        self._require_network(run_id, self.store.get(run_id).owner)
        return self._begin_call(exporting.export, run_id)

    def bring_in(self, content: bytes, dataset: Dataset, name: str, owner: str) -> str:
        """Make a finished run of a `.keras` file, see `nnlab.work.bringing_in`; returns its id.

        Raises:
            NotANetwork: the file is refused, and why.
            InvalidExperiment: it is too large for this server, or the owner has too many runs.
            DatasetError: the set is not here, or not the owner's.
            WorkersNotReady: no worker can answer yet.
        """
        experiment = experiment_on(dataset, read_keras_file(content), name)
        check_limits(experiment, check(experiment), owner, self.store)
        check_lineage(experiment, owner, self.store)
        future = self._begin_call(bringing_in.bring_in, content, dataset, name, owner)
        return self._result(future, BRING_IN_SECONDS)

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

    def _result(self, future: "Future", seconds: float = TIMEOUT_SECONDS) -> Any:
        try:
            return future.result(timeout=seconds)
        except TimeoutError:
            raise WorkersNotReady("The workers are too busy to answer.") from None


def require_points(experiment: Experiment) -> None:
    """Refuse what has no picture in the plane.

    Raises:
        InvalidExperiment: it learns from images, or from a set that is not known.
    """
    try:
        described = info_of(experiment.dataset)
    except UnknownDataset as error:
        raise InvalidExperiment([Problem("dataset.name", str(error))]) from None
    if described.has_images:
        message = f"should be a set of points, not {described.title}"
        raise InvalidExperiment([Problem("dataset.name", message)])
