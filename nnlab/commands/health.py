"""`health`: does everything stand that the app needs?"""

import json
import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from nnlab import settings
from nnlab.runs.store import RunStore
from nnlab.work.health import DOWN, Health, cluster_status, health_of


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def health(as_json: bool) -> None:
    """Ask database and cluster how they are; exit code 1 where nothing can be trained.

    It needs the app's settings (`NNLAB_DATABASE_URL`, `NNLAB_SCHEDULER`). Workers that an app
    started for itself are told by that app, at its address /health.
    """
    found = _health()
    if as_json:
        click.echo(json.dumps(found.to_json()))
    else:
        for name, value in found.to_json().items():
            click.echo(f"{name.replace('_', ' '):14} {_shown(value)}")
    healthy = found.database if settings.scheduler_address() is None else found.status == "ok"
    sys.exit(0 if healthy else 1)


def _health() -> Health:
    try:
        store = RunStore(settings.database_url())
    except (SQLAlchemyError, OSError):
        return DOWN
    return health_of(store, cluster_status())


def _shown(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
