"""`recipes`: what can be trained by name."""

import dataclasses
import json

import click

from nnlab.recipes import RECIPES

_WIDTH = max(map(len, RECIPES))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def recipes(as_json: bool) -> None:
    """List the recipes."""
    for recipe in RECIPES.values():
        if as_json:
            fields = {
                "name": recipe.name,
                "course": recipe.course,
                "title": recipe.title,
                "published": [dataclasses.asdict(figure) for figure in recipe.published],
                "experiment": recipe.experiment.model_dump(mode="json"),
            }
            click.echo(json.dumps(fields))
        else:
            click.echo(f"{recipe.name:{_WIDTH}} {recipe.title}: {recipe.summary}")
