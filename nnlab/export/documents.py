"""The files that are made of text alone, so that any page can make them at once."""

import csv
import dataclasses
import io
import re
from collections.abc import Iterable

from nnlab.export.record import RunRecord
from nnlab.runs.records import EpochRecord, Point
from nnlab.script import Trained, keras_notebook, keras_script

_LONGEST_STEM = 40


def trained_of(record: RunRecord) -> Trained:
    """What the script has to know of the run."""
    run = record.run
    return Trained(
        record.threads, record.stopped_after, run.test_loss, run.test_accuracy,
        run.test_mean_absolute_error,
    )  # fmt: skip


def script_of(record: RunRecord) -> str:
    """The Keras script that repeats the run, Python."""
    return keras_script(record.run.experiment, trained_of(record))


def notebook_of(record: RunRecord) -> str:
    """The same as a notebook, JSON."""
    return keras_notebook(record.run.experiment, trained_of(record))


def experiment_json(record: RunRecord) -> str:
    """All settings. `python -m nnlab train FILE` and the Train page read it."""
    return record.run.experiment.model_dump_json(indent=2) + "\n"


def history_csv(record: RunRecord) -> str:
    """A finished epoch a row, with the names that `Model.fit` gives the figures."""
    return _table(EpochRecord, record.epochs)


def points_csv(record: RunRecord) -> str:
    """A point of the live curve a row: means over the steps since the row before."""
    return _table(Point, record.points)


def _table(kind: type, rows: Iterable[EpochRecord | Point]) -> str:
    """Numbers with all their digits; nothing where there is none."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in dataclasses.fields(kind))
    writer.writerows(dataclasses.astuple(row) for row in rows)
    return text.getvalue()


def file_stem(name: str) -> str:
    """The beginning of a file's name, from an experiment's: letters, digits and hyphens."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()
    return plain[:_LONGEST_STEM].rstrip("-") or "experiment"
