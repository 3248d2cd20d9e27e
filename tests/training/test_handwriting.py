"""Changed copies help to read what people really write."""

import numpy as np
import pytest
from listening import Listener

from nnlab.datasets import Splits, load_splits
from nnlab.datasets.augmentation.writing import slashed
from nnlab.experiment import Augmentation, with_settings
from nnlab.recipes import HANDWRITING_READY, RECIPES

TAUGHT = {"dataset.name": "mnist_5k", "dataset.validation_size": 0.1, "training.epochs": 2}
NO_VARIANTS = Augmentation(copies=2, writing_variants=0).model_dump()


def read(changes: dict, images: np.ndarray) -> np.ndarray:
    """The class that the recipe's network gives images (n, 28, 28), taught on few images."""
    from nnlab.training.fit import fit

    experiment = with_settings(RECIPES[HANDWRITING_READY].experiment, TAUGHT | changes)
    model = fit(experiment, load_splits(experiment.dataset), Listener()).model
    return np.asarray(model(images[..., np.newaxis], training=False)).argmax(axis=1)


@pytest.fixture
def unseen() -> Splits:
    """The same test images for all."""
    return load_splits(
        with_settings(RECIPES[HANDWRITING_READY].experiment, TAUGHT).dataset.model_copy(
            update={"augmentation": None}
        )
    )


def test_slashed_zeros_are_read_by_whom_they_were_shown_to(unseen: Splits):
    zeros = unseen.x_test[unseen.y_test == 0].astype(np.float32) / 255
    zeros = slashed(zeros, np.random.default_rng(0))
    before = (read({"dataset.augmentation": NO_VARIANTS}, zeros) == 0).mean()
    after = (read({}, zeros) == 0).mean()
    assert after > 0.9
    assert before < after - 0.15
