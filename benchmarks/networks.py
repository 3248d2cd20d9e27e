"""The three networks that are timed, as Experiments."""

from nnlab.experiment import (
    Conv2D,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    MaxPooling2D,
    Training,
)

_DATA = Dataset(name="mnist", validation="none")

NETWORKS: dict[str, Experiment] = {
    "784-128-10": Experiment(
        dataset=_DATA,
        layers=(Flatten(), Dense(units=128), Dropout(rate=0.2)),
        training=Training(epochs=1, batch_size=32),
    ),
    "784-512-512-10": Experiment(
        dataset=_DATA,
        layers=(Flatten(), Dense(units=512), Dense(units=512)),
        training=Training(epochs=1, batch_size=128),
    ),
    # The small convolutional network of Keras's own examples.
    "cnn": Experiment(
        dataset=_DATA,
        layers=(
            Conv2D(filters=32, kernel_size=3, padding="valid"),
            MaxPooling2D(pool_size=2),
            Conv2D(filters=64, kernel_size=3, padding="valid"),
            MaxPooling2D(pool_size=2),
            Flatten(),
            Dropout(rate=0.5),
        ),
        training=Training(epochs=1, batch_size=128),
    ),
}


def batch_size(network: str) -> int:
    """Images of a step."""
    size = NETWORKS[network].training.batch_size
    assert size != "full"
    return size
