"""The Class page and what a room changes on the others."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab.datasets import load_splits
from nnlab.experiment import Assignment, Experiment, with_settings
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.states import RunState
from nnlab.ui.resources import engine, rooms

PAGE, TRAIN = "pages/7_Class.py", "pages/2_Train.py"
TEACHER, ADA, BEN, STRANGER = (letter * 32 for letter in "fabe")
RATE = "training.optimizer.learning_rate"

Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def fresh(idle_engine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wall is read at each look."""
    monkeypatch.setattr("nnlab.rooms.wall.FRESH_SECONDS", 0.0)


@pytest.fixture
def code() -> str:
    code = rooms().create(TEACHER)
    rooms().join(code, ADA, "Ada")
    rooms().join(code, BEN, "Ben")
    return code


def begin(owner: str, **changes: Any) -> str:
    experiment = with_settings(
        Experiment(), {name.replace("__", "."): value for name, value in changes.items()}
    )
    run_id = engine().store.create(experiment, owner, "engine")
    assert rooms().record(run_id, owner, experiment)
    return run_id


def finish(run_id: str, accuracy: float) -> None:
    store = engine().store
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    store.add_points(run_id, [Point(5, 0.5, 1.0, 0.5, 9.0), Point(10, 1.0, 0.5, 0.75, 9.0)])
    store.add_epoch(run_id, EpochRecord(1, 0.5, 0.75, 0.5, 0.75, 1.0))
    store.move(run_id, RunState.FINISHED, test_accuracy=accuracy, test_loss=0.5)


def press(at: AppTest, label: str) -> AppTest:
    [button] = [each for each in at.button if each.label == label]
    button.click().run()
    assert not at.exception, at.exception
    return at


def labels(at: AppTest) -> set[str]:
    return {button.label for button in at.button}


def texts(at: AppTest) -> list[str]:
    return [each.value for each in (*at.text, *at.markdown, *at.caption, *at.info, *at.error)]


