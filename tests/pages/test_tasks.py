"""A task: what it locks cannot be changed by a control, a recipe or a message made by hand."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from nnlab.experiment import Assignment, Dataset, Experiment, with_settings
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.task_draft import Task, keep_task

VISITOR = "0" * 32
PAGE = "pages/2_Train.py"
RATE = "training.optimizer.learning_rate"
BEGIN = with_settings(Experiment(dataset=Dataset(name="digits")), {"training.epochs": 3})
ONLY_RATE = Assignment(experiment=BEGIN, open=(RATE,), goal="Reach *95 %*.")
OpenPage = Callable[..., AppTest]


def state_of(at: AppTest) -> State:
    return at.session_state["nnlab_state"]


def take(at: AppTest, assignment: Assignment, source: str = "link:ABC234") -> AppTest:
    """As a link or a room does, with the page's own engine."""
    state_of(at).take(assignment, source)
    at.run()
    assert not at.exception
    return at


@pytest.fixture
def at_task(open_page: OpenPage) -> AppTest:
    at = open_page(PAGE)
    at.text_input(key="exp-0-name").set_value("My own").run()
    return take(at, ONLY_RATE)


def test_locked_controls_are_disabled_and_the_open_one_is_not(at_task: AppTest):
    by_label = {field.label: field.disabled for field in at_task.number_input}
    assert by_label.pop("Learning rate") is False
    assert len(by_label) > 5
    assert all(by_label.values()), by_label
    boxes = {box.label: box.disabled for box in at_task.selectbox}
    assert "Optimizer" in boxes
    assert all(boxes.values()), boxes
    assert all(switch.disabled for switch in at_task.toggle)
    assert not any(button.label == "Dense" for button in at_task.button)


def test_the_banner_tells_goal_and_what_is_open(at_task: AppTest):
    assert "Reach *95 %*." in [text.value for text in at_task.text]  # plain, not Markdown
    assert any("Yours to change: **Learning rate**" in c.value for c in at_task.caption)


@pytest.mark.parametrize(
    ("opened", "tab", "where"),
    [
        ((RATE,), "Training", "on Train in the tab Training."),
        (("layers", RATE), "Layers", "on Train in the tabs Layers and Training."),
        (("dataset.name", RATE), "Training", "Data set, Learning rate**. Everything"),
        (("dataset.name",), "Layers", "Data set**. Everything"),
    ],
)
def test_train_opens_with_the_tab_that_holds_what_is_open(
    open_page: OpenPage, opened: tuple[str, ...], tab: str, where: str
):
    at = take(open_page(PAGE), ONLY_RATE.model_copy(update={"open": opened}))
    assert at.session_state["train-tabs"] == tab
    assert any(where in caption.value for caption in at.caption)


def test_the_tab_that_a_student_chose_stays_while_they_work(at_task: AppTest):
    at_task.session_state["train-tabs"] = "Keras script"
    at_task.run()
    rate = next(field for field in at_task.number_input if field.label == "Learning rate")
    rate.set_value(0.01).run()
    next(button for button in at_task.button if button.label == "Begin again").click().run()
    assert at_task.session_state["train-tabs"] == "Keras script"
    at_task.switch_page("app.py").run()
    at_task.switch_page(PAGE).run()
    assert at_task.session_state["train-tabs"] == "Training"


def test_the_open_setting_is_changed_and_kept_with_the_task(at_task: AppTest, open_page: OpenPage):
    rate = next(field for field in at_task.number_input if field.label == "Learning rate")
    rate.set_value(0.01).run()
    again = state_of(open_page(PAGE))
    assert again.assignment == ONLY_RATE
    assert again.experiment == with_settings(BEGIN, {RATE: 0.01})


def test_a_message_made_by_hand_changes_no_locked_setting(at_task: AppTest):
    epochs = next(field for field in at_task.number_input if field.label == "Epochs")
    epochs.proto.disabled = False  # anybody can write to a websocket
    epochs.set_value(50).run()
    assert state_of(at_task).experiment == BEGIN
    shown = next(field for field in at_task.number_input if field.label == "Epochs")
    assert shown.value == 3


