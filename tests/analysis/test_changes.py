import numpy as np
import pytest
from scipy import ndimage

from nnlab.analysis.changes import KINDS, Change, Kind, changed, strengths

IMAGES = np.random.default_rng(0).random((6, 28, 28), np.float32)
NUMBERS = np.array([0, 10, 20, 30, 40, 50])


@pytest.mark.parametrize("kind", KINDS)
def test_strength_0_changes_nothing_and_any_other_does(kind: Kind):
    steps = strengths(kind, 28)
    assert steps[0] == 0
    assert (np.diff(steps) > 0).all()
    np.testing.assert_array_equal(changed(IMAGES, Change(kind, 0.0), NUMBERS), IMAGES)
    for strength in steps[1:]:
        made = changed(IMAGES, Change(kind, float(strength)), NUMBERS)
        assert made.dtype == np.float32
        assert made.shape == IMAGES.shape
        assert 0 <= made.min() <= made.max() <= 1
        assert not np.array_equal(made, IMAGES)


@pytest.mark.parametrize("angle", [10.0, 90.0, 170.0])
def test_rotation_is_scipys_for_one_image(angle: float):
    made = changed(IMAGES, Change("rotation", angle), NUMBERS)
    for image, turned in zip(IMAGES, made, strict=True):
        # Of one image, rows first: scipy turns from the first axis to the second.
        expected = ndimage.rotate(image, angle, reshape=False, order=1)
        np.testing.assert_allclose(turned, expected, atol=1e-6)


def test_rotation_by_a_quarter_is_anticlockwise_and_by_a_half_upside_down():
    quarter = changed(IMAGES, Change("rotation", 90), NUMBERS)
    np.testing.assert_allclose(quarter, np.rot90(IMAGES, axes=(1, 2)), atol=1e-5)
    half = changed(IMAGES, Change("rotation", 180), NUMBERS)
    np.testing.assert_allclose(half, IMAGES[:, ::-1, ::-1], atol=1e-5)


def test_shift_by_whole_pixels_is_to_the_right_and_black_comes_in():
    made = changed(IMAGES, Change("shift", 3), NUMBERS)
    np.testing.assert_array_equal(made[:, :, :3], 0)
    np.testing.assert_allclose(made[:, :, 3:], IMAGES[:, :, :-3], atol=1e-6)


def test_shift_by_half_a_pixel_is_scipys():
    made = changed(IMAGES, Change("shift", 0.5), NUMBERS)
    for image, moved in zip(IMAGES, made, strict=True):
        expected = ndimage.shift(image, (0, 0.5), order=1)
        np.testing.assert_allclose(moved, expected, atol=1e-6)


@pytest.mark.parametrize("sigma", [0.25, 1.5])
def test_blur_is_scipys_for_one_image(sigma: float):
    made = changed(IMAGES, Change("blur", sigma), NUMBERS)
    for image, blurred in zip(IMAGES, made, strict=True):
        expected = ndimage.gaussian_filter(image, sigma, mode="constant")
        np.testing.assert_allclose(blurred, expected, atol=1e-6)


def test_noise_is_normal_and_each_images_own():
    grey = np.full((200, 28, 28), 0.5, np.float32)
    made = changed(grey, Change("noise", 0.05, seed=3), np.arange(200))
    assert made.mean() == pytest.approx(0.5, abs=0.001)
    assert made.std() == pytest.approx(0.05, rel=0.01)
    some = changed(grey[:3], Change("noise", 0.05, seed=3), np.array([7, 150, 0]))
    np.testing.assert_array_equal(some, made[[7, 150, 0]])
    twice = changed(grey, Change("noise", 0.1, seed=3), np.arange(200))
    np.testing.assert_allclose(twice - 0.5, 2 * (made - 0.5), atol=1e-6)
    other = changed(grey, Change("noise", 0.05, seed=4), np.arange(200))
    assert np.abs(other - made).max() > 0.1
    expected = np.random.default_rng([3, 7]).standard_normal((28, 28), np.float32)
    np.testing.assert_allclose(made[7], 0.5 + np.float32(0.05) * expected, atol=1e-6)


def test_contrast_ends_in_grey_and_then_in_the_negative():
    np.testing.assert_allclose(changed(IMAGES, Change("contrast", 1), NUMBERS), 0.5, atol=1e-6)
    negative = changed(IMAGES, Change("contrast", 2), NUMBERS)
    np.testing.assert_allclose(negative, 1 - IMAGES, atol=1e-6)
    half = changed(IMAGES, Change("contrast", 0.5), NUMBERS)
    np.testing.assert_allclose(half, IMAGES / 2 + 0.25, atol=1e-6)


def test_lengths_scale_with_the_image():
    assert strengths("shift", 28).tolist() == list(range(9))
    assert strengths("shift", 8)[-1] == pytest.approx(8 * 8 / 28, abs=1e-3)
    assert strengths("rotation", 8)[-1] == 180


def test_an_unknown_kind_is_refused_and_no_images_are_none():
    with pytest.raises(ValueError, match="kind must be one of noise, rotation"):
        changed(IMAGES, Change("fog", 1.0), NUMBERS)  # type: ignore[arg-type]
    assert changed(IMAGES[:0], Change("noise", 1.0), NUMBERS[:0]).shape == (0, 28, 28)
