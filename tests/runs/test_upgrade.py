"""A database of before there were numbers to learn is opened, and keeps its rows."""

import json
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from nnlab.runs.database import open_database
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.store import RunStore

# The tables as they were then.
RUNS = """CREATE TABLE runs (id VARCHAR(32) NOT NULL PRIMARY KEY, owner VARCHAR(64) NOT NULL,
    experiment JSON NOT NULL, state VARCHAR(16) NOT NULL, requested VARCHAR(8), engine VARCHAR(80),
    created_at TIMESTAMP NOT NULL, finished_at TIMESTAMP, epoch INTEGER NOT NULL,
    step INTEGER NOT NULL, steps_per_epoch INTEGER, images_per_second FLOAT, test_loss FLOAT,
    test_accuracy FLOAT, message TEXT)"""
POINTS = """CREATE TABLE points (run_id VARCHAR(32) NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL, epoch FLOAT NOT NULL, loss FLOAT NOT NULL, accuracy FLOAT NOT NULL,
    PRIMARY KEY (run_id, step))"""
EPOCHS = """CREATE TABLE epochs (run_id VARCHAR(32) NOT NULL REFERENCES runs (id)
    ON DELETE CASCADE, epoch INTEGER NOT NULL, loss FLOAT NOT NULL, accuracy FLOAT NOT NULL,
    val_loss FLOAT, val_accuracy FLOAT, seconds FLOAT NOT NULL, PRIMARY KEY (run_id, epoch))"""
# An experiment as it was written then, and what it was found by.
EXPERIMENT: dict[str, Any] = {
    "name": "Before",
    "dataset": {"name": "spiral", "test_size": None, "validation": "holdout",
                "validation_size": 0.1, "train_size": None, "split_seed": 0, "augmentation": None,
                "drawings": None, "points": None, "own": None},
    "layers": [{"type": "Dense", "units": 8, "activation": "tanh",
                "kernel_initializer": "glorot_uniform", "kernel_stddev": 0.05}],
    "output": {"activation": "softmax", "kernel_initializer": "glorot_uniform",
               "kernel_stddev": 0.05},
    "training": {"epochs": 3, "batch_size": 32, "steps_per_epoch": None,
                 "optimizer": {"type": "Adam", "learning_rate": 0.01, "beta_1": 0.9,
                               "beta_2": 0.999, "epsilon": 1e-07},
                 "schedule": {"type": "Constant"}, "l1": 0.0, "l2": 0.0, "early_stopping": None,
                 "seed": 0, "start_from": None},
}  # fmt: skip
FINGERPRINT = "d9d36174f632d7bf64761dafa0ad6ef1cdbd2f84d4a245f643443358cb0aaca2"
POINT, EPOCH = Point(10, 1.0, 0.6, 0.8, 0.0), EpochRecord(1, 0.6, 0.8, 0.7, 0.7, 2.0)


@pytest.fixture
def old(database: str) -> str:
    """URL of a database with a run, a point and an epoch of then."""
    if database.startswith("sqlite"):
        open_database(database).dispose()  # makes the folder
    engine = create_engine(database)
    with engine.begin() as connection:
        _as_it_was(connection)
    engine.dispose()
    return database


def _as_it_was(connection: Connection) -> None:
    for name in inspect(connection).get_table_names():
        connection.execute(text(f"DROP TABLE {name}"))
    for table in (RUNS, POINTS, EPOCHS):
        connection.execute(text(table))
    connection.execute(
        text(
            "INSERT INTO runs VALUES ('a', 'me', :experiment, 'finished', NULL, NULL,"
            " '2025-01-01 00:00:00.000000', NULL, 1, 10, 10, 5.0, 0.5, 0.9, NULL)"
        ),
        {"experiment": json.dumps(EXPERIMENT)},
    )
    connection.execute(text("INSERT INTO points VALUES ('a', 10, 1.0, 0.6, 0.8)"))
    connection.execute(text("INSERT INTO epochs VALUES ('a', 1, 0.6, 0.8, 0.7, 0.7, 2.0)"))


def test_a_run_of_before_is_what_it_was(old: str):
    store = RunStore(old)
    run = store.get("a")
    assert (run.test_accuracy, run.test_loss, run.test_mean_absolute_error) == (0.9, 0.5, None)
    assert run.complete
    assert run.experiment.training.loss is None
    assert run.experiment.fingerprint() == FINGERPRINT
    assert (store.points("a"), store.epochs("a")) == ([POINT], [EPOCH])


def test_an_old_database_takes_runs_without_an_accuracy(old: str):
    store = RunStore(old)
    number = EpochRecord(2, 0.3, None, 0.4, None, 2.0, 0.2, 0.25)
    store.add_epoch("a", number)
    store.add_points("a", [Point(20, 2.0, 0.3, None, 9.0, 0.2)])
    again = RunStore(old)
    assert again.epochs("a") == [EPOCH, number]
    assert again.points("a") == [POINT, Point(20, 2.0, 0.3, None, 0.0, 0.2)]
    keys = inspect(again.engine).get_foreign_keys("points")
    assert [(key["referred_table"], key["options"]) for key in keys] == [
        ("runs", {"ondelete": "CASCADE"})
    ]
    again.delete("a", "me")
    assert again.points("a") == []
