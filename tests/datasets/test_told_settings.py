"""What experiments leave out and mean all the same, when they are compared."""

import pytest

from nnlab.analysis.comparing.seed_groups import group_key
from nnlab.datasets.told_settings import shortest, spelled_out, told_differences, told_settings
from nnlab.experiment import (
    OWN_IMAGES,
    OWN_POINTS,
    Dataset,
    Experiment,
    Output,
    OwnImages,
    OwnPoints,
    Points,
    Training,
    differing,
)
from nnlab.ui.playground.board import alike

OWN = OwnPoints(id="0" * 64, count=90, smallest=40, classes=("a", "b"))
CROSS_ENTROPY = "sparse_categorical_crossentropy"


def on(name: str = "circle", loss: str | None = None, **dataset: object) -> Experiment:
    return Experiment(
        dataset=Dataset(name=name, **dataset),  # type: ignore[arg-type]
        training=Training(loss=loss),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("left_out", "written"),
    [
        (on(), on(points=Points())),
        (on(), on(test_size=0.2)),
        (on(), on(loss=CROSS_ENTROPY)),
        (on("digits"), on("digits", test_size=0.2, loss=CROSS_ENTROPY)),
        (on(OWN_POINTS, own=OWN), on(OWN_POINTS, own=OWN, points=Points(count=300))),
        (
            on(OWN_IMAGES, own_images=OwnImages(id="0" * 64, count=90, smallest=40,
                                                classes=("a", "b"), side=28)),
            on(OWN_IMAGES, test_size=0.2,
               own_images=OwnImages(id="0" * 64, count=90, smallest=40, classes=("a", "b"),
                                    side=28)),
        ),
    ],
)  # fmt: skip
def test_what_is_left_out_is_as_what_is_meant(left_out: Experiment, written: Experiment):
    assert left_out.fingerprint() != written.fingerprint()
    assert differing([told_settings(left_out), told_settings(written)]) == {}
    assert group_key(left_out) == group_key(written)
    assert alike(left_out, written)
    assert shortest(written) == shortest(left_out) == left_out


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (on(points=Points(noise=0.3)), {"dataset.points.noise": [0.1, 0.3]}),
        (on(test_size=0.3), {"dataset.test_size": [0.2, 0.3]}),
        (on(loss="mean_squared_error"), {"training.loss": [CROSS_ENTROPY, "mean_squared_error"]}),
    ],
)
def test_what_is_another_setting_is_told_with_both_values(other: Experiment, found: dict):
    assert differing([told_settings(on()), told_settings(other)]) == found
    assert group_key(on()) != group_key(other)
    assert not alike(on(), other)
    assert shortest(other) == other


def test_a_set_with_test_images_of_its_own_has_no_size_that_is_meant():
    assert spelled_out(on("mnist")).dataset == Dataset(name="mnist")
    assert group_key(on("mnist")) != group_key(on("mnist", test_size=0.2))


def test_a_loss_is_meant_by_what_is_learned():
    numbers = Experiment(dataset=Dataset(name="plane"), output=Output(activation="linear"))
    assert told_settings(numbers)["training.loss"] == "mean_squared_error"
    assert told_settings(on())["training.loss"] == CROSS_ENTROPY


def test_of_own_points_it_is_not_told_how_others_are_made():
    told = told_settings(on(OWN_POINTS, own=OWN))
    assert told["dataset.points.features.0"] == "x"
    assert "dataset.points.count" not in told
    found = differing([told, told_settings(on(points=Points(count=300)))])
    assert not any(path.startswith("dataset.points") for path in found)


def test_a_set_that_is_gone_is_told_as_it_is_written():
    gone = on("gone", test_size=0.3)
    assert spelled_out(gone) == shortest(gone) == gone


def test_what_only_points_have_is_no_switch_beside_images():
    points, images = Experiment(dataset=Dataset(name="waves")), Experiment()
    assert "dataset.points.classes" in told_settings(points)
    apart = told_differences([points, images])
    assert not [path for path in apart if path.startswith("dataset.points")]
    assert apart["dataset.name"] == ["Waves", "MNIST digits"]
