"""All runs of a room as a table for a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from nnlab.joining.spreadsheet import harmless
from nnlab.rooms.wall import WallRun


def to_csv(runs: Sequence[WallRun]) -> str:
    """A line a run: who, all settings by dotted path, state and figures; times in UTC.

    No text can be taken for a formula. Where a run has no such setting the cell is empty.
    """
    import pandas as pd  # here, since pages that export nothing need none of it

    rows = [{name: _cell(value) for name, value in _row(run).items()} for run in runs]
    columns = dict.fromkeys(name for row in rows for name in row) or ["nickname"]
    return pd.DataFrame(rows, columns=list(columns), dtype=object).to_csv(index=False)


def _row(wall_run: WallRun) -> dict[str, Any]:
    run, latest = wall_run.run, wall_run.latest
    return {
        "nickname": wall_run.nickname,
        "task": wall_run.task,
        "experiment": run.experiment.name,
        "started": run.created_at.isoformat(sep=" ", timespec="seconds"),
        "state": str(run.state),
        "epochs done": run.epoch,
        "training loss": latest and latest.loss,
        "training accuracy": latest and latest.accuracy,
        "training mean absolute error": latest and latest.mean_absolute_error,
        "validation loss": latest and latest.val_loss,
        "validation accuracy": latest and latest.val_accuracy,
        "validation mean absolute error": latest and latest.val_mean_absolute_error,
        "test loss": run.test_loss,
        "test accuracy": run.test_accuracy,
        "test mean absolute error": run.test_mean_absolute_error,
    } | wall_run.settings


def _cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)):  # an empty stack of layers
        return ""
    return harmless(value) if isinstance(value, str) else value
