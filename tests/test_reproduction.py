"""Published figures beside ours: what is compared with what, and what is said of it."""

from datetime import UTC, datetime

import pytest

from nnlab.experiment import with_settings
from nnlab.recipes import RECIPES, REPRODUCED, Published, Recipe
from nnlab.reproduction import (
    CLASS_COUNTS,
    Comparison,
    Verdict,
    compare,
    experiments_of,
    figures_table,
    results_of,
    training_seconds,
    with_figures,
)
from nnlab.reproduction.measured import kept, measured
from nnlab.reproduction.readme import BEGIN, END
from nnlab.reproduction.wording import difference_text, figure_name, own_figure
from nnlab.runs.records import EpochRecord
from nnlab.runs.run import Run
from nnlab.runs.states import RunState

BASE = RECIPES["e-beginner-notebook"].experiment
RECIPE = Recipe(
    name="x",
    title="X",
    course="E",
    summary="",
    teaches=(),
    experiment=with_settings(BASE, {"training.epochs": 3, "training.seed": 5}),
    published=(
        Published("test_accuracy", 0.97, 0.98, tolerance=0.005),
        Published("loss", 0.5, 0.5, tolerance=0.05, epoch=2, where="at step 20"),
        Published("val_accuracy", 0.9, 0.9),
    ),
    seeds=2,
)


def make_run(run_id: str, experiment, state=RunState.FINISHED, accuracy=0.972) -> Run:
    now = datetime.now(UTC)
    return Run(
        run_id, "me", experiment, state, now, now, 3, 30, 10, None, 0.1, accuracy, None,
    )  # fmt: skip


def records(*losses: float) -> list[EpochRecord]:
    return [EpochRecord(i, loss, 0.8, 0.4, 0.88 + i / 100, 1.5) for i, loss in enumerate(losses, 1)]


def test_a_recipe_is_repeated_with_the_next_seeds():
    assert [e.training.seed for e in experiments_of(RECIPE)] == [5, 6]
    assert experiments_of(RECIPE)[0] == RECIPE.experiment


def test_only_finished_runs_of_the_very_experiment_count_and_the_newest_first():
    first, second = experiments_of(RECIPE)
    other = with_settings(first, {"training.epochs": 4})
    runs = [
        make_run("stopped", first, RunState.STOPPED),
        make_run("new", first),
        make_run("old", first),
        make_run("other", other),
    ]
    assert [run.id for run in results_of(RECIPE, runs)] == ["new"]
    both = results_of(RECIPE, [*runs, make_run("renamed", with_settings(second, {"name": "Mine"}))])
    assert [run.id for run in both] == ["new", "renamed"]


def test_each_figure_is_read_where_it_was_published():
    runs = [make_run("a", BASE, accuracy=0.96), make_run("b", BASE, accuracy=0.98)]
    epochs = {"a": records(0.9, 0.5, 0.3), "b": records(0.9, 0.52, 0.3)}
    test, loss, validation = compare(RECIPE, runs, epochs)
    assert (test.ours, loss.ours) == ((0.96, 0.98), (0.5, 0.52))
    assert validation.ours == pytest.approx((0.91, 0.91))
    assert (test.mean, test.spread) == pytest.approx((0.97, 0.0141421), abs=1e-6)
    assert test.difference == 0
    assert loss.difference == pytest.approx(0.01)
    assert {c.verdict for c in (test, loss)} == {Verdict.AGREES}
    assert training_seconds(runs, epochs) == pytest.approx(9)


def test_a_run_that_ended_before_the_epoch_gives_no_figure():
    comparison = compare(RECIPE, [make_run("a", BASE)], {"a": records(0.9)})[1]
    assert (comparison.ours, comparison.verdict) == ((), Verdict.MISSING)


def test_a_figure_outside_its_tolerance_differs():
    published = Published("test_accuracy", 0.97, 0.98, tolerance=0.005)
    below, far = Comparison(published, (0.966,)), Comparison(published, (0.9,))
    assert (below.verdict, far.verdict) == (Verdict.AGREES, Verdict.DIFFERS)
    assert far.difference == pytest.approx(-0.07)
    assert difference_text(far) == "−7.00 points"
    assert own_figure(Comparison(published, (0.97, 0.98))) == "97.50 % ± 0.71 %"


def test_figures_have_names_that_say_of_what():
    assert figure_name(RECIPE.published[0]) == "test accuracy"
    assert figure_name(RECIPE.published[1]) == "training loss at step 20"
    assert figure_name(RECIPE.published[2]) == "validation accuracy"


@pytest.mark.parametrize("name", REPRODUCED)
def test_the_shipped_figures_are_of_the_recipes_as_they_stand(name: str):
    recipe = RECIPES[name]
    assert kept()[name].fingerprint == recipe.experiment.fingerprint()
    for comparison in measured(name):
        assert len(comparison.ours) == recipe.seeds


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_whose_figures_differ_says_why(name: str):
    if any(comparison.verdict == Verdict.DIFFERS for comparison in measured(name)):
        assert len(RECIPES[name].note) > 40


def test_the_readme_has_the_shipped_figures():
    from pathlib import Path

    readme = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    assert with_figures(readme) == readme


def test_the_table_is_put_between_its_marks():
    text = with_figures(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    assert text == f"before\n{BEGIN}\n{figures_table()}\n{END}\nafter\n"
    with pytest.raises(ValueError, match="no place"):
        with_figures("nothing")


def test_the_published_counts_are_those_of_sixty_thousand_images():
    assert sum(CLASS_COUNTS) == 60_000
