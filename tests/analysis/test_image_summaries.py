from pathlib import Path

import numpy as np

from nnlab.analysis.images import class_counts, class_means


def test_means_are_those_of_numpy_class_by_class():
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (50, 4, 6), np.uint8)
    y = rng.integers(0, 3, 50)
    means = class_means(x, y, 4)
    assert means.shape == (4, 4, 6)
    for label in range(3):
        images = [x[i].astype(float) for i in range(50) if y[i] == label]
        np.testing.assert_allclose(means[label], sum(images) / len(images))


def test_a_class_without_images_has_a_black_mean_and_counts_zero():
    x, y = np.full((2, 3, 3), 9, np.uint8), np.array([0, 0])
    assert class_means(x, y, 2)[1].tolist() == np.zeros((3, 3)).tolist()
    assert class_counts(y, 3).tolist() == [2, 0, 0]


def test_no_images_at_all():
    x, y = np.empty((0, 3, 3), np.uint8), np.empty(0, np.int64)
    assert class_means(x, y, 2).shape == (2, 3, 3)
    assert class_counts(y, 2).tolist() == [0, 0]


def test_counts_of_mnist(shared_data: Path):
    """RECIPES, course D, part 2."""
    with np.load(shared_data / "mnist.npz") as mnist:
        counts = class_counts(mnist["y_train"], 10)
    assert counts.tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
