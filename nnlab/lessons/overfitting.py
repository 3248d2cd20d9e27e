"""A network that may learn by heart, and the two usual remedies.

Runs of this lesson are real ones of the visitor, trained by `nnlab.training.fit` like any other:
the same layers, loss, optimizer and `Model.fit`, in a process of their own, so that they can be
followed, stopped and found again. `learn` is that training as one would write it by hand; the
tests hold both against each other. `network` and `early_stopping` serve the picture as well.
"""

from collections.abc import Sequence

import numpy as np
from keras import Sequential
from keras.callbacks import EarlyStopping, History
from keras.layers import Dense, Dropout, Flatten
from keras.losses import sparse_categorical_crossentropy as cross_entropy
from keras.optimizers import Adam
from numpy.typing import NDArray

IMAGE = (28, 28)

# Images (n, 28, 28) from 0 to 1, and their labels (n,).
Pair = tuple[NDArray[np.float32], NDArray[np.int64]]


# fmt: off
def network(units: int, rate: float) -> Sequential:
    """One hidden layer with dropout, ten probabilities."""
    return Sequential([
        Flatten(), Dense(units, "relu"),
        Dropout(rate), Dense(10, "softmax"),
    ])


def early_stopping() -> EarlyStopping:
    """Ends a training when the lowest validation loss is three epochs old."""
    return EarlyStopping("val_loss", patience=3)


def learn(model: Sequential, images: Pair,
          held_out: Pair, callbacks: list) -> History:
    """Train on `images`, check on `held_out` after each epoch; returns the losses."""
    model.compile(Adam(0.002), cross_entropy)
    return model.fit(
        *images, validation_data=held_out,
        epochs=40, callbacks=callbacks)
# fmt: on


def parameters(units: int) -> int:
    """How many weights and biases the network has."""
    model = network(units, rate=0.0)
    model.build((None, *IMAGE))
    return int(model.count_params())


def stopping_epoch(val_loss: Sequence[float]) -> int | None:
    """The epoch (1 is the first) at whose end the callback ends a training with these losses."""
    model, callback = Sequential(), early_stopping()
    model.stop_training = False  # as `Model.fit` begins
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, loss in enumerate(val_loss):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        if model.stop_training:
            return epoch + 1
    return None
