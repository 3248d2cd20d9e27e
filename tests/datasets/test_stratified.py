"""The split that scripts draw with NumPy alone is scikit-learn's."""

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from nnlab.datasets.stratified import stratified_split


@pytest.mark.parametrize("seed", range(40))
def test_it_draws_what_scikit_learn_draws(seed: int):
    rng = np.random.default_rng(seed)
    classes = int(rng.integers(2, 12))
    n = int(rng.integers(60, 900))
    labels = np.concatenate([np.arange(classes).repeat(3), rng.integers(0, classes, n)])
    rng.shuffle(labels)
    size = int(rng.integers(classes, len(labels) - classes))
    rest, drawn = train_test_split(
        np.arange(len(labels)), test_size=size, stratify=labels, random_state=seed
    )
    ours = stratified_split(labels, size, seed)
    assert np.array_equal(ours[0], rest)
    assert np.array_equal(ours[1], drawn)


def test_classes_of_one_size_share_the_rest_by_lot_as_there():
    labels = np.repeat(np.arange(10), 37)
    rest, drawn = train_test_split(np.arange(370), test_size=33, stratify=labels, random_state=5)
    ours = stratified_split(labels, 33, 5)
    assert np.array_equal(ours[0], rest)
    assert np.array_equal(ours[1], drawn)
