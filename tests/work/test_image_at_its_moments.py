"""One image at a run's recorded moments, asked of real workers."""

import numpy as np
import pytest
from helping import OWNER, quick, wait_for_end

from nnlab.datasets import load_splits
from nnlab.runs.moments import Moments
from nnlab.runs.run import RunNotFound
from nnlab.work.engine import Engine


@pytest.fixture(scope="module")
def trained(engine: Engine) -> str:
    """A finished run on the 8×8 digits."""
    run_id = engine.train(quick(epochs=20), OWNER)
    wait_for_end(engine, run_id)
    return run_id


def pixels_of(engine: Engine, run_id: str, number: int) -> np.ndarray:
    splits = load_splits(engine.run(run_id).experiment.dataset)
    return splits.x_test[number].astype(np.float32) / np.float32(splits.info.scale)


def test_the_weights_of_each_moment_answer_as_was_recorded_then(engine: Engine, trained: str):
    """Two ways: the training's own compiled network then, and a network made anew now."""
    steps = Moments(trained).steps()
    assert len(steps) >= 5
    number = int(Moments(trained).read_answers(0).indices[-1])
    image = pixels_of(engine, trained, number)
    found = engine.image_over_time(trained, image, steps, OWNER)
    recorded = np.stack([Moments(trained).read_answers(step).probabilities[-1] for step in steps])
    np.testing.assert_allclose(found, recorded.astype(np.float32), atol=1e-3)
    assert np.abs(found[0] - found[-1]).max() > 0.1
    np.testing.assert_allclose(
        found[-1], engine.predict(trained, image[np.newaxis], OWNER)[0], atol=1e-5
    )


def test_pixels_at_a_moment(engine: Engine, trained: str):
    step = Moments(trained).steps()[1]
    image = pixels_of(engine, trained, 0)
    at_moment = engine.attribute(trained, image, 3, OWNER, step)
    answer = engine.image_over_time(trained, image, [step], OWNER)[0]
    assert at_moment.probability == pytest.approx(answer[3], abs=1e-5)
    assert engine.attribute(trained, image, 3, OWNER).probability != at_moment.probability


def test_strangers_are_told_nothing(engine: Engine, trained: str):
    image = np.zeros((8, 8), np.float32)
    with pytest.raises(RunNotFound):
        engine.image_over_time(trained, image, [0], "stranger")
    with pytest.raises(RunNotFound):
        engine.attribute(trained, image, 0, "stranger", 0)
