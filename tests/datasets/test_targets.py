"""Points with a number each: the formulas written out again, point by point; and their split."""

import math

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from nnlab.datasets import arrays_of, load_splits, sizes, split_problems
from nnlab.datasets.plane import make_targets
from nnlab.datasets.shuffled import shuffled_split
from nnlab.experiment import Dataset, Points

NAMES = ["plane", "bumps", "waves"]


def plane(x: float, y: float) -> float:
    return (x + y) / 12


def bumps(x: float, y: float) -> float:
    """Playground's `regressGaussian`: of all bumps the value that is furthest from 0."""
    found = 0.0
    for cx, cy, sign in [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1),
                         (4, -2.5, -1)]:  # fmt: skip
        distance = math.sqrt((x - cx) ** 2 + (y - cy) ** 2)
        value = sign * max(0.0, 1 - distance / 2)
        found = value if abs(value) > abs(found) else found
    return found


def waves(x: float, y: float) -> float:
    return (math.sin(x) + math.sin(y)) / 2


@pytest.mark.parametrize("surface", [plane, bumps, waves])
@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_targets_are_the_formula_at_places_that_noise_has_moved(surface, noise: float):
    points, targets = make_targets(surface.__name__, 400, noise, 7)
    draw = np.random.default_rng([7, 1])
    drawn, moved = (draw.uniform(-6, 6, (400, 2)) for _ in range(2))
    assert np.array_equal(points, drawn)
    wanted = [surface(*place) for place in (drawn + moved * noise).tolist()]
    np.testing.assert_allclose(targets, np.clip(wanted, -1, 1), atol=1e-6)
    assert (points.dtype, targets.dtype) == (np.float64, np.float32)
    assert np.abs(targets).max() <= 1


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_gives_the_same_points_and_another_one_others(name: str):
    first, again, other = (make_targets(name, 50, 0.1, seed) for seed in (1, 1, 2))
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("seed", range(10))
def test_parts_without_classes_are_scikit_learns(seed: int):
    n = 50 + 37 * seed
    rest, drawn = train_test_split(np.arange(n), test_size=10 + seed, random_state=seed)
    ours = shuffled_split(np.zeros(n), 10 + seed, seed)
    assert np.array_equal(ours[0], rest)
    assert np.array_equal(ours[1], drawn)


def test_the_parts_of_a_set_are_drawn_so_one_after_the_other():
    wanted = Dataset(name="waves", test_size=0.3, validation_size=0.25, split_seed=4)
    arrays, splits = arrays_of(wanted), load_splits(wanted)
    y = arrays.y_train
    rest, test = train_test_split(np.arange(len(y)), test_size=0.3, random_state=4)
    train, validation = train_test_split(rest, test_size=0.25, random_state=4)
    for part, positions in (("test", test), ("validation", validation), ("train", train)):
        np.testing.assert_array_equal(getattr(splits, f"y_{part}"), y[positions])
        np.testing.assert_allclose(
            getattr(splits, f"x_{part}"), arrays.x_train[positions], rtol=1e-6
        )
    assert sizes(wanted) == (len(train), len(validation), len(test))


@pytest.mark.parametrize(
    ("points", "field"), [(Points(classes=3), "classes"), (Points(balance=0.5), "balance")]
)
def test_what_only_classes_have_is_refused_by_its_name(points: Points, field: str):
    (problem,) = split_problems(Dataset(name="plane", points=points))
    assert problem.field == f"dataset.points.{field}"
    assert "number for each point and no classes" in problem.message
