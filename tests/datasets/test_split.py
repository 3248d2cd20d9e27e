import itertools
import re

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from nnlab.datasets import info, load_arrays, sizes, split_indices, split_problems
from nnlab.experiment import Dataset, InvalidExperiment

DIGITS = 1797
NO_LABELS = np.empty(0, np.int64)


def labels_like(n_train: int, n_test: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    return rng.integers(0, 10, n_train), rng.integers(0, 10, n_test)


@pytest.fixture(scope="module")
def y_digits() -> np.ndarray:
    from sklearn.datasets import load_digits

    return load_digits().target.astype(np.int64)


@pytest.mark.parametrize("seed", [0, 42])
def test_the_same_images_as_scikit_learn_draws(y_digits: np.ndarray, seed: int):
    dataset = Dataset(name="digits", test_size=0.3, validation_size=100, split_seed=seed)
    indices = split_indices(y_digits, NO_LABELS, dataset)
    rest, test = train_test_split(
        np.arange(DIGITS), test_size=0.3, stratify=y_digits, random_state=seed
    )
    train, validation = train_test_split(
        rest, test_size=100, stratify=y_digits[rest], random_state=seed
    )
    np.testing.assert_array_equal(indices.train, train)
    np.testing.assert_array_equal(indices.validation, validation)
    np.testing.assert_array_equal(indices.test, test)


def test_a_fifth_is_drawn_from_a_set_without_test_images(y_digits: np.ndarray):
    indices = split_indices(y_digits, NO_LABELS, Dataset(name="digits", validation="none"))
    expected = train_test_split(np.arange(DIGITS), test_size=0.2, stratify=y_digits, random_state=0)
    np.testing.assert_array_equal(indices.test, expected[1])
    assert len(indices.validation) == 0


def test_own_test_images_are_kept():
    y_train, y_test = labels_like(600, 100)
    indices = split_indices(y_train, y_test, Dataset(name="mnist", validation_size=60))
    np.testing.assert_array_equal(indices.test, np.arange(600, 700))
    assert sorted([*indices.train, *indices.validation]) == list(range(600))
    assert len(indices.validation) == 60


def test_a_test_size_draws_from_all_images():
    y_train, y_test = labels_like(600, 100)
    dataset = Dataset(name="mnist", test_size=350, validation="test")
    indices = split_indices(y_train, y_test, dataset)
    assert len(indices.test) == 350
    assert (indices.test >= 600).any()
    assert (indices.train >= 600).any()
    assert sorted([*indices.train, *indices.test]) == list(range(700))
    np.testing.assert_array_equal(indices.validation, indices.test)


def test_parts_have_the_class_shares_of_the_whole(y_digits: np.ndarray):
    indices = split_indices(y_digits, NO_LABELS, Dataset(name="digits", test_size=0.5))
    whole = np.bincount(y_digits) / DIGITS
    for part in (indices.train, indices.validation, indices.test):
        counts = np.bincount(y_digits[part], minlength=10)
        assert np.abs(counts - whole * len(part)).max() <= 1.5


def test_only_the_first_training_images_are_learned_from(y_digits: np.ndarray):
    for validation in ("holdout", "test", "none"):
        whole = Dataset(name="digits", validation=validation)
        few = whole.model_copy(update={"train_size": 37})
        all_indices, indices = (split_indices(y_digits, NO_LABELS, d) for d in (whole, few))
        np.testing.assert_array_equal(indices.train, all_indices.train[:37])
        np.testing.assert_array_equal(indices.validation, all_indices.validation)
        np.testing.assert_array_equal(indices.test, all_indices.test)
        assert sizes(few) == (37, *sizes(whole)[1:])


def test_without_a_draw_the_first_are_those_of_the_files():
    y_train, y_test = labels_like(600, 100)
    dataset = Dataset(name="mnist", validation="test", train_size=500)
    np.testing.assert_array_equal(split_indices(y_train, y_test, dataset).train, np.arange(500))


def test_more_images_than_there_are_to_learn_from_are_refused():
    left = sizes(Dataset(name="digits"))[0]
    assert split_problems(Dataset(name="digits", train_size=left)) == []
    (problem,) = split_problems(Dataset(name="digits", train_size=left + 1))
    assert problem.field == "dataset.train_size"
    assert f"1 to {left:,} images" in problem.message


def test_seeds_decide(y_digits: np.ndarray):
    drawn = [
        split_indices(y_digits, NO_LABELS, Dataset(name="digits", split_seed=seed)).test.tolist()
        for seed in (1, 1, 2)
    ]
    assert drawn[0] == drawn[1] != drawn[2]


SIZES = (None, 10, 200, 0.01, 0.137, 0.5, 0.9)


def test_announced_sizes_are_those_drawn(y_digits: np.ndarray):
    seen = {"drawn": 0, "refused": 0}
    y_5k = load_arrays("mnist_5k").y_train
    choices = itertools.product(
        [("digits", y_digits), ("mnist_5k", y_5k)], SIZES, SIZES[1:], ["holdout", "test", "none"]
    )
    for (name, y), test_size, validation_size, validation in choices:
        dataset = Dataset(
            name=name, test_size=test_size, validation_size=validation_size, validation=validation
        )
        if split_problems(dataset):
            with pytest.raises(InvalidExperiment):
                split_indices(y, NO_LABELS, dataset)
            seen["refused"] += 1
            continue
        indices = split_indices(y, NO_LABELS, dataset)
        assert sizes(dataset) == (len(indices.train), len(indices.validation), len(indices.test))
        for part in (indices.train, indices.test):
            assert len(np.unique(y[part])) == 10
        seen["drawn"] += 1
    assert min(seen.values()) >= 4


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        (Dataset(name="mnist"), (54_000, 6_000, 10_000)),
        (Dataset(name="mnist", validation_size=5_000), (55_000, 5_000, 10_000)),
        (Dataset(name="mnist", validation="test"), (60_000, 10_000, 10_000)),
        (Dataset(name="fashion_mnist", validation="none"), (60_000, 0, 10_000)),
        (Dataset(name="mnist", test_size=0.5, validation="none"), (35_000, 0, 35_000)),
        (Dataset(name="digits"), (1293, 144, 360)),
        (Dataset(name="mnist", train_size=500), (500, 6_000, 10_000)),
    ],
)
def test_sizes(dataset: Dataset, expected: tuple[int, int, int]):
    assert sizes(dataset) == expected


