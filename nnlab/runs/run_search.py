"""An owner's runs found by words, sorted, a page at a time; and those of given ids."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Text, cast, false, func, or_, select
from sqlalchemy.orm import Session

from nnlab.datasets import TITLES
from nnlab.experiment import Experiment
from nnlab.experiment.names import harmless
from nnlab.runs.run import Run
from nnlab.runs.run_labels import RunLabel
from nnlab.runs.store import run_of
from nnlab.runs.tables import RunLabelRow, RunRow

MOST_WORDS = 12

_NAME = RunRow.experiment["name"].as_string()
_DATASET = RunRow.experiment["dataset"]["name"].as_string()
# Runs without the figure come last.
ORDERS: dict[str, tuple[Any, ...]] = {
    "Newest first": (RunRow.created_at.desc(),),
    "Oldest first": (RunRow.created_at,),
    "Name": (func.lower(_NAME), RunRow.created_at.desc()),
    "Data set": (_DATASET, RunRow.created_at.desc()),
    "Best test accuracy": (RunRow.test_accuracy.is_(None), RunRow.test_accuracy.desc()),
    "Lowest test error": (
        RunRow.test_mean_absolute_error.is_(None), RunRow.test_mean_absolute_error,
    ),
    "Lowest test loss": (RunRow.test_loss.is_(None), RunRow.test_loss),
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """Runs in order with the labels of those that have one, and how many match on all pages."""

    runs: tuple[Run, ...]
    labels: dict[str, RunLabel]
    matching: int


class RunSearch:
    """Reads the store's database, each time with one query."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def page(self, owner: str, words: str, order: str, page: int, rows: int) -> Found:
        """The runs that have all of the words, pinned ones first.

        Args:
            owner: whose runs.
            words: with blanks between; each is looked for, whatever its case, in name, tags,
                state and everything that the experiment says.
            order: a key of `ORDERS`.
            page: counted from 0.
            rows: on each page.
        """
        first = func.coalesce(RunLabelRow.pinned, false()).desc()
        query = _labelled(owner).add_columns(func.count().over().label("matching"))
        query = query.where(*map(_has, words.split()[:MOST_WORDS]))
        query = query.order_by(first, *ORDERS[order], RunRow.id).limit(rows).offset(page * rows)
        found = self._rows(query)
        return Found(*_read(found), found[0].matching if found else 0)

    def of_ids(self, owner: str, run_ids: Sequence[str]) -> Found:
        """Those of these runs that are there and the owner's, in the order of `run_ids`."""
        if not run_ids:
            return Found((), {}, 0)
        runs, labels = _read(self._rows(_labelled(owner).where(RunRow.id.in_(run_ids))))
        place = {run_id: at for at, run_id in enumerate(run_ids)}
        return Found(tuple(sorted(runs, key=lambda run: place[run.id])), labels, len(runs))

    def like(self, owner: str, experiment: Experiment, most: int = 1000) -> list[Run]:
        """Newest first, the runs that may be of this experiment but for its seed.

        They share the data set, the epochs and the optimizer; whoever asks compares the rest.
        """
        told, training = RunRow.experiment, RunRow.experiment["training"]
        query = _labelled(owner).where(
            told["dataset"]["name"].as_string() == experiment.dataset.name,
            training["epochs"].as_integer() == experiment.training.epochs,
            training["optimizer"]["type"].as_string() == experiment.training.optimizer.type,
        )
        found = self._rows(query.order_by(RunRow.created_at.desc(), RunRow.id).limit(most))
        return list(_read(found)[0])

    def _rows(self, query: Any) -> Sequence[Row[Any]]:
        with Session(self.engine) as session:
            return session.execute(query).all()


def _labelled(owner: str) -> Any:
    query = select(RunRow, RunLabelRow.pinned, RunLabelRow.tags)
    return query.outerjoin(RunLabelRow, RunLabelRow.run_id == RunRow.id).where(
        RunRow.owner == owner
    )


def _read(rows: Sequence[Row[Any]]) -> tuple[tuple[Run, ...], dict[str, RunLabel]]:
    labels = {
        row.RunRow.id: RunLabel(row.pinned, tuple(row.tags))
        for row in rows
        if row.pinned is not None
    }
    return tuple(run_of(row.RunRow) for row in rows), labels


def _has(word: str) -> ColumnElement[bool]:
    """Somewhere in the JSON text, where letters beyond ASCII are written as escapes.

    SQLite lowers ASCII only, so such a letter is also looked for in its other case. A data set is
    also found by its title, as the list has it. Tags are kept as `harmless` has them, so what is
    typed is also looked for as it would be kept.
    """
    forms = _forms(word) | {_escaped(word.title())}
    kept = harmless(word)
    in_tags = forms | _forms(kept) if kept else forms
    sets = [name for name, title in TITLES.items() if word.lower() in title.lower()]
    return or_(
        _DATASET.in_(sets),
        *_contain(RunRow.experiment, forms),
        *_contain(func.coalesce(cast(RunLabelRow.tags, Text), ""), in_tags),
        *_contain(RunRow.state, forms),
    )


def _forms(word: str) -> set[str]:
    return {_escaped(form) for form in (word, word.lower(), word.upper())}


def _escaped(form: str) -> str:
    return json.dumps(form)[1:-1].lower()


def _contain(column: Any, forms: Iterable[str]) -> list[ColumnElement[bool]]:
    told = func.lower(cast(column, Text))
    return [told.contains(form, autoescape=True) for form in forms]
