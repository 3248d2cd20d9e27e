"""Small real trainings, in this process. TensorFlow is imported once for all of them."""

import pytest

from nnlab.datasets import Splits, load_splits
from nnlab.experiment import Dataset


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    from nnlab.training.warm_up import warm_up

    warm_up()


@pytest.fixture(autouse=True)
def ask_at_every_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.training.callbacks.control.ASK_EVERY_SECONDS", 0.0)


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of a few steps, so that a small data set has several an epoch."""
    monkeypatch.setattr("nnlab.training.pace.MAX_GROWTH", 1)


@pytest.fixture(scope="session")
def digits() -> Splits:
    return load_splits(Dataset(name="digits"))
