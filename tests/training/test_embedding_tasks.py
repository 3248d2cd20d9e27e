"""What workers say of test images in a plane, held against plain Keras and scikit-learn."""

import keras
import numpy as np
import pytest
from listening import experiment
from sklearn.decomposition import PCA

from nnlab import settings
from nnlab.analysis.embedding import near_their_own
from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.models.build import build_model
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.store import RunStore
from nnlab.work.embedding import features_at, planes_of, tsne_of
from nnlab.work.train_run import train_run

CHOSEN = experiment(epochs=2)
INDICES = np.arange(0, 360, 3)


def trained(chosen: Experiment) -> str:
    found = RunStore(settings.database_url()).create(chosen, "me", "engine")
    train_run(found)
    return found


@pytest.fixture
def run_id(nnlab_home) -> str:
    return trained(CHOSEN)


def hidden(run_id: str, step: int | None, splits: Splits) -> np.ndarray:
    """By a plain Keras model that ends before the output layer."""
    weights = (
        RunFiles(run_id).read_weights() if step is None else Moments(run_id).read(step).weights
    )
    assert weights is not None
    model = build_model(CHOSEN, splits.info.input_shape, 10)
    for number, variable in enumerate(model.variables):
        variable.assign(weights[f"model.{number}"])
    images = splits.x_test[INDICES] / np.float32(splits.info.scale)
    part = keras.Model(model.inputs, model.layers[-2].output)
    return part.predict(images[..., np.newaxis].astype(np.float32), verbose=0)


def test_planes_are_those_of_plain_keras_and_scikit_learn(run_id: str, digits: Splits):
    steps = [0, 41, None]
    found = planes_of(run_id, steps, INDICES)
    np.testing.assert_array_equal(found.labels, digits.y_test)
    assert list(found.planes) == steps
    for step in steps:
        features, plane = hidden(run_id, step, digits), found.planes[step]
        np.testing.assert_allclose(features_at(run_id, step, INDICES), features, atol=1e-5)
        fitted = PCA(2).fit(features)
        expected = fitted.transform(features)
        assert plane is not None
        signs = np.sign((plane.points * expected).sum(axis=0))
        np.testing.assert_allclose(plane.points * signs, expected, atol=1e-3)
        share = fitted.explained_variance_ratio_.sum()
        assert plane.explained == pytest.approx(share, rel=1e-4)


def test_what_was_learned_shows_in_the_planes(nnlab_home, digits: Splits):
    run_id = trained(experiment(epochs=20))
    steps = Moments(run_id).steps()
    found = planes_of(run_id, steps, INDICES).planes
    start, end = (near_their_own(found[s].points, digits.y_test[INDICES]) for s in (0, steps[-1]))
    assert end.mean() > start.mean() + 0.1


def test_tsne_is_the_same_each_time_and_keeps_classes_together(run_id: str, digits: Splits):
    plane = planes_of(run_id, [None], INDICES).planes[None]
    one, again = (tsne_of(run_id, None, INDICES, plane.points) for _ in range(2))
    np.testing.assert_array_equal(one, again)
    assert near_their_own(one, digits.y_test[INDICES]).mean() > 0.75


def test_of_a_moment_without_weights_there_is_no_plane(run_id: str):
    moments = Moments(run_id)
    moment = moments.read(41)
    moments.write(type(moment)(**{**vars(moment), "weights": None}))
    found = planes_of(run_id, [0, 41, 77], INDICES).planes
    assert found[0] is not None
    assert found[41] is None
    assert found[77] is None
    for step in (41, 77):
        with pytest.raises(RunNotFound):
            tsne_of(run_id, step, INDICES, np.zeros((len(INDICES), 2), np.float32))
