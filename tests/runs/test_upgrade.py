"""A database of before there were numbers to learn is opened, and keeps its rows."""

from pathlib import Path

from sqlalchemy import create_engine, inspect, text

from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.store import RunStore

RUNS = """CREATE TABLE runs (id VARCHAR(32) NOT NULL PRIMARY KEY, owner VARCHAR(64) NOT NULL,
    experiment JSON NOT NULL, state VARCHAR(16) NOT NULL, requested VARCHAR(8),
    engine VARCHAR(80), created_at DATETIME NOT NULL, finished_at DATETIME, epoch INTEGER NOT NULL,
    step INTEGER NOT NULL, steps_per_epoch INTEGER, images_per_second FLOAT, test_loss FLOAT,
    test_accuracy FLOAT, message TEXT)"""
POINTS = """CREATE TABLE points (run_id VARCHAR(32) NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL, epoch FLOAT NOT NULL, loss FLOAT NOT NULL, accuracy FLOAT NOT NULL,
    PRIMARY KEY (run_id, step))"""
EPOCHS = """CREATE TABLE epochs (run_id VARCHAR(32) NOT NULL REFERENCES runs (id)
    ON DELETE CASCADE, epoch INTEGER NOT NULL, loss FLOAT NOT NULL, accuracy FLOAT NOT NULL,
    val_loss FLOAT, val_accuracy FLOAT, seconds FLOAT NOT NULL, PRIMARY KEY (run_id, epoch))"""


def test_an_old_database_takes_runs_without_an_accuracy(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    old = create_engine(url)
    with old.begin() as connection:
        for table in (RUNS, POINTS, EPOCHS):
            connection.execute(text(table))
        connection.execute(
            text(
                "INSERT INTO runs VALUES ('a', 'me', '{}', 'finished', NULL, NULL, "
                "'2025-01-01 00:00:00.000000', NULL, 1, 10, 10, 5.0, 0.5, 0.9, NULL)"
            )
        )
        connection.execute(text("INSERT INTO points VALUES ('a', 10, 1.0, 0.6, 0.8)"))
        connection.execute(text("INSERT INTO epochs VALUES ('a', 1, 0.6, 0.8, 0.7, 0.7, 2.0)"))
    old.dispose()
    store = RunStore(url)
    assert store.get("a").test_accuracy == 0.9
    assert store.points("a") == [Point(10, 1.0, 0.6, 0.8, 0.0)]
    before = EpochRecord(1, 0.6, 0.8, 0.7, 0.7, 2.0)
    number = EpochRecord(2, 0.3, None, 0.4, None, 2.0, 0.2, 0.25)
    store.add_epoch("a", number)
    store.add_points("a", [Point(20, 2.0, 0.3, None, 9.0, 0.2)])
    again = RunStore(url)
    assert again.epochs("a") == [before, number]
    assert again.points("a")[1] == Point(20, 2.0, 0.3, None, 0.0, 0.2)
    keys = inspect(again.engine).get_foreign_keys("points")
    assert [(key["referred_table"], key["options"]) for key in keys] == [
        ("runs", {"ondelete": "CASCADE"})
    ]
    again.delete("a", "me")
    assert again.points("a") == []
