"""Links opened on pages: what they set up, what they refuse, and the way back."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from nnlab.experiment import Assignment, Dataset, Experiment, with_settings
from nnlab.links import link_query
from nnlab.recipes import RECIPES
from nnlab.ui.resources import assignments, engine, rooms
from nnlab.ui.state import State

TRAIN, DATA, HOME = "pages/2_Train.py", "pages/1_Data.py", "app.py"
RATE = "training.optimizer.learning_rate"
LINKED = with_settings(Experiment(dataset=Dataset(name="digits")), {"training.epochs": 3})
LINK = dict(parse_qsl(link_query(LINKED)))
TASK = Assignment(experiment=LINKED, open=(RATE,), goal="Find a good rate.")
TEACHER, STRANGER = "e" * 32, "f" * 32
OpenPage = Callable[..., AppTest]


def state_of(at: AppTest) -> State:
    return at.session_state["nnlab_state"]


def errors(at: AppTest) -> str:
    return "\n".join(error.value.replace("\\", "") for error in at.error)


def rename(at: AppTest, name: str) -> None:
    field = next(field for field in at.text_input if field.label == "Name of the experiment")
    field.set_value(name).run()


@pytest.fixture
def at_own(open_page: OpenPage) -> AppTest:
    """A visitor with an experiment of one's own."""
    at = open_page(TRAIN)
    rename(at, "My own")
    return at


@pytest.mark.parametrize("page", [TRAIN, DATA, HOME])
def test_a_link_sets_the_experiment_up_exactly(open_page: OpenPage, page: str):
    at = open_page(page, **LINK)
    assert state_of(at).experiment == LINKED
    assert not at.query_params  # a reload does not set it up again
    assert state_of(open_page(TRAIN)).experiment == LINKED


def test_a_link_to_home_leads_to_train(open_page: OpenPage):
    assert open_page(HOME, **LINK).title[0].value == "Train"
    assert open_page(HOME, epochs="5000").title[0].value != "Train"


def test_every_recipe_has_a_link_that_opens_it(open_page: OpenPage):
    experiment = RECIPES["b-mnist-gradient-descent"].experiment
    at = open_page(TRAIN, **dict(parse_qsl(link_query(experiment))))
    assert state_of(at).experiment == experiment


def test_later_edits_are_not_overwritten_by_the_same_link(open_page: OpenPage):
    at = open_page(TRAIN, **LINK)
    rename(at, "Changed")
    for name, value in LINK.items():  # a message that still brings the old address
        at.query_params[name] = value
    at.run()
    assert state_of(at).experiment.name == "Changed"


def test_ones_own_experiment_comes_back_even_after_a_reload(at_own: AppTest, open_page: OpenPage):
    open_page(TRAIN, **LINK)
    at = open_page(TRAIN)
    at.button(key="link-undo").click().run()
    assert state_of(at).experiment.name == "My own"
    assert not any(button.key == "link-undo" for button in at.button)
    assert state_of(open_page(TRAIN)).experiment.name == "My own"


def test_a_second_link_does_not_take_the_place_of_ones_own(at_own: AppTest, open_page: OpenPage):
    open_page(TRAIN, **LINK)
    at = open_page(TRAIN, epochs="9")
    assert state_of(at).experiment.training.epochs == 9
    at.button(key="link-undo").click().run()
    assert state_of(at).experiment.name == "My own"


def test_keeping_it_ends_the_offer(at_own: AppTest, open_page: OpenPage):
    at = open_page(TRAIN, **LINK)
    at.button(key="link-keep").click().run()
    assert state_of(at).experiment == LINKED
    assert not any(button.key == "link-undo" for button in open_page(TRAIN).button)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"epochs": "5000"}, "from 1 to 2,000"),
        ({"epoch": "5"}, "allowed: name, data"),
        ({"data": "cifar"}, "fashion_mnist"),
        ({"task": "??"}, "letters and digits"),
        ({"task": "AAAAAA"}, "no task of that code"),
        ({"run": "0123456789abcdef"}, "Not found"),
    ],
)
def test_a_bad_link_changes_nothing_and_says_what_is_allowed(
    at_own: AppTest, open_page: OpenPage, query: dict[str, str], told: str
):
    at = open_page(TRAIN, **query)
    assert state_of(at).experiment.name == "My own"
    assert next(iter(query)) in errors(at)
    assert told in errors(at)
    at.button(key="link-refused-close").click().run()
    assert "link" not in errors(at)


def test_what_a_messenger_adds_to_a_link_is_let_be(open_page: OpenPage):
    at = open_page(TRAIN, **LINK, fbclid="IwAR0", utm_source="chat")
    assert state_of(at).experiment == LINKED
    assert not errors(at)


def test_words_of_a_link_are_shown_as_they_are(open_page: OpenPage):
    """Whoever makes up a link cannot put links or images of theirs on our page."""
    at = open_page(TRAIN, data="![x](https://evil.example/x.png) :red[**now**]")
    assert r"!\[x\](https\://evil\.example/x\.png) \:red\[\*\*now\*\*\]" in at.error[0].value


def test_the_whole_address_is_cleared_at_once(open_page: OpenPage):
    at = open_page(TRAIN, **LINK, room="ABC234")
    assert dict(at.query_params) == {"room": "ABC234"}  # another part's is let be


# --- tasks --------------------------------------------------------------------------------


