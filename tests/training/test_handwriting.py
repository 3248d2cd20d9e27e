"""Changed copies help to read what people really write."""

import random
from pathlib import Path

import numpy as np
import pytest
from listening import Listener
from pen import anywhere, pen_digits

from nnlab.datasets import load_splits
from nnlab.datasets.augmentation.writing import slashed
from nnlab.drawing import prepare
from nnlab.experiment import Augmentation, Experiment, with_settings
from nnlab.recipes import HANDWRITING_READY, RECIPES

ZEROS = 120
FEW = with_settings(
    RECIPES[HANDWRITING_READY].experiment,
    {"dataset.name": "mnist_5k", "dataset.validation_size": 0.1},
)
NO_VARIANTS = with_settings(
    FEW, {"dataset.augmentation": Augmentation(copies=2, writing_variants=0).model_dump()}
)


def share_read_as_0(experiment: Experiment, images: np.ndarray) -> float:
    """Of images (n, 28, 28), by a network that is taught first."""
    from nnlab.training.fit import fit

    model = fit(experiment, load_splits(experiment.dataset), Listener()).model
    answers = np.asarray(model(images[..., np.newaxis], training=False)).argmax(axis=1)
    return float((answers == 0).mean())


@pytest.fixture
def slashed_zeros() -> np.ndarray:
    """Test images that no network here has seen, each with a slash of its own."""
    splits = load_splits(FEW.dataset.model_copy(update={"augmentation": None}))
    zeros = splits.x_test[splits.y_test == 0].astype(np.float32) / 255
    return slashed(zeros, np.random.default_rng(0))


@pytest.fixture
def real_zeros(shared_data: Path) -> np.ndarray:
    """As people drew them, some with a slash, prepared as on the Draw page."""
    rng = random.Random(0)
    zeros = [sample["strokes"] for sample in pen_digits(shared_data) if sample["label"] == 0]
    chosen = rng.sample(zeros, ZEROS)
    return np.stack([prepare(anywhere(strokes, rng)) for strokes in chosen])


def test_slashed_zeros_are_read_by_a_network_that_was_shown_some(slashed_zeros: np.ndarray):
    after = share_read_as_0(FEW, slashed_zeros)
    assert after > 0.85
    assert share_read_as_0(NO_VARIANTS, slashed_zeros) < after - 0.1


def test_real_zeros_are_read_better_with_writing_variants(real_zeros: np.ndarray):
    after = share_read_as_0(FEW, real_zeros)
    before = share_read_as_0(NO_VARIANTS, real_zeros)
    assert after > 0.85
    assert before < after - 0.03
