"""Who gets into a room, who sees what, and how it ends; on a real SQLite file."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from nnlab import settings
from nnlab.experiment import Assignment, Experiment, with_settings
from nnlab.rooms import membership, opening, teaching
from nnlab.rooms.room import Member, RoomNotFound, RoomRefused
from nnlab.rooms.rooms import Rooms
from nnlab.runs.room_tables import RoomRow
from nnlab.runs.run import RunNotFound, utc_now
from nnlab.runs.tables import Base
from nnlab.work.engine import Engine

TEACHER, ADA, BEN, STRANGER = (letter * 32 for letter in "tabs")


# --- getting in -------------------------------------------------------------------------------


def test_each_is_told_their_own_part(rooms: Rooms, code: str):
    teacher, ada, stranger = (rooms.get(code, asker) for asker in (TEACHER, ADA, STRANGER))
    assert (teacher.teacher, teacher.me) == (True, None)
    assert (ada.teacher, ada.me and ada.me.nickname) == (False, "Ada")
    assert not stranger.mine
    assert {each.members for each in (teacher, ada, stranger)} == {2}


def test_one_is_in_the_room_that_one_joined_last_until_one_leaves(rooms: Rooms, code: str):
    other = rooms.create(TEACHER)
    rooms.join(other, ADA, "Ada")
    assert rooms.current(ADA).code == other
    assert [room.code for room in rooms.of(ADA)] == [other, code]
    rooms.enter(code, ADA)
    assert rooms.current(ADA).code == code
    rooms.leave(ADA)
    assert rooms.current(ADA) is None
    assert rooms.get(code, ADA).me is not None
    assert rooms.current(STRANGER) is None


@pytest.mark.parametrize("nickname", ["Ada", "ADA", "\uff21da"])
def test_a_nickname_is_taken_once_in_a_room(rooms: Rooms, code: str, nickname: str):
    with pytest.raises(RoomRefused, match="^Nickname: somebody"):
        rooms.join(code, STRANGER, nickname)
    assert rooms.current(STRANGER) is None
    rooms.join(rooms.create(TEACHER), STRANGER, nickname)


def test_counted_is_who_is_in_the_room(rooms: Rooms, code: str):
    rooms.leave(ADA)
    assert rooms.get(code, TEACHER).members == 1
    rooms.enter(code, ADA)
    assert rooms.get(code, TEACHER).members == 2
    rooms.join(rooms.create(STRANGER), BEN, "Ben")  # one is in one room only
    assert rooms.get(code, TEACHER).members == 1
    assert [each.nickname for each in rooms.members(code, TEACHER)] == ["Ada", "Ben"]


def test_joining_again_changes_the_nickname_and_keeps_the_runs(rooms: Rooms, code: str, begin):
    begin(ADA)
    rooms.join(code, ADA, "Countess")
    assert [run.nickname for run in rooms.wall(code, BEN)[1]] == ["Countess"]
    assert rooms.get(code, ADA).members == 2


def test_nothing_that_is_told_names_a_visitor_or_a_run(rooms: Rooms, code: str, begin):
    run_id = begin(ADA)
    [run] = rooms.wall(code, BEN)[1]
    told = repr([rooms.wall(code, BEN), rooms.members(code, TEACHER), rooms.get(code, BEN)])
    assert not any(each in told for each in (TEACHER, ADA, BEN, run_id))
    assert rooms.run(code, BEN, run.key).run.owner == ""


def test_a_foreign_room_looks_like_none_at_all(rooms: Rooms, code: str, begin):
    begin(ADA)
    [run] = rooms.wall(code, ADA)[1]
    ada = rooms.get(code, ADA).me
    with pytest.raises(RoomNotFound) as missing:
        rooms.get("777777", STRANGER)
    for forbidden in (
        lambda: rooms.wall(code, STRANGER),
        lambda: rooms.run(code, STRANGER, run.key),
        lambda: rooms.members(code, STRANGER),
        lambda: rooms.enter(code, STRANGER),
        lambda: rooms.teach("guessed", STRANGER),
        # A member is no teacher.
        lambda: rooms.teacher_token(code, ADA),
        lambda: rooms.freeze(code, ADA, True),
        lambda: rooms.remove(code, BEN, ada.id),
        lambda: rooms.start_task(code, ADA, Assignment()),
        lambda: rooms.end_task(code, ADA),
        lambda: rooms.delete(code, ADA),
    ):
        with pytest.raises(RoomNotFound) as foreign:
            forbidden()
        assert str(foreign.value) == str(missing.value)
    room = rooms.get(code, ADA)
    assert (room.frozen, room.members, room.task) == (False, 2, None)


def test_two_who_want_a_nickname_at_once(rooms: Rooms, code: str):
    all_are_here = threading.Barrier(8)

    def join(number: int) -> bool:
        all_are_here.wait(timeout=10)
        try:
            rooms.join(code, f"{number:032d}", "Max")
        except RoomRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(join, range(8))) == 1
    assert [member.nickname for member in rooms.members(code, TEACHER)] == ["Ada", "Ben", "Max"]


def test_limits_are_told(rooms: Rooms, code: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(membership, "MOST_MEMBERS", 2)
    monkeypatch.setattr(opening, "MOST_ROOMS", 1)
    monkeypatch.setattr(teaching, "MOST_TASKS", 1)
    monkeypatch.setattr(teaching, "MOST_TEACHERS", 1)
    with pytest.raises(RoomRefused, match="full: it has 2 members"):
        rooms.join(code, STRANGER, "Eve")
    with pytest.raises(RoomRefused, match="1 rooms open"):
        rooms.create(TEACHER)
    rooms.start_task(code, TEACHER, Assignment())
    with pytest.raises(RoomRefused, match="1 tasks"):
        rooms.start_task(code, TEACHER, Assignment(goal="Another"))
    with pytest.raises(RoomRefused, match="1 teachers"):
        rooms.teach(rooms.teacher_token(code, TEACHER), BEN)
    rooms.join(code, BEN, "Benny")  # who is in, may still change the nickname


# --- teachers ---------------------------------------------------------------------------------


def test_the_teacher_link_makes_teachers(rooms: Rooms, code: str):
    token = rooms.teacher_token(code, TEACHER)
    assert len(token) >= 32
    assert rooms.teach(token, STRANGER) == code
    assert rooms.current(STRANGER).teacher
    rooms.freeze(code, STRANGER, True)
    assert rooms.get(code, TEACHER).frozen


def test_a_frozen_room_takes_nobody_and_no_run_until_it_thaws(rooms: Rooms, code: str, begin):
    begin(ADA)
    rooms.freeze(code, TEACHER, True)
    with pytest.raises(RoomRefused, match="frozen"):
        rooms.join(code, STRANGER, "Eve")
    with pytest.raises(RoomRefused, match=f"frozen room {code}"):
        rooms.check_start(ADA)
    begin(ADA)  # froze between the question and the start
    assert len(rooms.wall(code, ADA)[1]) == 1
    rooms.leave(ADA)
    rooms.check_start(ADA)  # on one's own one trains on
    rooms.enter(code, ADA)
    rooms.freeze(code, TEACHER, False)
    rooms.check_start(ADA)


def test_a_removed_member_and_their_runs_are_gone_for_good(rooms: Rooms, code: str, begin):
    run_id, other = begin(ADA), begin(BEN)
    key = rooms.wall(code, ADA)[1][0].key
    [ada, _] = rooms.members(code, TEACHER)
    rooms.remove(code, TEACHER, ada.id)
    assert [run.nickname for run in rooms.wall(code, TEACHER)[1]] == ["Ben"]
    assert rooms.current(ADA) is None
    for forbidden in (lambda: rooms.wall(code, ADA), lambda: rooms.enter(code, ADA)):
        with pytest.raises(RoomNotFound):
            forbidden()
    with pytest.raises(RunNotFound):
        rooms.run(code, TEACHER, key)
    with pytest.raises(RoomRefused, match="cannot join it again"):
        rooms.join(code, ADA, "Polite")
    with pytest.raises(RoomRefused, match="^Nickname: "):
        rooms.join(code, STRANGER, "Ada")
    begin(ADA)
    assert len(rooms.wall(code, TEACHER)[1]) == 1
    assert {run.id for run in rooms.store.runs_of(ADA)} >= {run_id}
    assert rooms.store.get(other, BEN).owner == BEN


def test_why_one_is_out_of_a_room(rooms: Rooms, code: str, expire):
    assert rooms.parting(code, ADA) is rooms.parting(code, TEACHER) is None
    rooms.leave(BEN)
    assert rooms.parting(code, BEN) is None  # may come back
    [ada, _] = rooms.members(code, TEACHER)
    rooms.remove(code, TEACHER, ada.id)
    assert rooms.parting(code, ADA) == "removed"
    expire(code)
    assert rooms.parting(code, ADA) == rooms.parting(code, BEN) == "ended"
    rooms.forget_old()
    assert rooms.parting(code, BEN) == "ended"


def test_one_cannot_remove_a_member_of_another_room(rooms: Rooms, code: str):
    own = rooms.create(STRANGER)
    rooms.remove(own, STRANGER, rooms.members(code, TEACHER)[0].id)
    assert len(rooms.members(code, TEACHER)) == 2


# --- runs and tasks ---------------------------------------------------------------------------


def test_only_what_a_member_starts_after_joining_is_on_the_wall(
    rooms: Rooms, code: str, begin, always_fresh
):
    begin(STRANGER)
    rooms.join(code, STRANGER, "Eve")
    assert rooms.wall(code, STRANGER)[1] == ()
    begin(STRANGER)
    begin(TEACHER)  # has no nickname
    rooms.leave(STRANGER)
    begin(STRANGER)
    runs = rooms.wall(code, ADA)[1]
    eve = rooms.get(code, STRANGER).me
    assert [(run.nickname, run.member) for run in runs] == [("Eve", eve.id)]


def test_a_run_counts_for_the_task_whose_rules_it_keeps(rooms: Rooms, code: str, begin):
    begin()
    given = Experiment(name="Rates")
    task = Assignment(experiment=given, open=("training.optimizer.learning_rate",))
    assert rooms.start_task(code, TEACHER, task) == 1
    assert rooms.start_task(code, TEACHER, task.model_copy(deep=True)) == 1  # it goes on
    assert rooms.get(code, BEN).task.assignment.goal == ""
    begin(ADA, with_settings(given, {"training.optimizer.learning_rate": 0.1}))
    begin(ADA, with_settings(given, {"training.epochs": 9}))
    assert rooms.start_task(code, TEACHER, Assignment(goal="Anything goes")) == 2
    assert rooms.get(code, BEN).task.assignment.goal == "Anything goes"
    begin(BEN, with_settings(given, {"training.epochs": 9}))
    rooms.end_task(code, TEACHER)
    begin(BEN)
    assert [run.task for run in rooms.wall(code, BEN)[1]] == [None, 1, None, 2, None]
    assert rooms.get(code, BEN).task is None


def test_a_run_of_another_room_is_not_found(rooms: Rooms, code: str, begin):
    run_id = begin(ADA)
    key = rooms.wall(code, ADA)[1][0].key
    assert rooms.run(code, BEN, key).member == Member(rooms.get(code, ADA).me.id, "Ada")
    own = rooms.create(STRANGER)
    for where, asker, name in ((own, STRANGER, key), (code, BEN, run_id), (code, BEN, "0" * 16)):
        with pytest.raises(RunNotFound):
            rooms.run(where, asker, name)


def test_a_deleted_run_leaves_the_wall(rooms: Rooms, code: str, begin, always_fresh):
    run_id = begin(ADA)
    assert len(rooms.wall(code, BEN)[1]) == 1
    rooms.store.move(run_id, "failed")
    rooms.store.delete(run_id, ADA)
    assert rooms.wall(code, BEN)[1] == ()


# --- the end ----------------------------------------------------------------------------------


def rows_of_rooms(rooms: Rooms) -> int:
    names = [name for name in Base.metadata.tables if name.startswith("room")]
    assert len(names) == 6
    with rooms.engine.connect() as connection:
        return sum(connection.scalar(text(f"select count(*) from {name}")) for name in names)


def test_after_its_time_a_room_is_not_found_and_then_deleted(
    rooms: Rooms, code: str, begin, expire
):
    run_id, token = begin(ADA), rooms.teacher_token(code, TEACHER)
    rooms.start_task(code, TEACHER, Assignment())
    expire(code)
    assert rooms.current(ADA) is None
    assert rooms.of(TEACHER) == []
    for gone in (
        lambda: rooms.get(code, TEACHER),
        lambda: rooms.join(code, STRANGER, "Eve"),
        lambda: rooms.wall(code, TEACHER),
        lambda: rooms.teach(token, STRANGER),
    ):
        with pytest.raises(RoomNotFound):
            gone()
    later = begin(ADA)
    rooms.forget_old()
    assert rows_of_rooms(rooms) == 0
    assert {run.id for run in rooms.store.runs_of(ADA)} == {run_id, later}


def test_the_engine_deletes_old_rooms_now_and_then(rooms: Rooms, code: str, expire):
    expire(code)
    assert Rooms(rooms.store).current(ADA) is None
    Engine()._tidy()
    assert rows_of_rooms(rooms) == 0


def test_a_teacher_ends_a_room_and_runs_stay_their_owners(rooms: Rooms, code: str, begin):
    run_id = begin(ADA)
    rooms.delete(code, TEACHER)
    assert rows_of_rooms(rooms) == 0
    assert rooms.store.get(run_id, ADA).id == run_id


def test_a_room_is_kept_for_as_long_as_is_set(rooms: Rooms, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_ROOM_HOURS", "3")
    code = rooms.create(TEACHER)
    left = rooms.get(code, TEACHER).ends_at - utc_now()
    assert timedelta(hours=2, minutes=59) < left <= timedelta(hours=3)


@pytest.mark.parametrize("hours", ["0", "721", "a day"])
def test_hours_out_of_bounds_are_refused(monkeypatch: pytest.MonkeyPatch, hours: str):
    monkeypatch.setenv("NNLAB_ROOM_HOURS", hours)
    with pytest.raises(ValueError, match="NNLAB_ROOM_HOURS must be a whole number from 1 to 720"):
        settings.room_hours()


def test_a_database_from_before_rooms_gets_their_tables(rooms: Rooms):
    with rooms.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name.startswith("room"):
                table.drop(connection)
    run_id = rooms.store.create(Experiment(), ADA, "engine")
    again = Rooms(type(rooms.store)(settings.database_url()))
    again.join(again.create(TEACHER), ADA, "Ada")
    assert again.store.get(run_id).owner == ADA
    with again.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(RoomRow)) == 1
