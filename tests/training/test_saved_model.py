"""A trained network as a `.keras` file, and its curves as TensorBoard reads them."""

import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from listening import Listener, experiment
from tensorflow.core.util.event_pb2 import Event

from nnlab.datasets import Splits
from nnlab.experiment import SGD, Adam, AdamW, CosineDecay, RMSprop
from nnlab.models.saved import learned_weights, save_model
from nnlab.models.state import read_weights
from nnlab.runs.records import EpochRecord, Point
from nnlab.training.fit import fit
from nnlab.training.tensorboard import write_logs

READ = """
import sys
import keras, numpy as np
model = keras.models.load_model(sys.argv[1])
images = np.load(sys.argv[2])
np.save(sys.argv[3], model.predict(images, batch_size=1000, verbose=0))
assert type(model.optimizer) is keras.optimizers.AdamW
assert "nnlab" not in sys.modules
"""


def test_plain_keras_reads_the_file_and_answers_the_same(digits: Splits, tmp_path: Path):
    model = fit(
        experiment(epochs=1, optimizer=AdamW(), schedule=CosineDecay()), digits, Listener()
    ).model
    images = digits.x_test[..., np.newaxis].astype(np.float32) / 16
    ours = model(images, training=False).numpy()
    save_model(model, tmp_path / "model.keras")
    np.save(tmp_path / "images.npy", images)
    paths = [str(tmp_path / name) for name in ("model.keras", "images.npy", "answers.npy")]
    done = subprocess.run(
        [sys.executable, "-c", READ, *paths],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    np.testing.assert_allclose(np.load(tmp_path / "answers.npy"), ours, atol=1e-6)


@pytest.mark.parametrize("optimizer", [SGD(momentum=0.5), Adam(), RMSprop()])
def test_the_file_names_keras_own_optimizer(optimizer, digits: Splits, tmp_path: Path):
    model = fit(experiment(epochs=1, optimizer=optimizer), digits, Listener()).model
    save_model(model, tmp_path / "model.keras")
    read = keras.models.load_model(tmp_path / "model.keras")
    assert type(read.optimizer) is getattr(keras.optimizers, optimizer.type)
    assert [type(metric) for metric in read.metrics] == [type(m) for m in model.metrics]
    assert float(read.optimizer.learning_rate) == pytest.approx(optimizer.learning_rate)


def test_weights_to_begin_with_are_in_the_order_of_set_weights(digits: Splits):
    model = fit(experiment(epochs=1), digits, Listener()).model
    found = learned_weights(model, read_weights(model))
    for place, weight in enumerate(model.get_weights()):
        np.testing.assert_array_equal(found[str(place)], weight)
    assert len(found) == len(model.get_weights())


def test_the_logs_hold_the_curves(tmp_path: Path):
    points = [Point(10, 0.25, 2.0, 0.1, 1.0), Point(20, 0.5, 1.5, 0.25, 1.0)]
    epochs = [EpochRecord(1, 1.0, 0.5, 0.75, 0.625, 1.0), EpochRecord(2, 0.5, 0.75, 0.5, 0.8, 1.0)]
    train, validation = write_logs(tmp_path, points, epochs, began=1000.0)
    assert read(train) == {
        "batch_loss": [(10, 2.0), (20, 1.5)],
        "batch_accuracy": [(10, np.float32(0.1)), (20, 0.25)],
        "epoch_loss": [(0, 1.0), (1, 0.5)],
        "epoch_accuracy": [(0, 0.5), (1, 0.75)],
    }
    assert read(validation)["epoch_loss"] == [(0, 0.75), (1, 0.5)]
    assert "tfevents" in train.name


def test_without_validation_there_are_training_logs_only(tmp_path: Path):
    files = write_logs(tmp_path, [], [EpochRecord(1, 1.0, 0.5, None, None, 1.0)], began=0.0)
    assert [file.parent.name for file in files] == ["train"]


def read(path: Path) -> dict[str, list[tuple[int, float]]]:
    """With TensorFlow's own reader, which checks each record's sum."""
    found: dict[str, list[tuple[int, float]]] = {}
    first, *events = (Event.FromString(each.numpy()) for each in tf.data.TFRecordDataset(str(path)))
    assert first.file_version == "brain.Event:2"
    for event in events:
        for value in event.summary.value:
            found.setdefault(value.tag, []).append((event.step, value.simple_value))
    return found
