"""The experiments that missions begin with: what they have in common."""

from collections.abc import Sequence
from typing import Any

from nnlab.experiment import Adam, Dataset, Dense, Experiment, Points, Training

# As many points to test as to learn from, so that an accuracy of 95 % means something.
TEST_SHARE = 0.5


def on_points(
    title: str,
    name: str,
    units: Sequence[int],
    activation: str,
    points: Points,
    **training: Any,
) -> Experiment:
    """A network of dense layers on a set of points; test figures are told after each epoch.

    Args:
        title: what runs are called.
        name: of the set.
        units: of each hidden layer.
        activation: of all hidden layers.
        points: which ones.
        **training: what differs from 100 epochs of Adam at 0.01 in batches of 10.
    """
    layers = tuple(Dense.model_validate({"units": n, "activation": activation}) for n in units)
    usual = {"epochs": 100, "batch_size": 10, "optimizer": Adam(learning_rate=0.01)}
    dataset = Dataset(name=name, validation="test", test_size=TEST_SHARE, points=points)
    trained = Training.model_validate(usual | training)
    return Experiment(name=title, dataset=dataset, layers=layers, training=trained)
