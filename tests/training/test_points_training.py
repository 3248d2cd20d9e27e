"""Points in the plane go through the engine that images go through, number for number."""

import numpy as np
import pytest
from listening import Listener

from nnlab.datasets import Splits, load_splits
from nnlab.experiment import (
    FEATURES,
    Adam,
    Dataset,
    Dense,
    Experiment,
    Flatten,
    Points,
    Training,
    with_settings,
)
from nnlab.script import keras_script

SPIRAL = Experiment(
    dataset=Dataset(name="spiral", points=Points(features=("x", "y", "sin_x", "sin_y"))),
    layers=(Dense(units=16, activation="tanh"), Dense(units=16, activation="tanh")),
    training=Training(epochs=6, batch_size=25, seed=3, optimizer=Adam(learning_rate=0.01)),
)


@pytest.fixture(scope="module")
def spiral() -> Splits:
    return load_splits(SPIRAL.dataset)


def plain_keras(experiment: Experiment, splits: Splits):
    """The same layers written out, with Keras's own optimizer, in our order."""
    import keras

    from nnlab.training.order import epoch_order

    settings, n, size = experiment.training, len(splits.y_train), experiment.training.batch_size
    seeded = [keras.initializers.GlorotUniform(seed=3 * 1000 + index) for index in range(3)]
    model = keras.Sequential(
        [
            keras.Input((len(experiment.dataset.points.features),)),
            keras.layers.Dense(16, activation="tanh", kernel_initializer=seeded[0]),
            keras.layers.Dense(16, activation="tanh", kernel_initializer=seeded[1]),
            keras.layers.Dense(2, activation="softmax", kernel_initializer=seeded[2]),
        ]
    )
    loss = "sparse_categorical_crossentropy"
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=loss, metrics=["accuracy"])
    for epoch in range(settings.epochs):
        order = np.arange(n) if size == "full" else epoch_order(n, settings.seed, epoch)
        for start in range(0, n, n if size == "full" else size):
            batch = order[start : start + (n if size == "full" else size)]
            model.train_on_batch(splits.x_train[batch], splits.y_train[batch])
    return model


@pytest.mark.parametrize("batch_size", [25, "full"])
def test_a_spiral_ends_at_keras_own_weights(batch_size: object, spiral: Splits):
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit

    chosen = with_settings(SPIRAL, {"training.batch_size": batch_size})
    listener = Listener()
    fitted = fit(chosen, spiral, listener)
    theirs = plain_keras(chosen, spiral)
    for a, b in zip(fitted.model.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-4, atol=2e-5)
    tested = evaluate(fitted.compiled, spiral)
    loss, accuracy = theirs.evaluate(spiral.x_test, spiral.y_test, verbose=0)
    assert tested.loss == pytest.approx(loss, rel=1e-3)
    assert tested.accuracy == pytest.approx(accuracy)
    answers = theirs.predict(spiral.x_test, verbose=0)
    np.testing.assert_allclose(tested.probabilities, answers, atol=1e-4)
    validated = theirs.evaluate(spiral.x_validation, spiral.y_validation, verbose=0)
    assert listener.epochs[-1].val_loss == pytest.approx(validated[0], rel=1e-3)


def test_moments_of_points_are_recorded_and_change_nothing(spiral: Splits):
    from nnlab.training.fit import fit
    from nnlab.training.kept import Kept

    listener = Listener()
    kept = Kept.of(SPIRAL, spiral, records=True)
    recorded = fit(SPIRAL, spiral, listener, kept=kept).checkpoint.state
    plain = fit(SPIRAL, spiral, Listener()).checkpoint.state
    assert all(np.array_equal(recorded[name], plain[name]) for name in plain)
    last = listener.moments[-1]
    assert last.probabilities.shape == (len(spiral.y_test), 2)
    assert [facts.kind for facts in last.layers] == ["Dense"] * 3


def test_flatten_changes_nothing_on_points(spiral: Splits):
    """So the layers that images begin with can be trained on points, too."""
    from nnlab.training.fit import fit

    chosen = Experiment(
        dataset=SPIRAL.dataset, layers=(Flatten(), Dense(units=4)), training=Training(epochs=1)
    )
    weights = fit(chosen, spiral, Listener()).model.get_weights()
    assert [w.shape for w in weights] == [(4, 4), (4,), (4, 2), (2,)]


def test_the_right_feature_parts_what_a_line_cannot():
    """Without hidden layers: exclusive or by x · y, as in TensorFlow Playground."""
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit

    accuracies = []
    for features in (("x", "y"), ("xy",)):
        chosen = Experiment(
            dataset=Dataset(name="xor", points=Points(noise=0, features=features)),
            layers=(),
            training=Training(epochs=30, optimizer=Adam(learning_rate=0.03)),
        )
        splits = load_splits(chosen.dataset)
        accuracies.append(evaluate(fit(chosen, splits, Listener()).compiled, splits).accuracy)
    assert accuracies[0] < 0.75
    assert accuracies[1] > 0.98


@pytest.mark.parametrize(
    "name", ["circle", "xor", "gaussians", "spiral", "moons", "blobs", "rings"]
)
def test_a_script_makes_the_same_points(name: str):
    points = Points(noise=0.2, balance=0.5, features=FEATURES, seed=9)
    dataset = Dataset(name=name, points=points, train_size=200, test_size=120, split_seed=4)
    source = keras_script(Experiment(dataset=dataset))
    made: dict[str, np.ndarray] = {}
    exec(source[: source.index("model = keras")], made)
    splits = load_splits(dataset)
    for part in ("x_train", "y_train", "x_validation", "y_validation", "x_test", "y_test"):
        assert np.array_equal(made[part], getattr(splits, part)), part
