"""Training curves of many runs in one query, each of a few points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from nnlab.runs.tables import PointRow

# A sparkline is some 120 pixels wide.
POINTS = 40


@dataclass(frozen=True)
class Curve:
    """Columns of equal length; `epochs` as a fraction of epochs, `None` for what is no number."""

    epochs: tuple[float, ...] = ()
    accuracies: tuple[float | None, ...] = ()
    losses: tuple[float | None, ...] = ()

    def of(self, metric: Literal["accuracy", "loss"]) -> tuple[float | None, ...]:
        """One of the two metrics."""
        return self.accuracies if metric == "accuracy" else self.losses


def thinned_curves(
    connection: Connection, run_ids: Sequence[str], most: int = POINTS
) -> dict[str, Curve]:
    """The training curve of each run, averaged by the database over at most `most` stretches.

    A point stands at the end of its stretch. Runs without points have an empty curve.
    """
    if not run_ids:
        return {}
    stretch = func.ntile(most).over(partition_by=PointRow.run_id, order_by=PointRow.step)
    points = (
        select(PointRow.run_id, PointRow.epoch, PointRow.accuracy, PointRow.loss)
        .add_columns(stretch.label("stretch"))
        .where(PointRow.run_id.in_(run_ids))
        .subquery()
    )
    query = (
        select(
            points.c.run_id,
            func.max(points.c.epoch),
            func.avg(points.c.accuracy),
            func.avg(points.c.loss),
        )
        .group_by(points.c.run_id, points.c.stretch)
        .order_by(points.c.run_id, points.c.stretch)
    )
    rows: dict[str, list[tuple[float, float | None, float | None]]] = {}
    for run_id, epoch, accuracy, loss in connection.execute(query):
        rows.setdefault(run_id, []).append((epoch, accuracy, loss))
    return {run_id: Curve(*zip(*rows[run_id], strict=True)) if run_id in rows else Curve()
            for run_id in run_ids}  # fmt: skip
