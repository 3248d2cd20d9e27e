"""What the wall reads, and how seldom."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from sqlalchemy import event

from nnlab.rooms import wall as module
from nnlab.rooms.rooms import Rooms
from nnlab.rooms.thinned import POINTS
from nnlab.runs.records import Point
from nnlab.runs.states import RunState

TEACHER, ADA, BEN = (letter * 32 for letter in "tab")


@contextmanager
def statements(rooms: Rooms) -> Iterator[list[str]]:
    """The SQL statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    event.listen(rooms.engine, "before_cursor_execute", note)
    yield sent
    event.remove(rooms.engine, "before_cursor_execute", note)


def train(rooms: Rooms, run_id: str, values: np.ndarray, first: int = 1) -> None:
    rooms.store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    rooms.store.add_points(
        run_id,
        [
            Point(step, step / 10, 1 - value, value, 100.0)
            for step, value in enumerate(values.tolist(), start=first)
        ],
    )


def test_a_short_curve_is_told_point_by_point(rooms: Rooms, code: str, begin):
    train(rooms, begin(), np.array([0.1, 0.5, 0.75]))
    [run] = rooms.wall(code, BEN)[1]
    assert run.curve.epochs == (0.1, 0.2, 0.3)
    assert run.curve.accuracies == (0.1, 0.5, 0.75)
    assert run.curve.losses == (0.9, 0.5, 0.25)
    assert run.run.state == RunState.RUNNING
    assert run.run.progress == pytest.approx(3 / 50)


def test_a_long_curve_is_averaged_over_stretches(rooms: Rooms, code: str, begin):
    values = np.random.default_rng(0).random(7 * POINTS)
    train(rooms, begin(), values)
    [run] = rooms.wall(code, BEN)[1]
    assert run.curve.accuracies == pytest.approx(values.reshape(POINTS, 7).mean(axis=1))
    assert run.curve.epochs == pytest.approx(np.arange(7, 7 * POINTS + 1, 7) / 10)


def test_thirty_browsers_cost_one_reading(rooms: Rooms, code: str, begin):
    begin()
    rooms.wall(code, ADA)
    with statements(rooms) as sent:
        for _ in range(30):
            rooms.wall(code, BEN)
    assert not any("room_runs" in statement for statement in sent)


def test_only_what_moved_is_read_again(rooms: Rooms, code: str, begin, always_fresh):
    moving, still = begin(ADA), begin(BEN)
    train(rooms, moving, np.array([0.25]))
    train(rooms, still, np.array([0.5]))
    rooms.wall(code, ADA)
    with statements(rooms) as sent:
        rooms.wall(code, ADA)
    assert not any("points" in statement or "runs.experiment" in statement for statement in sent)
    train(rooms, moving, np.array([0.75]), first=2)
    with statements(rooms) as sent:
        first, second = rooms.wall(code, ADA)[1]
    assert (first.curve.accuracies, second.curve.accuracies) == ((0.25, 0.75), (0.5,))
    [curves] = [statement for statement in sent if "points" in statement]
    assert curves.count("?") == 2  # the number of stretches, and one run


def test_a_curve_that_went_back_to_a_checkpoint_is_read_again(
    rooms: Rooms, code: str, begin, always_fresh
):
    run_id = begin()
    train(rooms, run_id, np.array([0.25, 0.5]))
    rooms.wall(code, ADA)
    rooms.store.rewind(run_id, epoch=0, step=1)
    assert rooms.wall(code, ADA)[1][0].curve.accuracies == (0.25,)


def test_the_newest_runs_are_shown(rooms: Rooms, code: str, begin, monkeypatch):
    monkeypatch.setattr(module, "MOST_SHOWN", 2)
    for owner in (ADA, BEN, BEN):
        begin(owner)
    assert [run.nickname for run in rooms.wall(code, TEACHER)[1]] == ["Ben", "Ben"]


def test_few_rooms_are_kept_in_memory(rooms: Rooms, code: str, monkeypatch):
    monkeypatch.setattr(module, "_ROOMS_KEPT", 2)
    codes = [code, *(rooms.create(TEACHER) for _ in range(3))]
    for each in codes:
        rooms.wall(each, TEACHER)
    assert list(rooms.walls._readings) == codes[-2:]