def make_task(at: AppTest, **choices: object) -> str:
    """On the Share panel, as a teacher does; returns the code."""
    at.session_state["train-tabs"] = "Share"
    at.run()
    at.text_area(key="task-goal").set_value(choices.get("goal", "")).run()
    if "open" in choices:
        at.multiselect[0].set_value(choices["open"]).run()
    if choices.get("hide"):
        at.toggle(key="task-hide").set_value(True).run()
    at.button(key="task-make").click().run()
    assert not at.exception
    return assignments().made_by(state_of(at).owner)[0].code


def test_a_teacher_makes_a_task_and_a_student_gets_it(open_page: OpenPage):
    teacher = open_page(TRAIN, TEACHER, **LINK)
    code = make_task(teacher, open=["Learning rate", "Units of layer 2 (Dense)"], goal="Go.")
    assert any(f"Train?task={code}" in shown.value for shown in teacher.code)
    student = open_page(TRAIN, task=code)
    assert state_of(student).assignment == Assignment(
        experiment=LINKED, open=(RATE, "layers.1.units"), goal="Go."
    )
    assert state_of(student).source == f"link:{code}"
    units = next(field for field in student.number_input if field.label == "Units")
    assert not units.disabled
    assert next(f for f in student.number_input if f.label == "Epochs").disabled


def test_the_form_keeps_what_was_typed_through_tabs_and_reloads(open_page: OpenPage):
    at = open_page(TRAIN, TEACHER, **LINK)
    make_task(at, open=["Epochs"], goal="Go.", hide=True)
    for tab in ("Training", "Share"):
        at.session_state["train-tabs"] = tab
        at.run()
    again = open_page(TRAIN, TEACHER)
    again.session_state["train-tabs"] = "Share"
    again.run()
    for page in (at, again):
        assert page.text_area(key="task-goal").value == "Go."
        assert page.multiselect[0].value == ["Epochs"]
        assert page.toggle(key="task-hide").value is True


def test_a_task_may_leave_everything_open(open_page: OpenPage):
    at = open_page(TRAIN, TEACHER, **LINK)
    at.session_state["train-tabs"] = "Share"
    at.run()
    at.toggle(key="task-all").set_value(True).run()
    assert not at.multiselect
    at.button(key="task-make").click().run()
    assert assignments().made_by(TEACHER)[0].assignment == Assignment(experiment=LINKED)


def test_the_address_changes_no_lock(open_page: OpenPage):
    code = assignments().add(TEACHER, TASK)
    at = open_page(TRAIN, task=code, epochs="50")
    assert state_of(at).experiment == LINKED
    assert "training.epochs" in errors(at)
    assert "must be 3" in errors(at)
    at = open_page(TRAIN, layers="none", seed="7")
    assert state_of(at).experiment == LINKED
    assert "training.seed" in errors(at)


def test_a_link_within_the_task_is_opened(open_page: OpenPage):
    code = assignments().add(TEACHER, TASK)
    open_page(TRAIN, task=code)
    wanted = with_settings(LINKED, {RATE: 0.02})
    at = open_page(TRAIN, **dict(parse_qsl(link_query(wanted))))
    assert state_of(at).experiment == wanted


def test_a_rooms_task_is_not_left_by_a_link(open_page: OpenPage):
    visitor = state_of(open_page(TRAIN)).owner
    room = rooms().create(TEACHER)
    rooms().join(room, visitor, "Ada")
    rooms().start_task(room, TEACHER, TASK)
    code = assignments().add(TEACHER, TASK.model_copy(update={"open": None}))
    at = open_page(TRAIN, task=code)
    assert state_of(at).source == f"room:{room}"
    assert "Leave the room" in errors(at)


def test_a_task_is_not_made_of_what_students_do_not_have(open_page: OpenPage):
    at = open_page(TRAIN, start="0123456789abcdef")
    at.session_state["train-tabs"] = "Share"
    at.run()
    at.button(key="task-make").click().run()
    assert assignments().made_by(state_of(at).owner) == []
    assert "students do not have" in errors(at)


def test_a_deleted_task_cannot_be_begun_any_more(open_page: OpenPage):
    at = open_page(TRAIN, TEACHER)
    code = make_task(at)
    at.button(key=f"task-delete-{code}").click().run()
    assert "no task of that code" in errors(open_page(TRAIN, task=code))


# --- own runs and the plain link ----------------------------------------------------------


def test_an_own_run_is_opened_and_a_strangers_is_not_found(open_page: OpenPage):
    at = open_page(TRAIN)
    owner = state_of(at).owner
    mine = engine().store.create(LINKED, owner, "test")
    engine().store.create(LINKED, owner, "test")  # newer
    assert state_of(open_page(TRAIN, run=mine)).run_id == mine
    at = open_page(TRAIN, STRANGER, run=mine)
    assert state_of(at).run_id is None
    assert "Not found" in errors(at)


def test_the_plain_link_opens_what_it_was_made_from(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NNLAB_PUBLIC_URL", "https://school.example/lab/")
    at = open_page(TRAIN, TEACHER, **LINK)
    at.session_state["train-tabs"] = "Share"
    at.run()
    url = next(shown.value for shown in at.code if "Train?" in shown.value)
    assert url.startswith("https://school.example/lab/Train?")
    opened = open_page(TRAIN, **dict(parse_qsl(urlsplit(url).query)))
    assert state_of(opened).experiment == LINKED
