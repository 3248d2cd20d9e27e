"""Points in the plane: against scikit-learn's own generators and the formulas themselves."""

import numpy as np
import pytest
from sklearn.datasets import make_blobs, make_circles, make_moons

from nnlab.datasets import arrays_of, fetch, info, info_of, load_splits, sizes, status
from nnlab.datasets.errors import DatasetUnavailable
from nnlab.datasets.plane import class_sizes, make_points, plane_features
from nnlab.experiment import (
    FEATURES,
    Augmentation,
    Dataset,
    Drawn,
    Experiment,
    InvalidExperiment,
    Points,
)

NAMES = ["circle", "xor", "gaussians", "spiral", "moons", "blobs", "rings"]


def sets_of_rows(*arrays: np.ndarray) -> list[set]:
    return [set(map(tuple, np.asarray(array).round(12).tolist())) for array in arrays]


def by_class(points: np.ndarray, labels: np.ndarray) -> list[np.ndarray]:
    return [points[labels == label] for label in np.unique(labels)]


def made(name: str, **changes) -> list[np.ndarray]:
    wanted = {"count": 300, "noise": 0.2, "balance": 1.0, "classes": 2, "seed": 3} | changes
    return by_class(*make_points(name, **wanted))


def test_moons_are_scikit_learns_three_times_as_large():
    points, labels = make_moons((150, 150), shuffle=False, noise=0.2, random_state=3)
    theirs = by_class((points - [0.5, 0.25]) * 3, labels)
    assert sets_of_rows(*made("moons")) == sets_of_rows(*theirs)


def test_gaussians_are_scikit_learns_blobs_at_two_points():
    spread = np.sqrt(0.5 + 7 * 0.2)  # Playground: variance 0.5 to 4 for a noise of 0 to 0.5
    points, labels = make_blobs(
        [150, 150], centers=[[2, 2], [-2, -2]], cluster_std=spread, shuffle=False, random_state=3
    )
    assert sets_of_rows(*made("gaussians")) == sets_of_rows(*by_class(points, labels))


def test_blobs_are_scikit_learns_around_a_circle():
    angle = np.arange(5) * 2 * np.pi / 5
    centres = 4 * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    points, labels = make_blobs(
        class_sizes(300, 0.5, 5), centers=centres, cluster_std=1.1, shuffle=False, random_state=3
    )
    ours = made("blobs", classes=5, balance=0.5)
    assert sets_of_rows(*ours) == sets_of_rows(*by_class(points, labels))


def test_two_rings_without_noise_are_scikit_learns_circles():
    points, labels = make_circles((150, 150), shuffle=False, factor=0.5)
    outer, inner = by_class(points * 5, labels)
    # scikit-learn counts its angle from the other axis.
    assert sets_of_rows(*made("rings", noise=0)) == sets_of_rows(inner[:, ::-1], outer[:, ::-1])


def test_rings_have_normal_noise_around_even_radii():
    for ring, points in enumerate(made("rings", classes=6, count=5000, noise=0.2), start=1):
        radius = np.hypot(*points.T)
        assert radius.mean() == pytest.approx(np.hypot(5 * ring / 6, 0), abs=0.06)
        assert radius.std() == pytest.approx(0.2, rel=0.15)


def test_spiral_is_playgrounds_formula():
    points, labels = make_points("spiral", 200, 0.0, 1.0, 2, 0)
    for label, arm in enumerate(by_class(points, labels)):
        wanted = []
        for i in range(100):
            r = i / 100 * 5
            t = 1.75 * i / 100 * 2 * np.pi + label * np.pi
            wanted.append((r * np.sin(t), r * np.cos(t)))
        assert sets_of_rows(arm) == sets_of_rows(np.array(wanted))


def test_circle_and_exclusive_or_lie_as_in_playground():
    inside, outside = (np.hypot(*part.T) for part in made("circle", noise=0, count=2000))
    assert inside.max() <= 2.5
    assert 3.5 <= outside.min() <= outside.max() <= 5
    same, different = made("xor", noise=0, count=2000)
    assert (np.prod(same, axis=1) > 0).all()
    assert (np.prod(different, axis=1) < 0).all()
    assert np.abs(np.concatenate([same, different])).min() >= 0.3
    assert len(np.unique(np.sign(same[:, 0]))) == 2


@pytest.mark.parametrize("name", ["circle", "xor"])
def test_noise_moves_points_evenly_up_to_its_share_of_the_radius(name: str):
    still, moved = (make_points(name, 2000, noise, 1.0, 2, 7)[0] for noise in (0, 0.3))
    way = np.abs(moved - still)
    assert 1.4 < way.max() <= 1.5
    assert way.mean() == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize("name", NAMES)
