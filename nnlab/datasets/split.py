"""Divide the images of a set into training, validation and test parts.

The parts are drawn class by class with scikit-learn's `train_test_split`, so a seed gives the
same images as that function does in a notebook.
"""

import functools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.arrays import Labels
from nnlab.datasets.catalog import DatasetInfo, info_of
from nnlab.datasets.errors import UnknownDataset
from nnlab.datasets.plane import class_sizes
from nnlab.experiment import (
    OWN_IMAGES,
    OWN_POINTS,
    SIZE_COUNTS,
    SIZE_SHARES,
    Dataset,
    InvalidExperiment,
    Points,
    Problem,
)

# What is drawn for testing from a set that has no test images of its own.
DEFAULT_TEST_SHARE = 0.2

TEST_FIELD = "dataset.test_size"
VALIDATION_FIELD = "dataset.validation_size"
TRAIN_FIELD = "dataset.train_size"
VARIANTS_FIELD = "dataset.augmentation.writing_variants"
POINTS_FIELD = "dataset.points"
OWN_FIELD = "dataset.own"
OWN_IMAGES_FIELD = "dataset.own_images"
DRAWINGS_FIELD = "dataset.drawings"

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class SplitIndices:
    """Positions of each part in the set's training images followed by its own test images.

    A drawn part has scikit-learn's (shuffled) order, any other the order of the files. With
    `train_size`, images of the training part beyond it are in no part.
    """

    train: Indices
    validation: Indices
    test: Indices


@dataclass(frozen=True)
class _Plan:
    """How many images to draw for each part; None for a part that is not drawn."""

    train: int
    validation: int | None
    test: int | None
    problems: tuple[Problem, ...]


def sizes(dataset: Dataset) -> tuple[int, int, int]:
    """Images for (training, validation, test), from the catalogue alone: reads no file.

    Training counts the changed copies that augmentation adds, and the drawings. Validation counts
    the test images when they serve for it, and is 0 without validation.

    Raises:
        InvalidExperiment: an unknown set, or a size that leaves a part too small.
    """
    _refuse(split_problems(dataset))
    described = info_of(dataset)
    plan = _plan(described.n_train, described.n_test, _strata(described), dataset)
    test = described.n_test if plan.test is None else plan.test
    copies = dataset.augmentation.copies if dataset.augmentation else 0
    train = plan.train * (1 + copies) + _drawn(dataset)
    return train, _validation_size(dataset, plan, test), test


def _strata(described: DatasetInfo) -> int:
    """How many groups of examples each part has to have some of."""
    return len(described.classes) or 1


def _drawn(dataset: Dataset) -> int:
    """Training images that are drawings, each as often as it comes."""
    return dataset.drawings.count * dataset.drawings.repeat if dataset.drawings else 0


def split_problems(dataset: Dataset) -> list[Problem]:
    """What is wrong with the name or the sizes, from the catalogue alone; empty if all is well."""
    try:
        described = info_of(dataset)
    except UnknownDataset as error:
        return [Problem("dataset.name", f"should be one of {', '.join(error.allowed)}")]
    own = _own_problems(dataset, described)
    if own:
        return own
    plan = _plan(described.n_train, described.n_test, _strata(described), dataset)
    suits = _image_problems if described.has_images else _point_problems
    return [*plan.problems, *suits(dataset, described), *_rare_problems(dataset, described, plan)]


def split_indices(y_train: Labels, y_test: Labels, dataset: Dataset) -> SplitIndices:
    """Draw the parts that `dataset` asks for, from labels (n,) of training and own test images.

    Raises:
        InvalidExperiment: a size that would leave a class without an image in some part.
    """
    y = np.concatenate([y_train, y_test])
    if info_of(dataset).regression:
        y = np.zeros(len(y), np.int64)  # no classes to draw by
    plan = _plan(len(y_train), len(y_test), len(np.unique(y)), dataset)
    _refuse(list(plan.problems))
    seed = dataset.split_seed
    if plan.test is None:
        train, test = np.arange(len(y_train)), np.arange(len(y_train), len(y))
    else:
        train, test = _draw(np.arange(len(y)), y, plan.test, seed, TEST_FIELD)
    validation = test if dataset.validation == "test" else test[:0]
    if plan.validation is not None:
        train, validation = _draw(train, y, plan.validation, seed, VALIDATION_FIELD)
    return SplitIndices(train[: plan.train], validation, test)


