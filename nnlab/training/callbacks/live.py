"""Reports the live training curve."""

import time

import keras

from nnlab.runs.records import Checkpoint, EpochRecord, Point, Reporter
from nnlab.training.callbacks.speed import Speed
from nnlab.training.chunks import ChunkedSteps


class LiveReport(keras.callbacks.Callback):
    """A point after each chunk of steps, a record after each epoch.

    Keras's logs are means since the epoch began. A point shows the mean over its own steps,
    recovered from two such means, so that the curve does not drag its past along.

    Attributes:
        history: the finished epochs.
        last: the newest point, None before the first.
    """

    def __init__(
        self, steps: ChunkedSteps, reporter: Reporter, resumed: Checkpoint | None = None
    ) -> None:
        super().__init__()
        self.steps = steps
        self.reporter = reporter
        self.history: list[EpochRecord] = list(resumed.history) if resumed else []
        self.last: Point | None = None
        self._figure = steps.compiled.figure
        self._before = resumed.seconds if resumed else 0.0
        self._began = time.perf_counter()

    def on_train_begin(self, logs: dict | None = None) -> None:  # noqa: ARG002
        """The speed is that of training, not of getting ready for it."""
        self._speed = Speed()

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """Start the clock; in a resumed epoch the sums so far are known to the metrics."""
        self._epoch, self._began = epoch, time.perf_counter()
        self._last_step = self.steps.step
        self._sums = self._sums_now() if self.steps.step else {"loss": 0.0, self._figure: 0.0}

    def _sums_now(self) -> dict[str, float]:
        images = self.steps.images_in(0, self.steps.step)
        result = self.model.get_metrics_result()
        return {name: float(result[name]) * images for name in ("loss", self._figure)}

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:  # noqa: ARG002
        """One chunk of steps is done."""
        assert logs is not None
        step = self.steps.step
        images, total = self.steps.images_in(self._last_step, step), self.steps.images_in(0, step)
        if not images:
            return
        sums = {name: float(logs[name]) * total for name in ("loss", self._figure)}
        figure = (sums[self._figure] - self._sums[self._figure]) / images
        classes = self._figure == "accuracy"
        self.last = Point(
            step=self._epoch * self.steps.steps_per_epoch + step,
            epoch=self._epoch + step / self.steps.steps_per_epoch,
            loss=(sums["loss"] - self._sums["loss"]) / images,
            accuracy=min(max(figure, 0.0), 1.0) if classes else None,
            images_per_second=self._speed.add(images),
            mean_absolute_error=None if classes else max(figure, 0.0),
        )
        self.reporter.point(self.last)
        self._sums, self._last_step = sums, step

    @property
    def seconds(self) -> float:
        """Spent on this epoch so far, before a break as well."""
        return self._before + time.perf_counter() - self._began

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """The epoch's own means, and the validation figures where there are some."""
        assert logs is not None
        values = {name: float(value) for name, value in logs.items()}
        record = EpochRecord(
            epoch=epoch + 1,
            loss=values["loss"],
            accuracy=values.get("accuracy"),
            val_loss=values.get("val_loss"),
            val_accuracy=values.get("val_accuracy"),
            seconds=self.seconds,
            mean_absolute_error=values.get("mean_absolute_error"),
            val_mean_absolute_error=values.get("val_mean_absolute_error"),
        )
        self._before = 0.0
        self.history.append(record)
        self.reporter.epoch(record)
