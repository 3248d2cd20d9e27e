"""Changed copies: each kind of change against a reference, and what must not change."""

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy.interpolate import BSpline
from scipy.ndimage import affine_transform, center_of_mass, map_coordinates
from small_sets import N_TRAIN, small_arrays

from nnlab.datasets import load_splits, sizes
from nnlab.datasets.augmentation import augment
from nnlab.datasets.augmentation.ink import centre_of_mass, column_in, ink_box
from nnlab.datasets.augmentation.warp import (
    GRID,
    affine,
    bends,
    positions,
    sample,
    shifted,
    spline_matrix,
)
from nnlab.datasets.augmentation.writing import (
    crossed,
    draw_stroke,
    flagged_or_footed,
    hooked,
    slashed,
    with_variants,
)
from nnlab.experiment import Augmentation, Dataset, InvalidExperiment

NOTHING = dict.fromkeys(Augmentation().model_dump(exclude={"copies"}), 0.0)
SIDE = 28


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


@pytest.fixture
def noise(rng: np.random.Generator) -> np.ndarray:
    return rng.random((5, SIDE, SIDE), np.float32)


def strokes(n: int, shape: str) -> np.ndarray:
    """`n` equal digits drawn with Pillow: "0", a ring; "1", a stem; "7"; "9"."""
    picture = Image.new("L", (SIDE, SIDE))
    brush = ImageDraw.Draw(picture)
    if shape == "0":
        brush.ellipse((8, 4, 19, 23), outline=255, width=2)
    elif shape == "1":
        brush.line((14, 4, 14, 23), fill=255, width=2)
    elif shape == "7":
        brush.line((7, 5, 20, 5, 12, 23), fill=255, width=2)
    else:
        brush.ellipse((9, 4, 18, 13), outline=255, width=2)
        brush.line((18, 8, 18, 23), fill=255, width=2)
    return np.repeat(np.asarray(picture, np.float32)[None] / 255, n, axis=0)


def blurred(n: int, side: int = SIDE) -> np.ndarray:
    """`n` soft blobs (uint8) at different places, all away from the border."""
    rng = np.random.default_rng(1)
    row, column = rng.uniform(0.4, 0.6, (2, n, 1, 1)) * side
    y, x = np.mgrid[:side, :side]
    return np.rint(255 * np.exp(-((y - row) ** 2 + (x - column) ** 2) / side)).astype(np.uint8)


def test_sampling_is_scipys_with_zeros_outside(noise, rng):
    where = rng.uniform(-4, SIDE + 4, (2, 5, SIDE, SIDE)).astype(np.float32)
    expected = [
        map_coordinates(image, where[:, i], order=1, mode="grid-constant")
        for i, image in enumerate(noise)
    ]
    np.testing.assert_allclose(sample(noise, where), expected, atol=2e-5)


def test_turned_stretched_and_sheared_as_scipy_does_it(noise, rng):
    matrices = affine(rng, 5, 0.1, (0.3, 0.2), 0.4)
    middle = rng.uniform(10, 18, (2, 5))
    ours = sample(noise, positions(matrices, middle, SIDE))
    for i, image in enumerate(noise):
        offset = middle[:, i] - matrices[i] @ np.full(2, (SIDE - 1) / 2)
        theirs = affine_transform(image, matrices[i], offset, order=1, mode="grid-constant")
        np.testing.assert_allclose(ours[i], theirs, atol=2e-5)


def test_the_matrices_stay_within_what_was_asked_for(rng):
    turns = affine(rng, 2000, 0.05, (0.0, 0.0), 0.0)
    np.testing.assert_allclose(
        turns @ turns.swapaxes(1, 2), np.tile(np.eye(2), (2000, 1, 1)), atol=1e-12
    )
    angles = np.arctan2(turns[:, 0, 1], turns[:, 0, 0]) / (2 * np.pi)
    assert -0.05 <= angles.min() < -0.045
    assert 0.045 < angles.max() <= 0.05
    zooms = affine(rng, 2000, 0.0, (0.1, 0.3), 0.0)
    assert np.abs(zooms[:, 0, 0] - 1).max() == pytest.approx(0.1, abs=0.01)
    assert np.abs(zooms[:, 1, 1] - 1).max() == pytest.approx(0.3, abs=0.01)
    sheared = affine(rng, 2000, 0.0, (0.0, 0.0), 0.2)
    assert np.abs(sheared[:, 1, 0]).max() == pytest.approx(0.2, abs=0.01)
    np.testing.assert_array_equal(sheared[:, [0, 0, 1], [0, 1, 1]], [[1, 0, 1]] * 2000)


