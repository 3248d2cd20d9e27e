"""Over ten seeds, our trainings end as plain Keras's do."""

import numpy as np

from nnlab.datasets import Splits, load_splits
from nnlab.experiment import Dataset, Dense, Dropout, Experiment, Flatten, Training, with_settings

SEEDS = range(10)
# 784-128-10 with dropout on 3,600 MNIST images that come with the product.
CHOSEN = Experiment(
    dataset=Dataset(name="mnist_5k", validation="none"),
    layers=(Flatten(), Dense(units=128), Dropout(rate=0.2)),
    training=Training(epochs=4, batch_size=32),
)


def ours(splits: Splits) -> list[float]:
    from listening import Listener

    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit
    from nnlab.training.workshop import compiled_network

    accuracies = []
    for seed in SEEDS:
        chosen = with_settings(CHOSEN, {"training.seed": seed})
        with compiled_network(chosen, splits) as compiled:
            fit(chosen, splits, Listener(), compiled=compiled)
            accuracies.append(evaluate(compiled, splits).accuracy)
    return accuracies


def keras_own(splits: Splits) -> list[float]:
    """As in a notebook: Keras's layers, Adam, order, dropout and start, nothing of ours."""
    import keras

    def floats(images: np.ndarray) -> np.ndarray:
        return images[..., np.newaxis].astype(np.float32) / splits.info.scale

    accuracies = []
    for seed in SEEDS:
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Flatten(),
                keras.layers.Dense(128, activation="relu"),
                keras.layers.Dropout(0.2),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(floats(splits.x_train), splits.y_train, batch_size=32, epochs=4, verbose=0)
        accuracies.append(
            model.evaluate(floats(splits.x_test), splits.y_test, batch_size=1000, verbose=0)[1]
        )
    return accuracies


def test_the_means_differ_by_less_than_chance_explains():
    """Tolerance: three standard errors of the difference of two means of ten."""
    splits = load_splits(CHOSEN.dataset)
    a, b = np.array(ours(splits)), np.array(keras_own(splits))
    error = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    assert abs(a.mean() - b.mean()) < 3 * error, (a, b)
    assert 0.0 < error < 0.005, "too wide to tell anything"
    assert min(*a, *b) > 0.85
