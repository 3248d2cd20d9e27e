"""`recipes`: what can be trained by name."""

import json

import click

from nnlab.recipes import RECIPES


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def recipes(as_json: bool) -> None:
    """List the recipes."""
    for recipe in RECIPES.values():
        if as_json:
            fields = {
                "name": recipe.name,
                "title": recipe.title,
                "published": str(recipe.published) if recipe.published else None,
                "experiment": recipe.experiment.model_dump(mode="json"),
            }
            click.echo(json.dumps(fields))
        else:
            click.echo(f"{recipe.name:24} {recipe.title}: {recipe.summary}")
