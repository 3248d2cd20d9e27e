"""Logistic regression from scratch: against NumPy by hand, plain Keras, and the tutorial."""

from pathlib import Path

import numpy as np
import pytest

from nnlab.curriculum.published import LESSON_FIGURES
from nnlab.datasets import load_arrays, load_splits
from nnlab.experiment import Dataset

RATE = 0.1


@pytest.fixture(autouse=True)
def nothing_kept():
    """Images kept from another test's data folder would hide that they are missing."""
    from nnlab.lessons import logistic_regression as lesson

    for kept in (lesson._training_part, lesson._test_part):
        kept.cache_clear()


def by_hand(x, y, steps):
    """The same training in NumPy, float64, with the gradient written out: xᵀ(p − one-hot) / n."""
    W, b, targets = np.ones((x.shape[1], 10)), np.zeros(10), np.eye(10)[y]
    for _ in range(steps):
        p = probabilities(x, W, b)
        W -= RATE * x.T @ (p - targets) / len(x)
        b -= RATE * (p - targets).mean(axis=0)
    return W, b


def probabilities(x, W, b):
    z = x @ W + b
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def scores(x, y, W, b):
    p = probabilities(x, W, b)
    return -np.log(p[np.arange(len(y)), y]).mean(), (p.argmax(axis=1) == y).mean()


def rows(images, scale):
    return images.reshape(len(images), -1) / scale


def go_on(dataset, images, steps, pieces=1):
    from nnlab.lessons.logistic_regression import go_on, start

    moment = start(dataset, images)
    for _ in range(pieces):
        moment = go_on(dataset, images, moment["weights"], moment["biases"], steps)
    return moment


def test_it_is_what_numpy_computes_by_hand():
    splits = load_splits(Dataset(name="mnist_5k", validation="none"))
    x, y = rows(splits.x_train[:500], 255), splits.y_train[:500]
    W, b = by_hand(x, y, steps=30)
    ours = go_on("mnist_5k", 500, steps=30)
    np.testing.assert_allclose(ours["weights"], W, atol=2e-5)
    np.testing.assert_allclose(ours["biases"], b, atol=2e-5)
    loss, accuracy = scores(x, y, W, b)
    assert ours["loss"] == pytest.approx(loss, rel=1e-4)
    assert ours["accuracy"] == pytest.approx(accuracy)
    test_loss, test_accuracy = scores(rows(splits.x_test, 255), splits.y_test, W, b)
    assert ours["test_loss"] == pytest.approx(test_loss, rel=1e-4)
    assert ours["test_accuracy"] == pytest.approx(test_accuracy, abs=0.0015)  # one image of 1,000


def test_pieces_make_the_same_training_as_one_go():
    whole, pieces = go_on("digits", 200, steps=30), go_on("digits", 200, steps=10, pieces=3)
    np.testing.assert_allclose(pieces["weights"], whole["weights"], rtol=1e-5)
    assert pieces["loss"] == pytest.approx(whole["loss"], rel=1e-5)


def test_the_shown_functions_are_what_the_wrapper_runs(monkeypatch):
    from nnlab.lessons import logistic_regression as lesson

    called = []
    for name in ("model", "cross_entropy"):
        real = getattr(lesson, name)

        def spy(*arguments, real=real, name=name):
            called.append(name)
            return real(*arguments)

        monkeypatch.setattr(lesson, name, spy)
    # A number of images that no other test has, so that TensorFlow traces the functions anew.
    go_on("digits", 123, steps=1)
    assert set(called) == {"model", "cross_entropy"}
    monkeypatch.setattr(lesson, "train", lambda *_: None)
    untouched = go_on("digits", 123, steps=5)
    assert (untouched["weights"] == 1).all()


def test_a_slider_position_traces_nothing_anew():
    from nnlab.lessons.logistic_regression import train

    go_on("digits", 200, steps=1)
    before = train.experimental_get_tracing_count()
    for steps in (2, 3, 7):
        go_on("digits", 200, steps)
    assert train.experimental_get_tracing_count() == before


@pytest.fixture
def mnist(shared_data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_DATA_DIR", str(shared_data))
    return load_arrays("mnist")


def test_the_published_figures_on_500_images(mnist):
    from nnlab.lessons.logistic_regression import published_figures

    ours = published_figures()
    figures = LESSON_FIGURES["logistic_regression"]
    assert set(ours) == {figure.name for figure in figures}
    for figure in figures:
        assert figure.agrees(ours[figure.name]), (figure, ours[figure.name])


def test_all_60000_images_as_plain_keras_trains_them(mnist):
    import keras

    model = keras.Sequential(
        [
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax", kernel_initializer="ones"),
        ]
    )
    model.compile(
        keras.optimizers.SGD(RATE), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    images = mnist.x_train.astype(np.float32) / 255
    for _ in range(3):
        model.train_on_batch(images, mnist.y_train)
    loss, accuracy = model.evaluate(
        mnist.x_test.astype(np.float32) / 255, mnist.y_test, batch_size=1000, verbose=0
    )
    ours = go_on("mnist", 60_000, steps=3)
    np.testing.assert_allclose(ours["weights"], model.get_weights()[0], atol=1e-5)
    assert ours["test_loss"] == pytest.approx(loss, rel=1e-4)
    assert ours["test_accuracy"] == pytest.approx(accuracy, abs=0.0002)
