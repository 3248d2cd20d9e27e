"""A run's curves as TensorBoard reads them, in the files that Keras's callback would write.

`tf.summary` needs the package tensorboard, which nobody else here does; the records that it
writes are TensorFlow's own.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import tensorflow as tf
from tensorflow.core.framework.summary_pb2 import Summary
from tensorflow.core.util.event_pb2 import Event

from nnlab.runs.records import EpochRecord, Point

# The beginning of a name by which TensorBoard finds such files.
_FILE = "events.out.tfevents.nnlab.v2"
Scalars = Iterable[tuple[int, dict[str, float | None]]]
_FIGURES = ("loss", "accuracy", "mean_absolute_error")


def write_logs(
    folder: Path, points: Sequence[Point], epochs: Sequence[EpochRecord], began: float
) -> list[Path]:
    """Write `train/` and, where there was a validation, `validation/`; returns the files.

    Args:
        folder: to write into.
        points: of the live curve: `batch_loss` and `batch_accuracy` by step, or
            `batch_mean_absolute_error` where a number is learned.
        epochs: `epoch_loss` and so on by epoch, 0 the first, as Keras numbers them.
        began: when the training began, in seconds since 1970.
    """
    files = [_write(folder / "train", [*_points(points), *_epochs(epochs, "")], began)]
    if any(record.val_loss is not None for record in epochs):
        files.append(_write(folder / "validation", _epochs(epochs, "val_"), began))
    return files


def _points(points: Sequence[Point]) -> Iterator[tuple[int, dict[str, float | None]]]:
    for point in points:
        yield point.step, {f"batch_{name}": getattr(point, name) for name in _FIGURES}


def _epochs(epochs: Sequence[EpochRecord], part: str) -> Scalars:
    for record in epochs:
        values = {f"epoch_{name}": getattr(record, f"{part}{name}") for name in _FIGURES}
        yield record.epoch - 1, values


def _write(folder: Path, scalars: Scalars, began: float) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _FILE
    with tf.io.TFRecordWriter(str(path)) as writer:
        writer.write(Event(wall_time=began, file_version="brain.Event:2").SerializeToString())
        for step, values in scalars:
            found = [
                Summary.Value(tag=tag, simple_value=value)
                for tag, value in values.items()
                if value is not None
            ]
            event = Event(wall_time=began, step=step, summary=Summary(value=found))
            writer.write(event.SerializeToString())
    return path
