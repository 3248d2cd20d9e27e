"""Test images in a plane, asked of real workers."""

import numpy as np
import pytest
from helping import OWNER, quick, wait_for_end

from nnlab.datasets import load_splits
from nnlab.runs.moments import Moments
from nnlab.runs.run import RunNotFound
from nnlab.work.engine import Engine


def test_workers_place_test_images_at_all_moments(engine: Engine):
    run_id = engine.train(quick(), OWNER)
    wait_for_end(engine, run_id)
    steps, indices = [*Moments(run_id).steps(), None], np.arange(0, 360, 4)
    answer = engine.planes(run_id, steps, indices, OWNER)
    labels = load_splits(engine.run(run_id).experiment.dataset).y_test
    np.testing.assert_array_equal(answer.labels, labels)
    assert list(answer.planes) == steps
    planes = [plane for plane in answer.planes.values() if plane is not None]
    assert len(planes) == len(steps)
    assert all(plane.points.shape == (90, 2) and plane.usable for plane in planes)
    np.testing.assert_allclose(planes[-1].points, planes[-2].points, atol=1e-4)  # the last epoch
    points = engine.tsne(run_id, None, indices, planes[-1].points, OWNER)
    assert points.shape == (90, 2)
    with pytest.raises(RunNotFound):
        engine.planes(run_id, steps, indices, "stranger")
