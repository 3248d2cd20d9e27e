"""What a run's owner wants of it while it trains: its speed, where to pause, changes of settings.

A change waits in a table of its own until the worker that trains the run, or the app where it is
paused, writes it into the run's experiment with the step at which it takes effect.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, insert, select, update

from nnlab.experiment import MOST_CHANGES, Change, Experiment, with_changes
from nnlab.runs.locking import lock_run
from nnlab.runs.patience import patient
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.tables import ChangeRow, LeaseRow, RunRow, SteeringRow
from nnlab.runs.upsert import upsert


@dataclass(frozen=True)
class Course:
    """How a run is steered now.

    Attributes:
        speed: epochs a second at most, None for as many as there can be.
        until_step: pause when so many steps are done, None for not at all.
        changed: whether there are changes that its experiment does not have yet.
    """

    speed: float | None = None
    until_step: int | None = None
    changed: bool = False


class Steering:
    """The wishes in the run store's database. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def courses(self, run_ids: Iterable[str]) -> dict[str, Course]:
        """How each of these runs is steered now; those that are gone are left out."""
        waits = exists().where(ChangeRow.run_id == RunRow.id)
        query = select(RunRow.id, SteeringRow.speed, SteeringRow.until_step, waits)
        query = query.join(SteeringRow, SteeringRow.run_id == RunRow.id, isouter=True)
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(RunRow.id.in_(list(run_ids))))
            return {run_id: Course(speed, until, bool(w)) for run_id, speed, until, w in rows}

    @patient
    def set(self, run_id: str, **wishes: Any) -> None:
        """Set `speed` or `until_step` of a run."""
        with self.engine.begin() as connection:
            # The other wishes of the run stay as they are.
            upsert(connection, SteeringRow, [{"run_id": run_id, **wishes}])

    def add(self, run_id: str, changes: Sequence[Change]) -> None:
        """Let changes wait for their run; their steps do not count yet."""
        if not changes:
            return
        rows = [{"run_id": run_id, "change": c.model_dump(mode="json")} for c in changes]
        with self.engine.begin() as connection:
            connection.execute(insert(ChangeRow), rows)

    def waiting(self, run_id: str) -> list[Change]:
        """The changes that wait, in the order in which they were made."""
        with self.engine.connect() as connection:
            return [change for _, change in _waiting(connection, run_id)]

    def further(self, run_id: str, steps: int) -> int | None:
        """Put the step to pause at off; returns it, None for a run that is to go on to its end."""
        later = SteeringRow.until_step + steps
        moved = update(SteeringRow).where(SteeringRow.run_id == run_id).values(until_step=later)
        with self.engine.begin() as connection:
            lock_run(connection, run_id)  # so that a worker pauses it before this, or not at all
            return connection.scalar(moved.returning(SteeringRow.until_step))

    @patient
    def settle(
        self, run_id: str, token: str | None = None, step: int | None = None
    ) -> Experiment | None:
        """Write what waits into the run's experiment, to take effect at its next step.

        What comes after the last step is forgotten.

        Args:
            run_id: the run.
            token: of the worker's claim; without one, only a paused run's are written.
            step: where the worker stands; a paused run stands where the store says.

        Returns:
            The run's experiment; None where it is another's to change by now.

        Raises:
            RunNotFound: no such run.
        """
        with self.engine.begin() as connection:
            lock_run(connection, run_id)  # else two could read before either writes
            row = connection.execute(_run_and_claim(run_id)).first()
            if row is None:
                raise RunNotFound(run_id)
            if row.state != RunState.PAUSED if token is None else row.token != token:
                return None
            return _settled(connection, row, row.step if step is None else step)


def _settled(connection: Connection, row: Any, step: int) -> Experiment:
    experiment = Experiment.model_validate(row.experiment)
    found = _waiting(connection, row.id)
    if not found:
        return experiment
    last = {change.target: change for _, change in found}
    room = MOST_CHANGES - len(experiment.training.changes or ())
    made = [change.model_copy(update={"step": step}) for change in last.values()][:room]
    if step < (row.steps_per_epoch or inf) * experiment.training.epochs:
        experiment = with_changes(experiment, made)
    _write(connection, row.id, experiment, [number for number, _ in found])
    return experiment


def _run_and_claim(run_id: str) -> Any:
    columns = (RunRow.id, RunRow.experiment, RunRow.state, RunRow.step, RunRow.steps_per_epoch)
    query = select(*columns, LeaseRow.token)
    query = query.join(LeaseRow, LeaseRow.run_id == RunRow.id, isouter=True)
    return query.where(RunRow.id == run_id)


def _waiting(connection: Connection, run_id: str) -> list[tuple[int, Change]]:
    query = select(ChangeRow.id, ChangeRow.change).where(ChangeRow.run_id == run_id)
    rows = connection.execute(query.order_by(ChangeRow.id))
    return [(number, Change.model_validate(change)) for number, change in rows]


def _write(connection: Connection, run_id: str, experiment: Experiment, settled: list[int]) -> None:
    values = {"experiment": experiment.model_dump(mode="json")}
    connection.execute(update(RunRow).where(RunRow.id == run_id).values(values))
    connection.execute(delete(ChangeRow).where(ChangeRow.id.in_(settled)))
