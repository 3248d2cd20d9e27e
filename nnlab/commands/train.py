"""`train`: run an experiment on the workers and print what happens."""

import dataclasses
import json
import time
from pathlib import Path
from typing import Any

import click

from nnlab.experiment import (
    Experiment,
    InvalidExperiment,
    NotSettings,
    read_experiment,
    with_written_settings,
)
from nnlab.recipes import RECIPES
from nnlab.runs.records import EpochRecord
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine
from nnlab.work.short_tasks import WorkersNotReady

OWNER = "command-line"
LOOK_EVERY_SECONDS = 0.1


@click.command()
@click.argument("recipe_or_file")
@click.option("--set", "changes", multiple=True, metavar="KEY=VALUE", help="training.epochs=3")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def train(recipe_or_file: str, changes: tuple[str, ...], as_json: bool) -> None:
    """Train a recipe, or an experiment from a JSON or YAML file."""
    try:
        experiment = with_written_settings(_load(recipe_or_file), dict(map(_change, changes)))
        engine = Engine(n_workers=1).start()
        try:
            _train(engine, experiment, as_json)
        finally:
            engine.close()
    except InvalidExperiment as error:
        raise click.ClickException("\n".join(map(str, error.problems))) from None
    except WorkersNotReady as error:
        raise click.ClickException(str(error)) from None


def _load(recipe_or_file: str) -> Experiment:
    if recipe_or_file in RECIPES:
        return RECIPES[recipe_or_file].experiment
    path = Path(recipe_or_file)
    if not path.is_file():
        known = ", ".join(RECIPES)
        raise click.ClickException(
            f"{recipe_or_file!r} is neither a file nor a recipe; the recipes are: {known}"
        )
    try:
        return read_experiment(path.read_bytes())
    except NotSettings:
        raise click.ClickException(f"{path} is neither JSON nor YAML.") from None


def _change(text: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator:
        raise click.BadParameter(f"{text!r} should look like training.epochs=3", param_hint="--set")
    return key.strip(), value.strip()


def _train(engine: Engine, experiment: Experiment, as_json: bool) -> None:
    run_id = engine.train(experiment, OWNER)
    told = 0
    try:
        while True:
            run = engine.run(run_id)
            records = engine.store.epochs(run_id)
            for record in records[told:]:
                _say(as_json, _epoch_event(record))
            told = len(records)
            if not run.active:
                break
            time.sleep(LOOK_EVERY_SECONDS)
    except KeyboardInterrupt:
        engine.stop(run_id, OWNER)
        raise
    _say(as_json, _end_event(run))
    if run.state != RunState.FINISHED:
        raise click.ClickException(run.message or f"the run is {run.state}")


def _epoch_event(record: EpochRecord) -> dict[str, Any]:
    return {"event": "epoch", **dataclasses.asdict(record)}


def _end_event(run: Run) -> dict[str, Any]:
    return {
        "event": str(run.state),
        "run": run.id,
        "test_loss": run.test_loss,
        "test_accuracy": run.test_accuracy,
        "message": run.message,
    }


def _say(as_json: bool, event: dict[str, Any]) -> None:
    """One line, at once: whoever reads the pipe wants it live."""
    if as_json:
        click.echo(json.dumps(event))
    else:
        figures = [f"{k} {_shown(v)}" for k, v in event.items() if k != "event" and v is not None]
        click.echo(f"{event['event']}: " + ", ".join(figures))


def _shown(value: Any) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)
