"""The small file with the newest part of a run's curves."""

import json

from nnlab.runs.feed import KEPT, Feed, delete_feed, feed_folder, feed_name
from nnlab.runs.records import EpochRecord, Point

OWNER = "f" * 32


def points(*steps: int) -> list[Point]:
    return [Point(step, step / 10, 1 / step, 0.5, 100.0) for step in steps]


def read(run_id: str = "run") -> dict:
    return json.loads((feed_folder() / feed_name(run_id, OWNER)).read_text())


def test_it_begins_empty_and_grows():
    feed = Feed("run", OWNER)
    feed.add()
    assert read() == {
        "points": {"epoch": [], "loss": [], "accuracy": []},
        "epochs": {"epoch": [], "val_loss": [], "val_accuracy": []},
    }
    feed.add(points(1, 2), [EpochRecord(1, 0.3, 0.8, None, 0.7, 1.0)])
    feed.add(points(4))
    assert read()["points"]["loss"] == [1.0, 0.5, 0.25]
    assert read()["epochs"] == {"epoch": [1], "val_loss": [None], "val_accuracy": [0.7]}


def test_only_the_newest_are_kept_and_the_rest_is_in_the_store():
    feed = Feed("run", OWNER)
    feed.add(points(*range(1, KEPT + 11)))
    assert len(read()["points"]["epoch"]) == KEPT
    assert read()["points"]["epoch"][-1] == (KEPT + 10) / 10


def test_what_is_no_number_is_a_gap_that_browsers_can_read():
    Feed("run", OWNER).add([Point(1, 0.1, float("nan"), float("inf"), 1.0)])
    assert read()["points"] == {"epoch": [0.1], "loss": [None], "accuracy": [None]}


def test_a_queued_run_begins_its_file_anew():
    Feed("run", OWNER).add(points(1, 2, 3))
    Feed("run", OWNER).add()
    assert read()["points"]["epoch"] == []


def test_the_name_needs_both_run_and_owner_and_tells_neither():
    name = feed_name("run", OWNER)
    assert name != feed_name("run", "0" * 32) != feed_name("other", "0" * 32)
    assert "run" not in name
    assert OWNER[:8] not in name


def test_a_full_disk_stops_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NNLAB_HOME", str(tmp_path / "file"))
    Feed("run", OWNER).add(points(1))


def test_it_is_deleted_with_the_run_and_twice_is_no_error():
    Feed("run", OWNER).add()
    delete_feed("run", OWNER)
    delete_feed("run", OWNER)
    assert not list(feed_folder().iterdir())
