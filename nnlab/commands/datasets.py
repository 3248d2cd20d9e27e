"""`datasets` and `datasets fetch NAME`."""

import click

from nnlab.datasets import CATALOG, DatasetError, fetch, status


@click.group(invoke_without_command=True)
@click.pass_context
def datasets(context: click.Context) -> None:
    """List the data sets, or fetch one."""
    if context.invoked_subcommand is not None:
        return
    for name, dataset in CATALOG.items():
        found = status(name)
        count = dataset.n_train + dataset.n_test
        click.echo(f"{name:14} {found.state:9} {count:6,} {dataset.kind}  {found.message}")


@datasets.command("fetch")
@click.argument("name")
def fetch_one(name: str) -> None:
    """Make sure that a data set is on this machine, downloading it if need be."""
    try:
        if status(name).state != "ready":
            fetch(name, progress=_progress)
            click.echo(err=True)
        click.echo(f"{name} is ready: {status(name).where}")
    except DatasetError as error:
        raise click.ClickException(str(error)) from None


def _progress(done: int, total: int) -> None:
    share = f"{done / total:4.0%}" if total else f"{done:,} bytes"
    click.echo(f"\r{share}", nl=False, err=True)
