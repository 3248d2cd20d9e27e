"""Tasks in the store, on a real SQLite file."""

import pytest

from nnlab import settings
from nnlab.experiment import Assignment, Experiment, with_settings
from nnlab.joining.code import ALPHABET, LENGTH
from nnlab.runs import assignments as module
from nnlab.runs.assignments import KEPT, AssignmentNotFound, AssignmentRefused, Assignments
from nnlab.runs.database import open_database
from nnlab.runs.run import utc_now

TEACHER, STRANGER = "a" * 32, "b" * 32
TASK = Assignment(
    experiment=with_settings(Experiment(), {"training.epochs": 3}),
    open=("training.optimizer.learning_rate",),
    hide=True,
    goal="Pass 95 %.",
)


@pytest.fixture
def tasks(nnlab_home) -> Assignments:
    return Assignments(open_database(settings.database_url()))


def test_a_task_is_found_by_its_code_as_it_was_made(tasks: Assignments):
    code = tasks.add(TEACHER, TASK)
    assert tasks.get(code) == TASK
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)


def test_an_unknown_code_is_told_in_words(tasks: Assignments):
    with pytest.raises(AssignmentNotFound, match="no task of that code"):
        tasks.get("AAAAAA")


def test_a_task_ends_after_its_time(tasks: Assignments, monkeypatch: pytest.MonkeyPatch):
    code = tasks.add(TEACHER, TASK)
    now = utc_now() + KEPT
    monkeypatch.setattr(module, "utc_now", lambda: now)
    with pytest.raises(AssignmentNotFound):
        tasks.get(code)
    assert tasks.made_by(TEACHER) == []
    tasks.forget_old()
    monkeypatch.undo()
    with pytest.raises(AssignmentNotFound):
        tasks.get(code)


def test_only_its_maker_sees_and_deletes_it(tasks: Assignments):
    code = tasks.add(TEACHER, TASK)
    assert tasks.made_by(STRANGER) == []
    tasks.remove(code, STRANGER)
    assert [task.code for task in tasks.made_by(TEACHER)] == [code]
    tasks.remove(code, TEACHER)
    with pytest.raises(AssignmentNotFound):
        tasks.get(code)


def test_nobody_fills_the_table(tasks: Assignments, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_TASKS", 2)
    first = tasks.add(TEACHER, TASK)
    tasks.add(TEACHER, TASK)
    with pytest.raises(AssignmentRefused, match="2 tasks"):
        tasks.add(TEACHER, TASK)
    tasks.add(STRANGER, TASK)
    tasks.remove(first, TEACHER)
    tasks.add(TEACHER, TASK)


def test_a_code_that_is_taken_gives_way_to_another(
    tasks: Assignments, monkeypatch: pytest.MonkeyPatch
):
    codes = iter(["AAAAAA", "AAAAAA", "CCCCCC"])
    monkeypatch.setattr(module, "new_code", lambda: next(codes))
    assert [tasks.add(TEACHER, TASK), tasks.add(STRANGER, TASK)] == ["AAAAAA", "CCCCCC"]