def test_classes_have_exactly_the_sizes_asked_for(name: str):
    _, labels = make_points(name, 501, 0.5, 0.25, 2, 1)
    assert np.bincount(labels).tolist() == class_sizes(501, 0.25, 2) == [401, 100]
    assert labels[:20].min() == 0  # mixed, not class by class
    assert labels[:20].max() == 1


def test_sizes_go_evenly_from_the_first_class_to_the_last():
    assert class_sizes(600, 1.0, 6) == [100] * 6
    assert class_sizes(200, 1 / 3, 3) == [100, 67, 33]


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_gives_the_same_points_and_another_other_ones(name: str):
    first, again, other = (make_points(name, 200, 0.1, 1.0, 2, seed)[0] for seed in (4, 4, 5))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert np.abs(first).max() < 8


def test_features_are_what_their_names_say():
    points = np.array([[2.0, -3.0], [0.5, 1.5]])
    found = plane_features(points, FEATURES)
    assert found.dtype == np.float32
    assert found[0] == pytest.approx([2, -3, 4, 9, -6, np.sin(2), np.sin(-3)])
    assert plane_features(points, ("xy", "x"))[1] == pytest.approx([0.75, 0.5])


def test_splits_hold_the_features_of_the_points():
    dataset = Dataset(name="rings", points=Points(count=400, features=("x2", "y2"), classes=4))
    splits = load_splits(dataset)
    assert splits.info.input_shape == (2,)
    assert splits.info.classes == ("A", "B", "C", "D")
    assert (len(splits.y_train), len(splits.y_validation), len(splits.y_test)) == sizes(dataset)
    assert sizes(dataset) == (288, 32, 80)
    arrays = arrays_of(dataset)
    wanted = (arrays.x_train**2).astype(np.float32)
    parts = [splits.x_train, splits.x_validation, splits.x_test]
    assert sets_of_rows(np.concatenate(parts)) == sets_of_rows(wanted)


def test_what_is_not_said_is_the_default():
    a, b = (load_splits(Dataset(name="spiral", points=points)) for points in (None, Points()))
    assert np.array_equal(a.x_train, b.x_train)
    assert info_of(Dataset(name="blobs")).classes == info("blobs").classes == ("A", "B", "C")
    assert info_of(Dataset(name="mnist")) is info("mnist")


@pytest.mark.parametrize(
    ("dataset", "field"),
    [
        (Dataset(name="mnist", points=Points()), "dataset.points"),
        (Dataset(name="xor", points=Points(classes=3)), "dataset.points.classes"),
        (Dataset(name="xor", augmentation=Augmentation()), "dataset.augmentation"),
        (Dataset(name="xor", drawings=Drawn(id="0" * 64, count=1)), "dataset.drawings"),
        (
            Dataset(name="blobs", points=Points(count=100, balance=0.1, classes=6)),
            "dataset.test_size",
        ),
    ],
)
def test_what_does_not_suit_is_refused_by_field(dataset: Dataset, field: str):
    with pytest.raises(InvalidExperiment) as caught:
        sizes(dataset)
    assert field in [problem.field for problem in caught.value.problems]
    with pytest.raises(InvalidExperiment):
        load_splits(dataset)


def test_what_is_not_refused_can_be_drawn():
    """The check knows from the settings alone what the draw would find."""
    draw = np.random.default_rng(0)
    drawn = 0
    for seed in range(150):
        points = Points(
            count=int(draw.choice([100, 150, 500])),
            balance=float(draw.choice([0.1, 0.3, 1.0])),
            classes=int(draw.integers(2, 7)),
            seed=seed,
        )
        sizes_ = {"test_size": float(draw.choice([0.05, 0.2, 0.9])), "validation_size": 0.1}
        dataset = Dataset(name="rings", points=points, **sizes_)
        try:
            sizes(dataset)
        except InvalidExperiment:
            continue
        splits = load_splits(dataset)
        for labels in (splits.y_train, splits.y_validation, splits.y_test):
            assert len(np.unique(labels)) == points.classes
        drawn += 1
    assert 30 < drawn < 150


def test_points_need_no_file():
    assert status("spiral").state == "ready"
    with pytest.raises(DatasetUnavailable, match="made from a formula"):
        fetch("spiral")


def test_figures_stored_before_there_were_points_are_found_again():
    known = "bb4a2c4f9b624812b60c73bc982d7f83f821997ca14c1589d02dbfc79801eb37"
    assert Experiment().fingerprint() == known
    spiral = [Experiment(dataset=Dataset(name="spiral", points=p)) for p in (None, Points(noise=0))]
    assert len({experiment.fingerprint() for experiment in spiral}) == 2