def _plan(n_train: int, n_test: int, classes: int, dataset: Dataset) -> _Plan:
    holdout = dataset.validation == "holdout"
    wanted = dataset.test_size
    if wanted is None and not n_test:
        wanted = DEFAULT_TEST_SHARE
    problems: list[Problem] = []
    rest, test, validation = n_train, None, None
    if wanted is not None:
        pool = n_train + n_test
        test = _count(wanted, pool)
        rest = pool - test
        least_rest = classes * (2 if holdout else 1)
        problems += _size_problems(TEST_FIELD, wanted, pool, classes, least_rest)
    if holdout and not problems:
        validation = _count(dataset.validation_size, rest)
        problems += _size_problems(
            VALIDATION_FIELD, dataset.validation_size, rest, classes, classes
        )
        rest -= validation
    if dataset.train_size is not None and not problems:
        problems += _train_size_problems(dataset.train_size, rest)
        rest = dataset.train_size
    words = info_of(dataset).words
    told = (Problem(each.field, words(each.message)) for each in problems)
    return _Plan(rest, validation, test, tuple(told))


def _count(size: float, available: int) -> int:
    """Images that `size` means; a share is rounded up, as scikit-learn does."""
    return size if isinstance(size, int) else math.ceil(size * available)


def _size_problems(
    field: str, size: float, available: int, least: int, least_rest: int
) -> list[Problem]:
    """A part needs `least` images and must leave `least_rest`: one for each class and part."""
    most = available - least_rest
    if least <= _count(size, available) <= most:
        return []
    if most < least:
        return [Problem(field, f"{available:,} images are too few to divide; choose none")]
    if isinstance(size, int):
        allowed = f"{least:,} to {min(most, SIZE_COUNTS[1]):,} images"
    else:
        low, high = SIZE_SHARES
        low, high = max(low, least / available), min(high, most / available)
        allowed = f"a share of {_up(low):g} to {_down(high):g} of {available:,} images"
    reason = "each part has every class" if least > 1 else "no part is empty"
    return [Problem(field, f"should be {allowed}, so that {reason} (got {size})")]


def _train_size_problems(size: int, available: int) -> list[Problem]:
    if size <= available:
        return []
    return [
        Problem(
            TRAIN_FIELD,
            f"should be 1 to {available:,} images, all there are to learn from (got {size:,})",
        )
    ]


def _own_problems(dataset: Dataset, described: DatasetInfo) -> list[Problem]:
    """Own points are named by the set `own_points`, own images by `own_images`, and no other."""
    if dataset.name == OWN_IMAGES and dataset.own_images is None:
        return [Problem(OWN_IMAGES_FIELD, "names no images yet; upload some on the Data page")]
    if dataset.name != OWN_IMAGES and dataset.own_images is not None:
        message = f"should be none, because {described.title} has points or images of its own"
        return [Problem(OWN_IMAGES_FIELD, message)]
    if dataset.name == OWN_POINTS and dataset.own is None:
        message = "names no points yet; paint some, or upload a table, on the Data page"
        return [Problem(OWN_FIELD, message)]
    if dataset.name != OWN_POINTS and dataset.own is not None:
        message = f"should be none, because {described.title} has points or images of its own"
        return [Problem(OWN_FIELD, message)]
    return []


def _image_problems(dataset: Dataset, described: DatasetInfo) -> list[Problem]:
    """Zeros can be slashed, shoes cannot; and neither are made from a formula."""
    if dataset.points is not None:
        return [Problem(POINTS_FIELD, f"should be none, because {described.title} has images")]
    if dataset.drawings is not None and dataset.own_images is not None:
        message = "should be none, because drawings join the digits of nnlab's own sets only"
        return [Problem(DRAWINGS_FIELD, message)]
    changes = dataset.augmentation
    if changes is None or not changes.writing_variants or described.shows_digits:
        return []
    message = f"should be 0, because {described.title} has no digits"
    return [Problem(VARIANTS_FIELD, f"{message} (got {changes.writing_variants:g})")]


