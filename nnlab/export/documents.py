"""The files that are made of text alone, so that any page can make them at once."""

import csv
import dataclasses
import io
import re
from collections.abc import Iterable

from nnlab.datasets import info_of
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
    return _table(EpochRecord, record.epochs, _absent(record))


def points_csv(record: RunRecord) -> str:
    """A point of the live curve a row: means over the steps since the row before."""
    return _table(Point, record.points, _absent(record))


def _absent(record: RunRecord) -> str:
    """The figure that this run cannot have: numbers have no accuracy, classes nothing else."""
    numbers = info_of(record.run.experiment.dataset).regression
    return "accuracy" if numbers else "mean_absolute_error"


def _table(kind: type, rows: Iterable[EpochRecord | Point], absent: str) -> str:
    """Numbers with all their digits; nothing where there is none."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    known = [field.name for field in dataclasses.fields(kind) if not field.name.endswith(absent)]
    writer.writerow(known)
    writer.writerows([getattr(row, name) for name in known] for row in rows)
    return text.getvalue()


def file_stem(name: str) -> str:
    """The beginning of a file's name, from an experiment's: letters, digits and hyphens."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()
    return plain[:_LONGEST_STEM].rstrip("-") or "experiment"
