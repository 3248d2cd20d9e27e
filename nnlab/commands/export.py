"""`export`: a run as a zip."""

import shutil
from pathlib import Path

import click

from nnlab import settings
from nnlab.datasets import DatasetError
from nnlab.export.kept import zip_path
from nnlab.runs.run import RunNotFound
from nnlab.runs.store import RunStore
from nnlab.work.engine import Engine
from nnlab.work.lineage import StartNotFound
from nnlab.work.short_tasks import WorkersNotReady

_SECONDS = 300


@click.command()
@click.argument("run")
@click.option("--to", "target", required=True, metavar="FILE", help="the zip to write")
def export(run: str, target: str) -> None:
    """Put a run into a zip: script, notebook, model, curves and a report.

    RUN is what `train` told at its end.
    """
    path = Path(target)
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {path.parent}", param_hint="--to")
    try:
        if not RunStore(settings.database_url()).get(run).complete:
            raise click.ClickException(f"Run {run!r} has no network: it has not ended, or failed.")
        _make(run)
    except (RunNotFound, StartNotFound, DatasetError, WorkersNotReady) as error:
        raise click.ClickException(str(error)) from None
    shutil.copyfile(zip_path(run), path)
    click.echo(f"{path}: {path.stat().st_size:,} bytes")


def _make(run: str) -> None:
    engine = Engine(n_workers=1).start()
    try:
        engine.wait_until_ready()
        engine.export(run).result(timeout=_SECONDS)
    finally:
        engine.close()
