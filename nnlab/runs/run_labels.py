"""What owners note on their runs: names, tags and pins. Only a run's owner reads or writes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select, update

from nnlab.experiment import Experiment, with_settings
from nnlab.experiment.names import harmless
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import ACTIVE
from nnlab.runs.tables import RunLabelRow, RunRow
from nnlab.runs.upsert import upsert

MOST_TAGS = 8


class InvalidLabel(ValueError):
    """A name or tags that are not allowed; says which and what is."""


@dataclass(frozen=True)
class RunLabel:
    """A run without one is neither pinned nor tagged."""

    pinned: bool = False
    tags: tuple[str, ...] = ()


def parse_tags(text: str) -> tuple[str, ...]:
    """Tags typed with commas between them, each once, in order; signs that do something replaced.

    Raises:
        InvalidLabel: more than `MOST_TAGS`.
    """
    tags = tuple(dict.fromkeys(tag for part in text.split(",") if (tag := harmless(part))))
    if len(tags) > MOST_TAGS:
        raise InvalidLabel(f"Tags: at most {MOST_TAGS}, with commas between them (got {len(tags)})")
    return tags


class RunLabels:
    """Names, tags and pins in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def of(self, owner: str) -> dict[str, RunLabel]:
        """The labels of an owner's runs by their ids; runs that have none are missing."""
        query = select(RunLabelRow.run_id, RunLabelRow.pinned, RunLabelRow.tags)
        query = query.join(RunRow, RunRow.id == RunLabelRow.run_id).where(RunRow.owner == owner)
        with self.engine.connect() as connection:
            return {row.run_id: RunLabel(row.pinned, tuple(row.tags))
                    for row in connection.execute(query)}  # fmt: skip

    def put(self, run_ids: Sequence[str], owner: str, label: RunLabel) -> None:
        """Replace the labels of these runs, all or none.

        Raises:
            RunNotFound: one of them is no run of this owner.
        """
        rows = [
            {"run_id": run_id, "pinned": label.pinned, "tags": list(label.tags)}
            for run_id in run_ids
        ]
        if not rows:
            return
        with self.engine.begin() as connection:
            for run_id in run_ids:
                _experiment(connection, run_id, owner)
            upsert(connection, RunLabelRow, rows)

    def rename(self, run_id: str, owner: str, name: str) -> None:
        """Give the run's experiment another name, which no fingerprint depends on.

        Raises:
            InvalidExperiment: an empty name or one that is too long.
            InvalidLabel: it trains or waits; its worker may write the experiment meanwhile.
            RunNotFound: no such run of this owner.
        """
        with self.engine.begin() as connection:
            experiment = _experiment(connection, run_id, owner)
            renamed = with_settings(experiment, {"name": " ".join(name.split())})
            ended = update(RunRow).where(RunRow.id == run_id, RunRow.state.not_in(ACTIVE))
            done = connection.execute(ended.values(experiment=renamed.model_dump(mode="json")))
            if not done.rowcount:
                raise InvalidLabel("Name: a run can be renamed when it has ended or is paused")


def _experiment(connection: Connection, run_id: str, owner: str) -> Experiment:
    query = select(RunRow.experiment).where(RunRow.id == run_id, RunRow.owner == owner)
    found = connection.execute(query.with_for_update()).scalar()
    if found is None:
        raise RunNotFound(run_id)
    return Experiment.model_validate(found)
