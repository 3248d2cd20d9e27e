"""The index of a run's training images in the worker, without an engine."""

import errno
import os
import time
from pathlib import Path

import numpy as np
import pytest
from cachetools import LRUCache

from nnlab.datasets import DatasetUnavailable, load_splits
from nnlab.experiment import Dataset, Experiment
from nnlab.runs.files import CLAIM, CLAIM_SECONDS, MANIFEST, RunFiles
from nnlab.work import reading, training_index

DIGITS = Dataset(name="digits")
SPLITS = load_splits(DIGITS)


class Pixels:
    """A network without a hidden layer, whose probabilities are of no interest."""

    def features(self, images: np.ndarray) -> np.ndarray:
        return images.reshape(len(images), 64)

    def probabilities_of(self, features: np.ndarray) -> np.ndarray:
        return np.full((len(features), 10), 0.1, np.float32)


def missing(_: Dataset) -> None:
    raise DatasetUnavailable("not on this computer")


@pytest.fixture
def files(nnlab_home: Path, monkeypatch: pytest.MonkeyPatch) -> RunFiles:
    files = RunFiles("run")
    files.folder.mkdir(parents=True)
    (files.folder / MANIFEST).write_text("{}")
    monkeypatch.setattr(training_index, "_kept", LRUCache(training_index.KEPT_BYTES))
    monkeypatch.setattr(reading, "ensure_warm", lambda: None)
    for module in (reading, training_index):
        monkeypatch.setattr(module, "trained_network", lambda _: Pixels())
    monkeypatch.setattr(training_index, "experiment_of", lambda _: Experiment(dataset=DIGITS))
    monkeypatch.setattr(training_index, "splits_of", lambda _: SPLITS)
    return files


def test_only_one_makes_it_and_a_dead_one_is_succeeded(files: RunFiles):
    assert files.claim_index()
    assert not files.claim_index()
    old = time.time() - CLAIM_SECONDS - 1
    os.utime(files.folder / CLAIM, (old, old))
    assert files.claim_index()
    files.release_index()
    assert files.claim_index()


def test_another_process_finds_what_was_written_and_loads_no_data_set(files: RunFiles, monkeypatch):
    assert files.claim_index()
    training_index._make("run")
    images = SPLITS.x_test[:3] / np.float32(16)
    read = reading.read("run", images)
    assert read.nearest.positions.shape == (3, reading.SHOWN)
    training_index._kept.clear()
    monkeypatch.setattr(training_index, "splits_of", missing)
    again = reading.read("run", images)
    np.testing.assert_array_equal(read.strangeness, again.strangeness)
    np.testing.assert_array_equal(read.nearest.images, again.nearest.images)
    np.testing.assert_array_equal(again.nearest.labels, SPLITS.y_train[again.nearest.positions])


def test_a_full_disk_costs_the_file_and_not_the_answer(files: RunFiles, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(RunFiles, "write_index", full)
    assert files.claim_index()
    training_index._make("run")
    read = reading.read("run", SPLITS.x_test[:1] / np.float32(16))
    assert read.strangeness.shape == (1,)
    assert not files.claim_index()


def test_no_images_are_no_answers(files: RunFiles):
    training_index._make("run")
    read = reading.read("run", np.zeros((0, 8, 8), np.float32))
    assert read.probabilities.shape == (0, 10)
    assert read.nearest.positions.shape == (0, reading.SHOWN)


def test_without_its_images_a_run_still_answers(files: RunFiles, monkeypatch):
    monkeypatch.setattr(training_index, "splits_of", missing)
    training_index._make("run")
    read = reading.read("run", np.zeros((1, 8, 8), np.float32))
    assert read.probabilities.shape == (1, 10)
    assert (read.strangeness, read.limit, read.nearest, read.strange) == (None, None, None, None)


def test_an_index_of_another_kind_is_not_used(files: RunFiles):
    files.write_index({"version": np.array(0), "positions": np.arange(2)})
    assert training_index._load("run") is None


def test_a_deleted_run_gets_no_index(files: RunFiles):
    files.delete()
    files.write_index({"version": np.array(1)})
    assert not files.folder.exists()
    assert not files.claim_index()
