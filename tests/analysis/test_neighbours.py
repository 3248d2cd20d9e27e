"""Nearest images and strangeness, against scikit-learn."""

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.neighbors import NearestNeighbors

from nnlab.analysis.neighbours import (
    WIDEST,
    balanced_choice,
    directions,
    mixed,
    nearest,
    residual,
    some,
    strangeness,
)

RNG = np.random.default_rng(0)


def test_neighbours_are_those_of_scikit_learn():
    known, asked = (directions(RNG.normal(size=(n, 20))) for n in (500, 30))
    rows, distances = nearest(known, asked, 7)
    theirs = NearestNeighbors(n_neighbors=7, algorithm="brute").fit(known).kneighbors(asked)
    np.testing.assert_array_equal(rows, theirs[1])
    np.testing.assert_allclose(distances, theirs[0], atol=1e-5)


def test_no_more_neighbours_than_there_are():
    rows, distances = nearest(directions(np.eye(3)), directions(np.eye(3)[:2]), 9)
    np.testing.assert_array_equal(rows[:, 0], [0, 1])
    np.testing.assert_allclose(distances, [[0, 2**0.5, 2**0.5]] * 2, atol=1e-6)


def test_directions_have_length_one_and_nothing_has_none():
    made = directions(np.array([[3.0, 4.0], [0.0, 0.0]]))
    np.testing.assert_allclose(made, [[0.6, 0.8], [0, 0]], atol=1e-7)


def test_very_many_numbers_keep_their_angles():
    shared = RNG.normal(size=(1, 20_000))
    wide = shared + RNG.normal(size=(40, 20_000)) * np.linspace(0.2, 3, 40)[:, np.newaxis]
    exact = wide / np.linalg.norm(wide, axis=1, keepdims=True)
    made = directions(wide)
    assert made.shape == (40, WIDEST)
    # The error of a sketch is about 1 / sqrt(width).
    assert np.abs(made @ made.T - exact @ exact.T).max() < 5 / WIDEST**0.5


def test_the_residual_is_that_of_a_ridge_regression():
    images, near = RNG.random((6, 40), np.float32), RNG.random((6, 9, 40), np.float32)
    expected = []
    for image, around in zip(images, near, strict=True):
        apart = (around - around.mean(axis=0)).T
        penalty = 0.1 * np.square(apart).sum() / 9
        model = Ridge(alpha=penalty, fit_intercept=False).fit(apart, image - around.mean(axis=0))
        left = image - around.mean(axis=0) - model.predict(apart)
        expected.append(np.linalg.norm(left))
    np.testing.assert_allclose(residual(images, near), expected, rtol=1e-4)


def test_a_mixture_of_the_known_leaves_less_than_noise():
    near = np.repeat(RNG.random((1, 5, 64), np.float32), 2, axis=0)
    found = residual(np.stack([near[0].mean(axis=0), RNG.random(64, np.float32)]), near)
    assert found[0] == pytest.approx(0, abs=1e-5)
    assert found[1] > 0.5


def test_a_single_neighbour_leaves_the_plain_distance():
    image, near = RNG.random((1, 10), np.float32), RNG.random((1, 1, 10), np.float32)
    expected = np.linalg.norm(image - near[0], axis=1)
    np.testing.assert_allclose(residual(image, near), expected, rtol=1e-5)
    assert residual(image[:0], near[:0]).shape == (0,)


def test_what_is_left_over_or_unlike_is_strange():
    found = strangeness(np.float32([1, 2, 1, 0]), np.float32([1, 1, 0.0625, 1]))
    np.testing.assert_allclose(found, [1, 2, 0.5, 0])


def test_the_choice_is_balanced_and_always_the_same():
    labels = RNG.choice(4, 1000, p=[0.7, 0.2, 0.09, 0.01])
    chosen = balanced_choice(labels, 200)
    few = int((labels == 3).sum())
    assert np.bincount(labels[chosen]).tolist() == [50, 50, 50, min(50, few)]
    assert len(np.unique(chosen)) == len(chosen)
    np.testing.assert_array_equal(chosen, balanced_choice(labels, 200))
    np.testing.assert_array_equal(balanced_choice(labels, 10**6), np.arange(1000))


def test_some_of_few_are_all():
    np.testing.assert_array_equal(some(5, 9), np.arange(5))
    assert len(some(500, 9)) == 9


def test_small_images_are_likened_to_fewer():
    assert (mixed(784), mixed(64), mixed(4)) == (98, 8, 1)
