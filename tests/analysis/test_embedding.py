"""Many images in a plane, held against scikit-learn, NumPy and brute force."""

import numpy as np
import pytest
from sklearn.datasets import load_digits, make_blobs
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score

from nnlab.analysis.embedding import (
    Plane,
    aligned,
    near_their_own,
    of_equal_size,
    principal_plane,
    tsne,
)

DIGITS = load_digits().data.astype(np.float32)
BLOBS, BLOB_LABELS = make_blobs(240, 20, centers=4, cluster_std=2.0, random_state=1)


def assert_same_but_for_signs(found: np.ndarray, expected: np.ndarray, atol: float) -> None:
    signs = np.sign((found * expected).sum(axis=0))
    np.testing.assert_allclose(found * signs, expected, atol=atol)


def test_the_plane_is_that_of_scikit_learn_and_of_the_singular_values():
    found = principal_plane(DIGITS, 0)
    assert_same_but_for_signs(found.points, PCA(2).fit_transform(DIGITS), 1e-2)
    centred = DIGITS.astype(float) - DIGITS.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    assert_same_but_for_signs(found.points, left[:, :2] * sizes[:2], 1e-2)
    assert found.explained == pytest.approx((sizes[:2] ** 2).sum() / (sizes**2).sum(), rel=1e-4)


def test_many_features_are_as_well_and_the_same_each_time():
    wide = np.random.default_rng(0).normal(size=(60, 2000)) + np.linspace(0, 9, 60)[:, np.newaxis]
    one, again = principal_plane(wide, 4), principal_plane(wide, 4)
    np.testing.assert_array_equal(one.points, again.points)
    full = PCA(2, svd_solver="full").fit_transform(wide)
    assert_same_but_for_signs(one.points[:, :1], full[:, :1], 1e-2)


def test_one_feature_lies_on_a_line():
    found = principal_plane(np.arange(5.0)[:, np.newaxis], 0)
    assert found.explained == pytest.approx(1)
    np.testing.assert_allclose(np.abs(found.points), [[2, 0], [1, 0], [0, 0], [1, 0], [2, 0]])


@pytest.mark.parametrize("features", [np.ones((9, 4)), np.full((9, 4), np.nan), np.ones((1, 3))])
def test_where_images_do_not_differ_there_is_no_plane(features: np.ndarray):
    found = principal_plane(features, 0)
    assert not found.usable
    assert not found.points.any()


def test_a_picture_that_is_only_turned_and_mirrored_stands_still():
    points = principal_plane(DIGITS[:200], 0).points
    angle = 2.1
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    planes = [Plane(p, 0.5) for p in (points, 7 * points @ turn, points * [-1, 1], points[:, ::-1])]
    first, *others = aligned(planes)
    np.testing.assert_allclose(first, of_equal_size(points))
    for other in others:
        np.testing.assert_allclose(other, first, atol=1e-5)


def test_no_turn_or_mirror_lies_closer_to_the_picture_before():
    planes = [principal_plane(DIGITS[:100, shift : shift + 30], 0) for shift in (0, 10)]
    before, found = aligned(planes)
    distance = np.linalg.norm(found - before)
    best = np.inf
    for angle in np.linspace(0, 2 * np.pi, 721):
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        for mirror in ([1, 1], [1, -1]):
            moved = of_equal_size(planes[1].points) @ turn * mirror
            best = min(best, np.linalg.norm(moved - before))
    assert distance <= best + 1e-5
    assert distance == pytest.approx(best, rel=1e-4)
    np.testing.assert_allclose(
        np.hypot(*found.T), np.hypot(*of_equal_size(planes[1].points).T), atol=1e-5
    )


def test_a_moment_without_a_plane_is_passed_over():
    plane, none = principal_plane(BLOBS, 0), principal_plane(np.ones((240, 3)), 0)
    first, missing, last = aligned([plane, none, Plane(-plane.points, 1.0)])
    assert missing is None
    np.testing.assert_allclose(last, first, atol=1e-5)


def test_of_equal_size_ninety_nine_of_a_hundred_are_within_one():
    points = np.random.default_rng(0).normal(0, 5, (1000, 2)).astype(np.float32)
    assert np.mean(np.hypot(*of_equal_size(points).T) <= 1) == pytest.approx(0.99, abs=0.001)
    lone = np.zeros((1000, 2), np.float32)
    lone[0] = 3, 4
    np.testing.assert_allclose(of_equal_size(lone)[0], [0.6, 0.8])


def test_tsne_separates_what_is_easily_separated_and_is_the_same_each_time():
    start = principal_plane(BLOBS, 0).points
    found = tsne(BLOBS, start, 3)
    np.testing.assert_array_equal(found, tsne(BLOBS, start, 3))
    assert silhouette_score(found, BLOB_LABELS) > 0.6
    assert near_their_own(found, BLOB_LABELS).all()


def test_tsne_of_more_features_than_components_and_of_few_images():
    wide, labels = make_blobs(12, 300, centers=2, random_state=0)
    found = tsne(wide, principal_plane(wide, 0).points, 0)
    assert np.isfinite(found).all()
    assert near_their_own(found, labels).mean() > 0.9


def test_near_their_own_against_all_distances():
    points = np.random.default_rng(2).normal(size=(80, 2)).astype(np.float32)
    points[:5] = points[0]  # at the same place
    labels = np.arange(80) % 3
    labels[:5] = 1
    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=2)
    np.fill_diagonal(distances, np.inf)
    np.testing.assert_array_equal(
        near_their_own(points, labels), labels[distances.argmin(axis=1)] == labels
    )
