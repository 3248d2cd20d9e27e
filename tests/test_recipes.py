"""The recipes: each can be trained, and is the tutorial's network."""

import pytest

from nnlab.check import check
from nnlab.datasets import sizes
from nnlab.experiment import batches
from nnlab.recipes import COURSES, FIRST_RECIPE, HANDWRITING_READY, RECIPES, Published

PARAMETERS = {
    "a-fashion-workshop": 101_770,
    "b-mnist-gradient-descent": 784 * 300 + 300 + 300 * 10 + 10,
    "c-fashion-course": 101_770,
    "c-listed-optimizer": 101_770,
    "c-one-epoch": 101_770,
    "c-10-units": 7_850 + 110,
    "c-512-units": 401_920 + 5_130,
    "c-extra-layer-158": 100_480 + 129 * 158 + 159 * 10,
    "c-extra-layer-10": 100_480 + 1_290 + 110,
    "c-extra-layer-512": 100_480 + 129 * 512 + 513 * 10,
    "d-logistic-500": 7_850,
    "d-logistic-60000": 7_850,
    "d-network-from-scratch": 39_250 + 510,
    "d-keras-full-batch": 39_250 + 510,
    "d-mini-batches": 39_250 + 510,
    "d-keras-fit": 39_250 + 510,
    "e-beginner-notebook": 101_770,
    "handwriting-ready": (
        (25 * 16 + 16 + 4 * 16)
        + (9 * 16 * 32 + 32 + 4 * 32)
        + (9 * 32 * 64 + 64 + 4 * 64)
        + (4 * 4 * 64 + 1) * 128
        + 129 * 10
    ),
}


def test_every_recipe_is_fit_to_train_and_has_its_parameters():
    found = {name: check(recipe.experiment).parameters for name, recipe in RECIPES.items()}
    assert found == PARAMETERS


def test_recipes_belong_to_the_course_that_their_name_says():
    assert list(COURSES) == ["A", "B", "C", "D", "E", "H"]
    assert all(course.letter == letter for letter, course in COURSES.items())
    for name, recipe in RECIPES.items():
        assert recipe.name == name
        assert name.startswith(f"{recipe.course.lower()}-") or name == HANDWRITING_READY
    assert {recipe.course for recipe in RECIPES.values()} == set(COURSES)
    assert FIRST_RECIPE in RECIPES


def test_no_two_recipes_are_the_same_training():
    assert len({r.experiment.fingerprint() for r in RECIPES.values()}) == len(RECIPES)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=list(RECIPES))
def test_a_figure_stands_where_the_run_has_one(recipe):
    experiment = recipe.experiment
    for figure in recipe.published:
        assert figure.low <= figure.high
        assert figure.epoch is None or 1 <= figure.epoch <= experiment.training.epochs
        if figure.metric.startswith("val_"):
            assert experiment.dataset.validation != "none"
    assert all(figure.source == "tutorial" for figure in recipe.published) or recipe.note


def test_the_splits_and_steps_are_those_of_the_tutorials():
    descent = RECIPES["b-mnist-gradient-descent"].experiment
    assert sizes(descent.dataset) == (55_000, 5_000, 10_000)
    assert batches(descent.training, 55_000).steps == 1_000
    assert sizes(RECIPES["d-logistic-500"].experiment.dataset) == (500, 10_000, 10_000)
    for name in ("d-logistic-500", "d-logistic-60000", "d-network-from-scratch"):
        training = RECIPES[name].experiment.training
        assert training.batch_size == "full"
        assert batches(training, 60_000).steps == 1_000


def test_step_900_is_the_first_of_its_record():
    for name in ("d-logistic-500", "d-logistic-60000", "d-network-from-scratch"):
        recipe = RECIPES[name]
        figure = next(f for f in recipe.published if f.where == "at step 900")
        assert (figure.epoch - 1) * recipe.experiment.training.steps_per_epoch == 900


def test_a_figure_inside_the_range_differs_by_nothing():
    figure = Published("test_accuracy", 0.977, 0.98)
    assert [figure.difference(v) for v in (0.977, 0.978, 0.98)] == [0, 0, 0]
    assert figure.difference(0.97) == pytest.approx(-0.007)
    assert figure.difference(0.985) == pytest.approx(0.005)


def test_figures_agree_up_to_the_tolerance():
    figure = Published("accuracy", 0.97, 0.98, tolerance=0.005)
    agrees = {0.9649: False, 0.965: True, 0.975: True, 0.985: True, 0.9851: False}
    assert {value: figure.agrees(value) for value in agrees} == agrees
    assert not figure.agrees(float("nan"))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Published("test_accuracy", 0.977, 0.98), "97.7 to 98.0 %"),
        (Published("accuracy", 0.9682, 0.9682), "96.82 %"),
        (Published("val_accuracy", 1.0, 1.0), "100.0 %"),
        (Published("loss", 4.12, 4.12), "4.1200"),
        (Published("test_loss", 0.2, 0.25), "0.2000 to 0.2500"),
    ],
)
def test_figures_are_written_for_people(figure: Published, text: str):
    assert str(figure) == text