def test_bends_are_scipys_cubic_splines_of_the_grid(rng):
    knots = np.arange(GRID + 4, dtype=float)
    places = np.linspace(3, GRID, SIDE)
    places[-1] -= 1e-9  # scipy's last interval is closed, too, but only with extrapolation
    expected = BSpline.design_matrix(places, knots, 3).toarray()
    np.testing.assert_allclose(spline_matrix(GRID, SIDE), expected, atol=1e-6)
    field = bends(rng, 3000, SIDE, 2.0)
    assert field.shape == (2, 3000, SIDE, SIDE)
    # Independent normal values, weighted: their variances add up with the weights squared.
    squares = (expected**2).sum(axis=1)
    deviation = 2.0 * np.sqrt(np.outer(squares, squares))
    np.testing.assert_allclose(field.std(axis=(0, 1)), deviation, rtol=0.06)


def test_whole_pixels_are_moved_and_zeros_come_in(noise):
    rows, columns = np.array([0, 3, -2, 28, 0]), np.array([0, -4, 5, 1, -27])
    moved = shifted(noise, rows, columns)
    for image, before, down, right in zip(moved, noise, rows, columns, strict=True):
        offset = -np.array([down, right])
        np.testing.assert_array_equal(image, affine_transform(before, np.eye(2), offset, order=0))


def test_the_ink_is_where_it_is():
    images = blurred(20).astype(np.float32) / 255
    images[7] = 0
    box, mass = np.stack(ink_box(images), axis=1), np.stack(centre_of_mass(images), axis=1)
    for i, image in enumerate(images):
        if i == 7:
            assert tuple(box[i]) == (0, 27, 0, 27)
            assert tuple(mass[i]) == pytest.approx((13.5, 13.5))
            continue
        rows, columns = np.nonzero(image > 0.3)
        assert tuple(box[i]) == (rows.min(), rows.max(), columns.min(), columns.max())
        assert tuple(mass[i]) == pytest.approx(center_of_mass(image), abs=1e-3)
    stem = strokes(1, "1")
    expected = np.nonzero(stem[0, 10])[0].mean()
    assert column_in(stem, np.array([10])) == pytest.approx([expected], abs=1e-3)


def test_a_stroke_is_as_long_and_wide_as_it_should_be():
    blank = np.zeros((1, 200, 200), np.float32)
    start, end = np.array([[40.0, 50.0]]), np.array([[120.0, 110.0]])
    drawn = draw_stroke(blank, start, end, np.array([9.0]))[0]
    # A rectangle and two half discs.
    assert drawn.sum() == pytest.approx(100 * 9 + np.pi * 4.5**2, rel=0.01)
    assert center_of_mass(drawn) == pytest.approx((80, 80), abs=0.05)
    assert not blank.any()
    over = draw_stroke(np.ones_like(blank), start, end, np.array([9.0]))
    np.testing.assert_array_equal(over, 1)


@pytest.mark.parametrize(
    ("shape", "change"),
    [("0", slashed), ("1", flagged_or_footed), ("7", crossed), ("9", hooked)],
)
def test_a_variant_adds_ink_and_takes_none(shape, change, rng):
    before = strokes(200, shape)
    after = change(before, rng)
    assert after.dtype == np.float32
    assert (after >= before).all()
    assert after.max() <= 1
    added = (after - before).sum(axis=(1, 2))
    assert (added > 2).all()
    # No stroke is longer than the diagonal or wider than 3 pixels.
    assert (added < 110).all()
    assert added.std() > 2  # each in its own way


def test_a_slash_goes_through_the_hole_and_stands_out_of_some(rng):
    zeros = slashed(strokes(200, "0"), rng)
    assert (zeros[:, 13:15, 13:15].max(axis=(1, 2)) > 0.9).all()
    outside = zeros[:, :3].max(axis=(1, 2)) > 0.5
    assert 0.2 < outside.mean() < 0.9


def test_a_foot_is_below_and_a_flag_above_on_the_left(rng):
    ones = flagged_or_footed(strokes(500, "1"), rng)
    flag = ones[:, 3:16, :12].max(axis=(1, 2)) > 0.5
    foot = ones[:, 20:, 16:].max(axis=(1, 2)) > 0.5
    assert flag.mean() == pytest.approx(0.75, abs=0.06)
    assert foot.mean() == pytest.approx(0.6, abs=0.06)
    assert (flag | foot).mean() > 0.95  # a few flags are too short to reach there


def test_a_hook_goes_left_from_the_foot_of_a_nine(rng):
    before = strokes(200, "9")
    after = hooked(before, rng)
    assert (after[:, 17:, 8:15].max(axis=(1, 2)) > 0.5).all()
    np.testing.assert_array_equal(after[:, :16], before[:, :16])


def test_a_bar_crosses_the_stem_of_a_seven(rng):
    before = strokes(200, "7")
    added = crossed(before, rng) - before
    assert not added[:, :8].any()
    stem = column_in(before, np.full(200, 14))
    for image, column in zip(added, stem, strict=True):
        columns = np.nonzero(image.max(axis=0) > 0.3)[0]
        assert columns.min() < column - 1
        assert columns.max() > column + 1