@pytest.mark.parametrize("field", ["test_size", "validation_size"])
@pytest.mark.parametrize("bad", [1, 9, 1_790, 50_000])
def test_a_refused_number_of_images_names_a_range_that_is_exactly_right(field: str, bad: int):
    # So small a validation part that it never is what is wrong with a test part.
    dataset = Dataset(name="digits", **{"validation_size": 10} | {field: bad})
    (problem,) = split_problems(dataset)
    assert problem.field == f"dataset.{field}"
    low, high = (
        int(n.replace(",", "")) for n in re.findall(r"[\d,]+(?= (?:to|images))", str(problem))
    )
    for size, fine in ((low - 1, False), (low, True), (high, True), (high + 1, False)):
        assert (
            split_problems(Dataset(name="digits", **{"validation_size": 10} | {field: size})) == []
        ) is fine


def test_a_range_never_exceeds_what_an_experiment_allows_at_all():
    (problem,) = split_problems(Dataset(name="mnist", validation_size=9))
    assert "10 to 50,000 images" in problem.message


def test_a_refused_share_names_the_allowed_shares():
    dataset = Dataset(name="mnist_5k", test_size=0.9, validation_size=0.01)
    (problem,) = split_problems(dataset)
    assert problem.field == "dataset.validation_size"
    assert "0.02 to 0.9 of 500 images" in problem.message
    for share in (0.02, 0.9):
        assert split_problems(Dataset(name="mnist_5k", test_size=0.9, validation_size=share)) == []


def test_sizes_refuses_with_the_same_problem():
    dataset = Dataset(name="digits", validation_size=9)
    with pytest.raises(InvalidExperiment) as caught:
        sizes(dataset)
    assert caught.value.problems == split_problems(dataset)


def test_an_unknown_set_is_a_problem_of_the_name():
    (problem,) = split_problems(Dataset(name="cifar"))
    assert problem.field == "dataset.name"
    assert "mnist_5k" in problem.message
    with pytest.raises(InvalidExperiment):
        sizes(Dataset(name="cifar"))


@pytest.mark.parametrize(
    ("counts", "reason"),
    [([50, 50, 1], "class by class"), ([300, 300, 2], "some class"), ([1, 1, 1], "too few")],
)
def test_a_class_with_too_few_images_is_refused(counts: list[int], reason: str):
    y = np.repeat(np.arange(3), counts)
    dataset = Dataset(name="digits", test_size=3, validation="none")
    with pytest.raises(InvalidExperiment, match=reason) as caught:
        split_indices(y, NO_LABELS, dataset)
    assert caught.value.problems[0].field == "dataset.test_size"


def test_the_smallest_parts_of_real_sets_have_every_class(y_digits: np.ndarray):
    assert len(info("digits").classes) == 10
    for size in range(10, 40):
        dataset = Dataset(name="digits", test_size=size, validation_size=size)
        indices = split_indices(y_digits, NO_LABELS, dataset)
        for part in (indices.validation, indices.test):
            assert len(np.unique(y_digits[part])) == 10
