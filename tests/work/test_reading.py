"""What a drawing is told by real workers: how strange it is, what it resembles, and why."""

import numpy as np
import pytest
from helping import OWNER, quick, wait_for, wait_for_end

from nnlab.analysis.neighbours import directions
from nnlab.datasets import load_splits
from nnlab.runs.files import INDEX, RunFiles
from nnlab.runs.run import RunNotFound
from nnlab.work.engine import Engine


@pytest.fixture(scope="module")
def trained(engine: Engine) -> str:
    """A finished run on the 8×8 digits."""
    run_id = engine.train(quick(epochs=5), OWNER)
    wait_for_end(engine, run_id)
    return run_id


def training_images(engine: Engine, run_id: str) -> np.ndarray:
    splits = load_splits(engine.run(run_id).experiment.dataset)
    return splits.x_train.astype(np.float32) / splits.info.scale


def test_probabilities_come_at_once_and_the_rest_when_it_is_there(engine: Engine, trained: str):
    images = training_images(engine, trained)[:40]
    first = engine.read(trained, images, OWNER)
    expected = engine.predict(trained, images, OWNER)
    np.testing.assert_allclose(first.probabilities, expected, atol=1e-6)
    wait_for(lambda: engine.prepare_reading(trained, OWNER))

    read = engine.read(trained, images, OWNER)
    np.testing.assert_allclose(read.probabilities, expected, atol=1e-6)
    np.testing.assert_array_equal(read.nearest.positions[:, 0], np.arange(40))
    np.testing.assert_allclose(read.nearest.distances[:, 0], 0, atol=2e-3)
    splits = load_splits(engine.run(trained).experiment.dataset)
    np.testing.assert_array_equal(read.nearest.labels, splits.y_train[read.nearest.positions])
    np.testing.assert_array_equal(read.nearest.images, splits.x_train[read.nearest.positions])
    assert (np.diff(read.nearest.distances, axis=1) >= 0).all()
    assert read.strangeness.shape == (40,)
    assert not read.strange.any()


def test_one_in_a_hundred_unseen_digits_is_refused_and_noise_is(engine: Engine, trained: str):
    wait_for(lambda: engine.prepare_reading(trained, OWNER))
    splits = load_splits(engine.run(trained).experiment.dataset)
    unseen = splits.x_validation / np.float32(splits.info.scale)
    read = engine.read(trained, unseen, OWNER)
    assert read.limit == pytest.approx(np.quantile(read.strangeness, 0.99), rel=1e-4)
    noise = np.random.default_rng(0).random((20, 8, 8), np.float32)
    assert engine.read(trained, noise, OWNER).strange.mean() > 0.8


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut short"])
def test_an_index_that_is_lost_or_damaged_is_made_anew(engine: Engine, content: bytes | None):
    run_id = engine.train(quick(), OWNER)
    wait_for_end(engine, run_id)
    kept = RunFiles(run_id)
    if content is not None:
        (kept.folder / INDEX).write_bytes(content)
    wait_for(lambda: engine.prepare_reading(run_id, OWNER))
    arrays = kept.read_index()
    assert arrays["features"].shape == (len(arrays["positions"]), 16)
    np.testing.assert_allclose(directions(arrays["features"]), arrays["features"], atol=1e-6)


def test_the_reasons_add_up_and_are_those_of_the_class_asked_for(engine: Engine, trained: str):
    image = training_images(engine, trained)[0]
    probabilities = engine.predict(trained, image[np.newaxis], OWNER)[0]
    found = engine.attribute(trained, image, 3, OWNER)
    change = found.logit - found.black_logit
    assert found.gradients.sum() == pytest.approx(change, rel=0.01, abs=1e-4)
    assert found.probability == pytest.approx(probabilities[3], abs=1e-5)
    assert found.occlusion.shape == image.shape
    assert found.occlusion.max() <= found.probability + 1e-6
    with pytest.raises(ValueError, match="0 to 9, not 10"):
        engine.attribute(trained, image, 10, OWNER)


def test_strangers_are_told_nothing(engine: Engine, trained: str):
    image = np.zeros((8, 8), np.float32)
    with pytest.raises(RunNotFound):
        engine.read(trained, image[np.newaxis], "stranger")
    with pytest.raises(RunNotFound):
        engine.prepare_reading(trained, "stranger")
    with pytest.raises(RunNotFound):
        engine.attribute(trained, image, 0, "stranger")