def _point_problems(dataset: Dataset, described: DatasetInfo) -> list[Problem]:
    """What images can have and points cannot, and more classes than the set has."""
    problems = [
        Problem(f"dataset.{field}", f"should be none, because {described.title} has no images")
        for field in ("augmentation", "drawings")
        if getattr(dataset, field) is not None
    ]
    if described.regression:
        return problems + _class_problems(dataset.points or Points(), described)
    asked = dataset.points.classes if dataset.points and not dataset.own else None
    if asked is not None and asked > described.most_classes:
        message = f"should be 2, because {described.title} has no more classes (got {asked})"
        problems.append(Problem(f"{POINTS_FIELD}.classes", message))
    return problems


def _class_problems(points: Points, described: DatasetInfo) -> list[Problem]:
    """What only classes can have."""
    reason = f"because {described.title} has a number for each point and no classes"
    asked = {"classes": (points.classes, None), "balance": (points.balance, 1.0)}
    return [
        Problem(f"{POINTS_FIELD}.{field}", f"should be {allowed or 'none'}, {reason} (got {value})")
        for field, (value, allowed) in asked.items()
        if value != allowed
    ]


def _rare_problems(dataset: Dataset, described: DatasetInfo, plan: "_Plan") -> list[Problem]:
    """A class may have so few examples that a part drawn class by class gets none of them.

    A part gets at least as many of a class as is its share, rounded down.
    """
    rarest, pool, problems = _rarest(dataset, described), described.n_train, []
    # A set's own test images drawn anew: how many of each class there are, only the file says.
    if rarest is None or plan.problems or (described.n_test and plan.test is not None):
        return []
    for field, drawn in ((TEST_FIELD, plan.test), (VALIDATION_FIELD, plan.validation)):
        if drawn is None:
            continue
        if min(drawn, pool - drawn) * rarest // pool < 1:
            message = (
                f"leaves a part without any of the {rarest} {described.kind} of the smallest class;"
                f" take more {described.kind}, classes of more even size, or other sizes"
            )
            problems.append(Problem(field, message))
        rarest, pool = rarest - -(-rarest * drawn // pool), pool - drawn
    return problems


def _rarest(dataset: Dataset, described: DatasetInfo) -> int | None:
    """Examples of the smallest class; None where there are plenty."""
    if dataset.own_images is not None:
        return dataset.own_images.smallest
    if described.has_images or described.regression:
        return None
    if dataset.own is not None:
        return dataset.own.smallest
    points = dataset.points or Points()
    return min(class_sizes(points.count, points.balance, len(described.classes)))


def _up(share: float) -> float:
    return math.ceil(share * 1000) / 1000


def _down(share: float) -> float:
    return math.floor(share * 1000) / 1000


@functools.cache
def _validation_size(dataset: Dataset, plan: _Plan, test: int) -> int:
    if dataset.validation == "test":
        return test
    return plan.validation or 0


def _draw(
    indices: Indices, y: Labels, count: int, seed: int, field: str
) -> tuple[Indices, Indices]:
    from sklearn.model_selection import train_test_split

    try:
        rest, drawn = train_test_split(
            indices,
            test_size=count,
            stratify=y[indices] if len(np.unique(y)) > 1 else None,
            random_state=seed,
        )
    except ValueError as error:
        raise InvalidExperiment(
            [Problem(field, f"cannot be drawn class by class: {error}")]
        ) from None
    classes = len(np.unique(y))
    if min(len(np.unique(y[rest])), len(np.unique(y[drawn]))) < classes:
        raise InvalidExperiment([Problem(field, "leaves a part without any image of some class")])
    return rest, drawn


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InvalidExperiment(problems)
