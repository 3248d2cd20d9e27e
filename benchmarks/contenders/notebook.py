"""`model.fit` as a notebook has it: float images, all defaults, the progress bar too."""

import contextlib
import io
import os
from collections.abc import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras

from benchmarks.images import training_images
from benchmarks.networks import batch_size

_layers = keras.layers
LAYERS = {
    "784-128-10": lambda: [
        _layers.Flatten(),
        _layers.Dense(128, activation="relu"),
        _layers.Dropout(0.2),
    ],
    "784-512-512-10": lambda: [
        _layers.Flatten(),
        _layers.Dense(512, activation="relu"),
        _layers.Dense(512, activation="relu"),
    ],
    "cnn": lambda: [
        _layers.Conv2D(32, 3, activation="relu"),
        _layers.MaxPooling2D(),
        _layers.Conv2D(64, 3, activation="relu"),
        _layers.MaxPooling2D(),
        _layers.Flatten(),
        _layers.Dropout(0.5),
    ],
}


def prepare(network: str) -> Callable[[], None]:
    images, labels = training_images()
    x = images[..., None] / 255.0
    model = keras.Sequential(
        [keras.Input((28, 28, 1)), *LAYERS[network](), _layers.Dense(10, activation="softmax")]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])

    def epoch() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            model.fit(x, labels, batch_size=batch_size(network), epochs=1)

    epoch_of_few = slice(0, 10 * batch_size(network))
    with contextlib.redirect_stdout(io.StringIO()):
        model.fit(x[epoch_of_few], labels[epoch_of_few], batch_size=batch_size(network), epochs=1)
    return epoch