def table(at: AppTest) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the wall, newest run first; a sparkline is whether there is one."""
    [told] = components(at, "nnlab_wall_table")
    shown = told["figure"]
    rows = []
    for key in shown["order"]:
        cells = [text for text, _ in shown["rows"][key]["cells"]]
        rows.append([cells[0], bool(cells[1]), *cells[2:]])
    return [label for label, _ in shown["columns"]], rows


def names(at: AppTest) -> list[str]:
    return [row[0] for row in table(at)[1]]


# --- getting in -------------------------------------------------------------------------------


def test_a_newcomer_may_join_or_teach(open_page: Open):
    at = open_page(PAGE, STRANGER)
    assert [each.value for each in at.subheader] == ["Join a class", "Teach a class"]
    assert any("ends after 24 hours" in caption.value for caption in at.caption)


def test_who_opens_a_room_sees_its_code_and_the_tools(open_page: Open):
    at = press(open_page(PAGE, STRANGER), "Open a room")
    [sign] = components(at, "nnlab_code_sign")
    room = rooms().current(STRANGER)
    assert room is not None
    assert sign["code"] == room.code
    assert at.code[0].value.endswith(f"?room={room.code}")
    assert {"Freeze", "Start the task"} <= labels(at)
    assert any("No runs yet" in info.value for info in at.info)


def test_a_link_brings_the_code_and_a_nickname_gets_in(open_page: Open, code: str):
    at = open_page(PAGE, STRANGER, room=code)
    assert at.text_input[0].value == code
    at.text_input[1].set_value("Eve")
    press(at, "Join")
    assert "room" not in at.query_params
    assert "You are Eve." in texts(at)
    assert "Eve" in [each.value for each in at.sidebar.text]
    assert "Freeze" not in labels(at)


@pytest.mark.parametrize(
    ("typed", "nickname", "answer"),
    [
        ("?", "Eve", "Code: 6 letters"),
        ("777777", "Eve", "Code: there is no open room"),
        (None, " ", "Nickname: 1 to 20"),
        (None, "Ada", "Nickname: somebody"),
    ],
)
def test_what_is_not_allowed_is_answered(
    open_page: Open, code: str, typed: str | None, nickname: str, answer: str
):
    at = open_page(PAGE, STRANGER)
    at.text_input[0].set_value(typed or code.lower())
    at.text_input[1].set_value(nickname)
    press(at, "Join")
    assert at.error[0].value.startswith(answer)
    assert rooms().current(STRANGER) is None


def test_one_leaves_and_comes_back(open_page: Open, code: str):
    at = press(open_page(PAGE, ADA), "Leave")
    assert "Your rooms" in [each.value for each in at.subheader]
    assert not at.sidebar.text
    assert "1 member in the room · 0 runs" in texts(open_page(PAGE, TEACHER))
    press(at, f"Enter {code}")
    assert "You are Ada." in texts(at)


def test_an_invitation_elsewhere_can_be_declined(open_page: Open, code: str):
    other = rooms().create(STRANGER)
    at = open_page(PAGE, ADA, room=other)
    assert at.text_input[0].value == other
    press(at, "Stay here")
    assert "You are Ada." in texts(at)


def test_the_teacher_link_makes_a_teacher_and_leaves_the_address(open_page: Open, code: str):
    token = rooms().teacher_token(code, TEACHER)
    at = open_page(PAGE, STRANGER, teacher=token)
    assert "teacher" not in at.query_params
    assert "Freeze" in labels(at)
    assert rooms().get(code, STRANGER).teacher


def test_a_wrong_teacher_link_is_told(open_page: Open, code: str):
    at = open_page(PAGE, ADA, teacher="guessed")
    assert at.error[0].value.startswith("Teacher link: there is no open room")
    assert "Freeze" not in labels(at)


# --- the wall ---------------------------------------------------------------------------------


def test_the_wall_shows_what_differs_and_how_well_it_did(open_page: Open, code: str):
    finish(begin(ADA, training__optimizer__learning_rate=0.01), 0.875)
    begin(BEN)
    headings, rows = table(open_page(PAGE, BEN))
    assert headings == [
        "Nickname", "Training accuracy", "Test accuracy", "State", "Learning rate",
    ]  # fmt: skip
    assert rows == [
        ["Ben", False, "–", "waiting", "0.001"],
        ["Ada", True, "87.5 %", "finished", "0.01"],
    ]


def test_ones_own_runs_are_marked(open_page: Open, code: str):
    begin(ADA)
    begin(BEN)
    [told] = components(open_page(PAGE, BEN), "nnlab_wall_table")
    rows = told["figure"]["rows"].values()
    assert {row["cells"][0][0]: row["mine"] for row in rows} == {"Ada": False, "Ben": True}


def test_filters_by_nickname_state_and_task(open_page: Open, code: str):
    finish(begin(ADA), 0.9)
    rooms().start_task(code, TEACHER, Assignment())
    begin(ADA)
    begin(BEN)
    at = open_page(PAGE, TEACHER)
    assert names(at) == ["Ben", "Ada", "Ada"]

    def choose(field: str, option: Any) -> None:
        [box] = [each for each in at.selectbox if str(each.key).startswith(f"room-{field}-")]
        box.set_value(option).run()
        assert not at.exception, at.exception

    choose("task", 1)
    assert names(at) == ["Ben", "Ada"]
    choose("member", next(m.id for m in rooms().members(code, TEACHER) if m.nickname == "Ada"))
    assert names(at) == ["Ada"]
    choose("state", "Done")
    assert any("No run is like this" in info.value for info in at.info)
    choose("task", -1)
    assert names(at) == ["Ada"]


def view(at: AppTest, name: str) -> AppTest:
    at.session_state["nnlab_room_look"].view = name
    at.run()
    assert not at.exception, at.exception
    return at


def test_all_curves_in_one_chart_and_as_a_table(open_page: Open, code: str):
    finish(begin(ADA, training__optimizer__learning_rate=0.01), 0.9)
    finish(begin(BEN), 0.8)
    at = view(open_page(PAGE, BEN), "curves")
    [chart] = components(at, "nnlab_live_chart")
    assert [trace["y"] for trace in chart["figure"]["data"]] == [[0.5, 0.75]] * 2
    frame = at.dataframe[0].value
    assert frame["Run"].tolist() == [
        "Ben (you) · Learning rate 0.001", "Ada · Learning rate 0.01",
    ]  # fmt: skip
    assert frame["1"].tolist() == [0.75, 0.75]


def test_after_a_second_task_curves_are_named_by_what_differs_within_it(open_page: Open, code: str):
    finish(begin(ADA), 0.9)
    second = {"dataset__name": "digits", "training__epochs": 20, "training__batch_size": 32}
    experiment = with_settings(
        Experiment(), {name.replace("__", "."): value for name, value in second.items()}
    )
    rooms().start_task(code, TEACHER, Assignment(experiment=experiment, open=(RATE,)))
    finish(begin(ADA, **second, **{RATE: 0.01}), 0.8)
    finish(begin(BEN, **second, **{RATE: 0.1}), 0.7)
    frame = view(open_page(PAGE, TEACHER), "curves").dataframe[0].value
    starts = [name.split(",")[0] for name in frame["Run"]]
    assert starts[:2] == ["Ben · Learning rate 0.1", "Ada · Learning rate 0.01"]


def test_a_setting_against_test_accuracy_and_as_a_table(open_page: Open, code: str):
    finish(begin(ADA, training__optimizer__learning_rate=0.01), 0.9)
    begin(ADA, training__epochs=9)  # has no test accuracy yet
    at = view(open_page(PAGE, BEN), "scatter")
    assert any("as soon as two runs" in info.value for info in at.info)
    finish(begin(BEN), 0.8)
    at.run()
    [chart] = components(at, "nnlab_live_chart")
    others, own = chart["figure"]["data"]
    assert (others["x"], others["y"], own["x"], own["y"]) == ([0.01], [0.9], [0.001], [0.8])
    assert at.dataframe[0].value["Test accuracy"].tolist() == [0.8, 0.9]


def test_a_room_mates_run_can_be_looked_at_and_nothing_else(open_page: Open, code: str):
    finish(begin(ADA), 0.875)
    running = begin(ADA)
    engine().store.move(running, RunState.RUNNING)
    active, done = (run.key for run in reversed(rooms().wall(code, BEN)[1]))
    for key in (active, done):
        at = open_page(PAGE, BEN, wall=key)
        assert "Ada" in texts(at)
        assert labels(at) == {"Back to the wall", "Use these settings"}
    assert any("87.50 %" in markdown.value for markdown in at.markdown)
    press(at, "Back to the wall")
    assert names(at) == ["Ada", "Ada"]


def test_the_settings_of_a_room_mate_can_be_taken_over(open_page: Open, code: str):
    begin(ADA, training__epochs=9)
    at = open_page(PAGE, BEN, wall=rooms().wall(code, BEN)[1][0].key)
    press(at, "Use these settings")
    assert at.session_state["nnlab_state"].experiment.training.epochs == 9
    assert at.title[0].value == "Train"


@pytest.mark.parametrize("visitor", [BEN, STRANGER])
def test_a_foreign_run_is_not_found(open_page: Open, code: str, visitor: str):
    other = rooms().create(STRANGER)
    rooms().join(other, STRANGER, "Eve")
    run_id = begin(STRANGER)
    for name in (rooms().wall(other, STRANGER)[1][0].key, run_id):
        rooms().leave(STRANGER)
        at = open_page(PAGE, visitor, wall=name)
        assert at.error[0].value.startswith("Run not found")
        rooms().enter(other, STRANGER)


def test_the_page_names_no_visitor_and_no_run(open_page: Open, code: str):
    run_ids = [begin(ADA), begin(BEN)]
    finish(run_ids[0], 0.9)
    pages = [(asker, open_page(PAGE, asker)) for asker in (TEACHER, BEN)]
    pages += [(BEN, open_page(PAGE, BEN, wall=run.key)) for run in rooms().wall(code, BEN)[1]]
    for asker, at in pages:
        sent = " ".join(str(getattr(node, "proto", "")) for node in at._tree)
        assert "Ada" in sent or "Ben" in sent
        assert not any(name in sent for name in {TEACHER, ADA, BEN, *run_ids} - {asker})


# --- what a room changes elsewhere ------------------------------------------------------------


def test_what_a_member_trains_is_on_the_wall(open_page: Open, code: str):
    press(open_page(TRAIN, ADA), "Train")
    open_page("app.py", BEN).button[0].click().run()
    press(open_page(TRAIN, STRANGER), "Train")
    assert [run.nickname for run in rooms().wall(code, TEACHER)[1]] == ["Ada", "Ben"]


def test_in_a_frozen_room_nothing_starts_and_the_student_is_told(open_page: Open, code: str):
    at = open_page(TRAIN, ADA)
    rooms().freeze(code, TEACHER, True)
    press(at, "Train")
    assert engine().store.runs_of(ADA) == []
    assert "the teacher has frozen room" in at.toast[0].value
    assert "Frozen: no new runs." in [each.value for each in at.sidebar.caption]
    press(open_page(PAGE, TEACHER), "Unfreeze")
    press(at, "Train")
    assert len(engine().store.runs_of(ADA)) == 1


def test_a_task_is_on_students_train_pages_while_it_lasts(open_page: Open, code: str):
    teacher = open_page(TRAIN, TEACHER)
    teacher.session_state["nnlab_state"].edit("training.epochs", 3)
    teacher.switch_page(PAGE).run()
    teacher.text_area[0].set_value("  Be quick,\n<b>and</b> good ")
    teacher.radio[0].set_value("some").run()
    teacher.multiselect[0].set_value(["Learning rate"])
    press(teacher, "Start the task")
    room = rooms().get(code, ADA)
    assert room.task is not None
    assert room.task.assignment.open == (RATE,)
    assert room.task.assignment.goal == "Be quick, <b>and</b> good"

    student = open_page(TRAIN, ADA)
    state = student.session_state["nnlab_state"]
    assert (state.experiment.training.epochs, state.locked("training.epochs")) == (3, True)
    state.edit(RATE, 0.02)
    press(student, "Train")
    assert [run.task for run in rooms().wall(code, ADA)[1]] == [1]
    assert "Be quick, <b>and</b> good" in [each.value for each in open_page(PAGE, ADA).text]
    assert open_page(TRAIN, STRANGER).session_state["nnlab_state"].assignment is None

    press(teacher, "End the task")
    student.run()
    assert state.assignment is None
    assert state.experiment.training.epochs == 5


def test_a_task_that_is_started_folds_its_form_up_and_is_not_started_twice(
    open_page: Open, code: str
):
    def form(at: AppTest) -> str:
        [fold] = [each for each in at.expander if "set another" in each.label]
        assert not fold.proto.expanded
        return fold.label  # the browser folds up what has another one

    at = open_page(PAGE, TEACHER)
    at.text_area[0].set_value("First")
    assert form(press(at, "Start the task")) == "End task 1, or set another"
    at.text_area[0].set_value("Second")
    assert form(press(at, "Start this task instead")) == "End task 2, or set another"
    press(at, "Start this task instead")
    assert rooms().get(code, ADA).task.number == 2
    assert "this is task 2" in at.toast[0].value
    assert form(at) == "End task 2, or set another"


def test_leaving_the_room_leaves_its_task(open_page: Open, code: str):
    rooms().start_task(code, TEACHER, Assignment(open=()))
    at = open_page(PAGE, ADA)
    assert at.session_state["nnlab_state"].locked("training.epochs")
    press(at, "Leave")
    assert at.session_state["nnlab_state"].assignment is None


def test_a_teacher_takes_a_nickname_off_the_wall(open_page: Open, code: str):
    begin(ADA)
    begin(BEN)
    student, at = open_page(PAGE, ADA), open_page(PAGE, TEACHER)
    assert any("leave the wall for good" in text for text in texts(at))
    [remove] = [box for box in at.selectbox if box.key and box.key.startswith("room-remove")]
    remove.set_value(rooms().get(code, ADA).me.id).run()
    press(at, "Remove")
    assert names(at) == ["Ben"]
    student.run()
    assert "Join a class" in [each.value for each in student.subheader]
    student.text_input[0].set_value(code)
    student.text_input[1].set_value("Again")
    press(student, "Join")
    assert "cannot join it again" in student.error[0].value


def test_a_teacher_ends_the_room(open_page: Open, code: str):
    student = open_page(PAGE, ADA)
    at = press(open_page(PAGE, TEACHER), "Delete now")
    assert "Teach a class" in [each.value for each in at.subheader]
    student.run()
    assert not student.exception
    assert "Join a class" in [each.value for each in student.subheader]


def test_a_teacher_may_train_as_well(open_page: Open, code: str):
    at = open_page(PAGE, TEACHER)
    at.text_input[0].set_value("Grace")
    press(at, "Join")
    assert "You train as Grace." in texts(at)
    begin(TEACHER)
    assert names(at.run()) == ["Grace"]


# --- numbers ----------------------------------------------------------------------------------


def begin_a_number(owner: str, error: float, **changes: Any) -> str:
    """A run on the plane that has ended."""
    on_plane = {"dataset.name": "plane", "output.activation": "linear", "layers": []}
    run_id, store = begin(owner, **on_plane, **changes), engine().store
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    store.add_points(
        run_id, [Point(5, 0.5, 0.8, None, 9.0, 0.75), Point(10, 1.0, 0.4, None, 9.0, 0.5)]
    )
    store.add_epoch(run_id, EpochRecord(1, 0.4, None, 0.4, None, 1.0, 0.5, 0.5))
    store.move(run_id, RunState.FINISHED, test_mean_absolute_error=error, test_loss=0.0625)
    return run_id


def chart(at: AppTest) -> dict[str, Any]:
    [told] = components(at, "nnlab_live_chart")
    return told["figure"]


def test_a_class_that_learns_numbers_sees_errors_and_no_accuracy(open_page: Open, code: str):
    begin_a_number(ADA, 0.25, **{RATE: 0.01})
    begin_a_number(BEN, 0.125, **{RATE: 0.1})
    at = open_page(PAGE, ADA)
    headings, rows = table(at)
    assert headings[:3] == ["Nickname", "Training absolute error", "Test absolute error"]
    assert [row[:3] for row in rows] == [["Ben", True, "0.1250"], ["Ada", True, "0.2500"]]
    figure = chart(view(at, "curves"))
    assert figure["layout"]["title"]["text"] == "Training absolute error of 2 runs"
    assert [trace["y"] for trace in figure["data"]] == [[0.75, 0.5]] * 2
    figure = chart(view(at, "scatter"))
    assert figure["layout"]["yaxis"]["title"]["text"] == "Test absolute error"
    dots = {dot for t in figure["data"] for dot in zip(t["x"], t["y"], strict=True)}
    assert dots == {(0.01, 0.25), (0.1, 0.125)}
    assert headings[4:] == ["Learning rate"]
    said = [*texts(at), *(each.label for each in at.segmented_control), repr(figure)]
    assert not any("ccuracy" in text for text in said)


def test_a_room_mates_numbers_are_held_against_their_targets(open_page: Open, code: str):
    run_id = begin_a_number(ADA, 0.25)
    targets = load_splits(engine().store.get(run_id).experiment.dataset).y_test
    RunFiles(run_id).write_final({}, Result(targets[:, np.newaxis] + 0.25, targets), {})
    [wall] = components(open_page(PAGE, BEN), "nnlab_wall_table")
    at = open_page(PAGE, BEN, wall=wall["figure"]["order"][0])
    told = {c["figure"]["layout"]["title"]["text"]: c["figure"]
            for c in components(at, "nnlab_live_chart")}  # fmt: skip
    np.testing.assert_allclose(told["Predicted against true"]["data"][1]["x"], targets, atol=5e-5)
    assert sum(told["How far off"]["data"][0]["y"]) == len(targets)


def test_among_accuracies_a_number_is_told_as_an_error(open_page: Open, code: str):
    finish(begin(BEN, **{RATE: 0.1}), 0.9)
    begin_a_number(ADA, 0.25)
    at = open_page(PAGE, ADA)
    headings, rows = table(at)
    assert headings[2] == "Test accuracy"
    assert {row[0]: row[1:3] for row in rows} == {
        "Ben": [True, "90.0 %"], "Ada": [False, "error 0.2500"],
    }  # fmt: skip
    assert [trace["y"] for trace in chart(view(at, "curves"))["data"]] == [[0.5, 0.75]]
    assert any("learn a number have no accuracy" in text for text in texts(at))
    at.segmented_control(key="room-metric").set_value("loss").run()
    assert len(chart(at)["data"]) == 2
