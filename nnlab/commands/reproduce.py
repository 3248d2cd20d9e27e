"""`reproduce`: run the courses' recipes and put the published figures beside ours."""

import json
import time
from pathlib import Path
from typing import Any

import click

from nnlab.curriculum.published import LESSON_FIGURES
from nnlab.datasets import DatasetError
from nnlab.experiment import InvalidExperiment
from nnlab.recipes import RECIPES, REPRODUCED, Recipe
from nnlab.reproduction import (
    Comparison,
    Measured,
    Verdict,
    compare,
    experiments_of,
    results_of,
    training_seconds,
    with_figures,
    write_measured,
)
from nnlab.reproduction.wording import difference_text, figure_name, own_figure
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine
from nnlab.work.short_tasks import WorkersNotReady

OWNER = "command-line"
LOOK_EVERY_SECONDS = 0.2
PAST_RUNS = 1000
README = Path(__file__).resolve().parents[2] / "README.md"


@click.command()
@click.argument("names", nargs=-1, metavar="[RECIPE]...")
@click.option("--all", "everything", is_flag=True, help="Every recipe.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one a recipe.")
@click.option(
    "--write", is_flag=True, help="Keep the figures: on the recipes' cards and in the README."
)
@click.option("--again", is_flag=True, help="Also what has been trained here before.")
def reproduce(
    names: tuple[str, ...], everything: bool, as_json: bool, write: bool, again: bool
) -> None:
    """Train recipes and compare their figures with the published ones.

    What was begun and broken off goes on with the runs that are not done yet.
    """
    recipes = [RECIPES[name] for name in _chosen(names, everything)]
    engine = Engine().start()
    try:
        if everything:
            _tell_lessons(engine, as_json)
        found = _run(engine, recipes, as_json, again)
    except InvalidExperiment as error:
        raise click.ClickException("\n".join(map(str, error.problems))) from None
    except (WorkersNotReady, DatasetError) as error:
        raise click.ClickException(str(error)) from None
    finally:
        engine.close()
    if write:
        write_measured(found)
        README.write_text(with_figures(README.read_text(encoding="utf-8")), encoding="utf-8")


def _chosen(names: tuple[str, ...], everything: bool) -> list[str]:
    unknown = [name for name in names if name not in RECIPES]
    if unknown or not (names or everything):
        problem = f"There is no recipe {unknown[0]!r}. " if unknown else ""
        known = ", ".join(REPRODUCED)
        raise click.ClickException(f"{problem}Name some of these, or --all: {known}")
    for name in names:
        if name not in REPRODUCED:
            raise click.ClickException(
                f"{name} has no published figures to compare with; "
                f"`python -m nnlab train {name}` trains it"
            )
    return list(REPRODUCED) if everything else list(dict.fromkeys(names))


def _run(engine: Engine, recipes: list[Recipe], as_json: bool, again: bool) -> dict[str, Measured]:
    """Queue all runs, then tell each recipe as soon as its last run has ended."""
    past = [] if again else engine.store.runs_of(OWNER, PAST_RUNS)
    queued = {recipe.name: _queue(engine, recipe, past) for recipe in recipes}
    found: dict[str, Measured] = {}
    try:
        while len(found) < len(recipes):
            for recipe in recipes:
                if recipe.name not in found and _ended(engine, queued[recipe.name]):
                    found[recipe.name] = _tell(engine, recipe, queued[recipe.name], as_json)
            time.sleep(LOOK_EVERY_SECONDS)
    except KeyboardInterrupt:
        for run_id in (run_id for run_ids in queued.values() for run_id in run_ids):
            if engine.run(run_id).active:
                engine.stop(run_id, OWNER)
        raise
    return found


def _queue(engine: Engine, recipe: Recipe, past: list[Run]) -> list[str]:
    """A run for each seed: one that is done if there is one, as it would come out the same."""
    done = {run.experiment.fingerprint(): run.id for run in results_of(recipe, past)}
    return [
        done.get(experiment.fingerprint()) or engine.train(experiment, OWNER)
        for experiment in experiments_of(recipe)
    ]


def _ended(engine: Engine, run_ids: list[str]) -> bool:
    return not any(engine.run(run_id).active for run_id in run_ids)


def _tell(engine: Engine, recipe: Recipe, run_ids: list[str], as_json: bool) -> Measured:
    runs = [engine.run(run_id) for run_id in run_ids]
    for run in runs:
        if run.state != RunState.FINISHED:
            text = run.message or f"the run is {run.state}"
            raise click.ClickException(f"{recipe.name}: {text}")
    epochs = engine.store.epochs_of(run_ids)
    comparisons = compare(recipe, runs, epochs)
    seconds = round(training_seconds(runs, epochs), 1)
    if as_json:
        click.echo(json.dumps(_event(recipe, comparisons, seconds)))
    else:
        click.echo(_paragraph(recipe, comparisons, seconds))
    return Measured(
        recipe.experiment.fingerprint(), seconds, tuple(found.ours for found in comparisons)
    )


def _tell_lessons(engine: Engine, as_json: bool) -> None:
    """Figures that lessons reproduce by themselves, in seconds."""
    engine.wait_until_ready()
    for lesson, figures in LESSON_FIGURES.items():
        ours = engine.run_lesson(lesson, "published_figures")
        for figure in figures:
            event = {
                "event": "lesson",
                "lesson": lesson,
                "figure": figure.words,
                "published": figure.published,
                "ours": ours[figure.name],
                "verdict": str(
                    Verdict.AGREES if figure.agrees(ours[figure.name]) else Verdict.DIFFERS
                ),
            }
            text = "{lesson}: {figure}: published {published:g}, ours {ours:.5g}: {verdict}"
            click.echo(json.dumps(event) if as_json else text.format(**event))


def _event(recipe: Recipe, comparisons: list[Comparison], seconds: float) -> dict[str, Any]:
    return {
        "event": "recipe",
        "recipe": recipe.name,
        "seeds": [experiment.training.seed for experiment in experiments_of(recipe)],
        "seconds": seconds,
        "figures": [_figure(comparison) for comparison in comparisons],
        "note": recipe.note,
    }


def _figure(comparison: Comparison) -> dict[str, Any]:
    published = comparison.published
    return {
        "figure": figure_name(published),
        "metric": published.metric,
        "epoch": published.epoch,
        "source": published.source,
        "published": [published.low, published.high],
        "ours": list(comparison.ours),
        "mean": comparison.mean,
        "spread": comparison.spread,
        "difference": comparison.difference,
        "verdict": str(comparison.verdict),
    }


def _paragraph(recipe: Recipe, comparisons: list[Comparison], seconds: float) -> str:
    lines = [f"{recipe.name}: {recipe.title}, {seconds:.0f} s"]
    lines += [
        f"  {figure_name(comparison.published)}: published {comparison.published}, "
        f"ours {own_figure(comparison)}, difference {difference_text(comparison)}: "
        f"{comparison.verdict}"
        for comparison in comparisons
    ]
    return "\n".join([*lines, *([f"  {recipe.note}"] if recipe.note else [])])