def test_only_the_asked_for_share_of_four_digits_is_varied(rng):
    labels = np.tile(np.arange(10), 200)
    images = np.concatenate([strokes(1, "0"), *[strokes(1, "1")] * 6, strokes(1, "7")])
    images = np.concatenate([images, strokes(1, "1"), strokes(1, "9")])
    images = np.tile(images, (200, 1, 1))
    varied = with_variants(images, labels, 0.3, rng)
    changed = (varied != images).any(axis=(1, 2))
    shares = np.array([changed[labels == digit].mean() for digit in range(10)])
    np.testing.assert_array_equal(shares[[2, 3, 4, 5, 6, 8]], 0)
    np.testing.assert_allclose(shares[[0, 1, 7, 9]], 0.3, atol=0.1)
    np.testing.assert_array_equal(with_variants(images, labels, 0.0, rng), images)


def test_without_any_change_the_copies_are_the_originals():
    images, labels = small_arrays()["x_train"], small_arrays()["y_train"]
    everything, names = augment(images, labels, scale=255, seed=0, copies=2, **NOTHING)
    np.testing.assert_array_equal(everything[:N_TRAIN], images)
    np.testing.assert_array_equal(names, np.tile(labels, 3))
    # A box that does not stand in the middle is moved there and back.
    blobs = blurred(30)
    copied, _ = augment(blobs, np.zeros(30, int), scale=255, seed=0, copies=1, **NOTHING)
    difference = np.abs(copied[30:].astype(int) - blobs)
    assert difference.mean() < 3


@pytest.mark.parametrize("scale", [255, 16])
def test_copies_follow_their_originals_and_depend_on_the_seed_alone(scale: int):
    images = np.rint(blurred(300) * (scale / 255)).astype(np.uint8)
    labels = np.arange(300) % 10
    before = images.copy()
    options = {"scale": scale, **Augmentation(copies=2).model_dump()}
    everything, names = augment(images, labels, seed=4, **options)
    assert everything.dtype == np.uint8
    assert everything.shape == (900, SIDE, SIDE)
    assert everything.max() <= scale
    np.testing.assert_array_equal(images, before)
    np.testing.assert_array_equal(everything[:300], images)
    np.testing.assert_array_equal(names, np.tile(labels, 3))
    again, _ = augment(images, labels, seed=4, **options)
    np.testing.assert_array_equal(everything, again)
    other, _ = augment(images, labels, seed=5, **options)
    assert (everything[300:] != other[300:]).any(axis=(1, 2)).mean() > 0.99
    assert (everything[300:600] != everything[600:]).any(axis=(1, 2)).mean() > 0.99


def test_copies_keep_the_place_of_their_ink():
    images, labels = blurred(300), np.ones(300, int)
    everything, _ = augment(images, labels, scale=255, seed=0, **Augmentation().model_dump())
    was, now = (np.stack(centre_of_mass(x.astype(float))) for x in np.split(everything, 2))
    assert np.abs(now - was).max() <= 0.51


def test_contrast_makes_edges_steeper():
    images, labels = blurred(300), np.zeros(300, int)
    options = NOTHING | {"contrast": 4.0}
    everything, _ = augment(images, labels, scale=255, seed=0, copies=1, **options)
    plain, _ = augment(images, labels, scale=255, seed=0, copies=1, **NOTHING)

    def between(x: np.ndarray) -> float:
        return float(((x > 25) & (x < 230)).mean())

    assert between(everything[300:]) < 0.75 * between(plain[300:])


@pytest.mark.parametrize("name", ["digits", "mnist_5k"])
@pytest.mark.parametrize("choice", [{}, {"validation": "none"}, {"train_size": 50}])
def test_only_the_training_part_grows_and_as_announced(name: str, choice: dict):
    plain = Dataset(name=name, split_seed=2, **choice)
    dataset = plain.model_copy(update={"augmentation": Augmentation(copies=2)})
    few, many = load_splits(plain), load_splits(dataset)
    assert sizes(dataset) == (len(many.x_train), len(many.x_validation), len(many.x_test))
    assert len(many.y_train) == len(many.x_train) == 3 * len(few.x_train)
    np.testing.assert_array_equal(many.x_train[: len(few.x_train)], few.x_train)
    np.testing.assert_array_equal(many.y_train, np.tile(few.y_train, 3))
    assert many.y_train.dtype == np.int64
    for part in ("validation", "test"):
        for letter in "xy":
            key = f"{letter}_{part}"
            np.testing.assert_array_equal(getattr(many, key), getattr(few, key))


def test_variants_are_for_digits_only():
    refused = Dataset(name="fashion_mnist", augmentation=Augmentation(writing_variants=0.2))
    for use in (sizes, load_splits):
        with pytest.raises(InvalidExperiment) as caught:
            use(refused)
        problem = caught.value.problems[0]
        assert problem.field == "dataset.augmentation.writing_variants"
        assert problem.message == "should be 0, because Fashion-MNIST has no digits (got 0.2)"
    plain = Dataset(name="fashion_mnist", augmentation=Augmentation(writing_variants=0))
    assert sizes(plain) == (108_000, 6_000, 10_000)