def test_an_edit_from_elsewhere_is_refused_with_field_and_value(at_task: AppTest):
    """E.g. from a control that was drawn before the task began."""
    state_of(at_task).edit("training.epochs", 50)
    at_task.run()
    assert state_of(at_task).experiment == BEGIN
    assert any("training.epochs" in w.value and "must be 3" in w.value for w in at_task.warning)


def test_train_asks_the_task_once_more(at_task: AppTest):
    state = state_of(at_task)
    state.experiment = with_settings(BEGIN, {"training.epochs": 4})  # past every control
    next(button for button in at_task.button if button.label == "Train").click().run()
    assert not at_task.exception
    assert state.run_id is None
    state.experiment = with_settings(BEGIN, {RATE: 0.5})
    next(button for button in at_task.button if button.label == "Train").click().run()
    assert state.run_id is not None


def test_hidden_settings_are_not_drawn(open_page: OpenPage):
    at = take(open_page(PAGE), ONLY_RATE.model_copy(update={"hide": True}))
    assert [field.label for field in at.number_input] == ["Learning rate"]
    assert [box.label for box in at.selectbox] == []


def test_a_recipe_that_the_task_does_not_allow_is_refused_with_the_field(at_task: AppTest):
    at_task.switch_page("app.py").run()
    at_task.button(key="open-c-10-units").click().run()
    assert not at_task.exception
    assert state_of(at_task).experiment == BEGIN
    at_task.switch_page(PAGE).run()
    assert any("dataset.name" in warning.value for warning in at_task.warning)


def test_the_first_networks_of_home_and_draw_are_not_trained_past_the_task(at_task: AppTest):
    for page, label in (
        ("app.py", "Train your first network"),
        ("pages/4_Draw.py", "Train the beginner network now"),
    ):
        at_task.switch_page(page).run()
        next(button for button in at_task.button if button.label == label).click().run()
        assert not at_task.exception
    assert engine().store.runs_of(VISITOR) == []
    assert state_of(at_task).experiment == BEGIN


def test_other_data_sets_cannot_be_chosen(at_task: AppTest):
    at_task.switch_page("pages/1_Data.py").run()
    assert not at_task.exception
    assert at_task.button(key="use-mnist").disabled
    assert all(box.disabled for box in at_task.selectbox if box.label.endswith("images"))


def test_leaving_returns_to_ones_own_experiment(at_task: AppTest, open_page: OpenPage):
    at_task.button(key="task-leave").click().run()
    assert state_of(at_task).experiment.name == "My own"
    again = state_of(open_page(PAGE))
    assert (again.assignment, again.experiment.name) == (None, "My own")


def test_a_rooms_task_is_left_with_the_room_only(open_page: OpenPage):
    at = take(open_page(PAGE), ONLY_RATE, "room:ABC234")
    assert not any(button.key == "task-leave" for button in at.button)


def test_taking_again_goes_on_where_the_work_was_left(at_task: AppTest):
    state = state_of(at_task)
    state.edit(RATE, 0.02)
    state.leave_task()
    assert state.experiment.name == "My own"
    state.take(ONLY_RATE, "link:ABC234")
    assert state.experiment == with_settings(BEGIN, {RATE: 0.02})
    state.take(ONLY_RATE.model_copy(update={"goal": "Another"}), "link:ABC234")
    assert state.experiment == BEGIN


def test_kept_work_that_the_lock_does_not_allow_is_not_taken_up(
    at_task: AppTest, open_page: OpenPage
):
    past_the_lock = with_settings(BEGIN, {"training.epochs": 50})
    keep_task(VISITOR, Task("link:ABC234", ONLY_RATE, past_the_lock))
    assert state_of(open_page(PAGE)).experiment == BEGIN
