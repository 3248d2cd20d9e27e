"""The command line: the same data sets, recipes and workers as the pages."""

import click

from nnlab.commands.datasets import datasets
from nnlab.commands.export import export
from nnlab.commands.health import health
from nnlab.commands.recipes import recipes
from nnlab.commands.reproduce import reproduce
from nnlab.commands.train import train


@click.group()
def main() -> None:
    """See a neural network learn, without a browser."""


main.add_command(datasets)
main.add_command(recipes)
main.add_command(train)
main.add_command(export)
main.add_command(reproduce)
main.add_command(health)
