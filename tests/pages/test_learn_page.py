"""The Learn page: overview, a lesson's frame, predictions, progress."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nnlab.curriculum import LESSONS
from nnlab.ui.learn.desk import Desk
from nnlab.ui.resources import engine
from nnlab.work.engine import Engine
from nnlab.work.short_tasks import WorkersNotReady
from nnlab.work.status import ClusterStatus

PAGE = "pages/5_Learn.py"
VISITOR = "1" * 32


@pytest.fixture
def learn(open_page):
    """Opens the page as the same visitor, at a lesson or at the overview."""

    def open_it(lesson: str | None = None) -> AppTest:
        return open_page(PAGE, VISITOR, **({"lesson": lesson} if lesson else {}))

    return open_it


def texts(at: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*at.markdown, *at.caption, *at.info))


def test_the_overview_shows_every_lesson(learn):
    at = learn()
    assert at.title[0].value == "Learn"
    for lesson in LESSONS.values():
        assert lesson.summary in texts(at)
    assert texts(at).count("not tried yet") == len(LESSONS)


def test_a_name_that_is_no_lesson_is_answered_with_those_there_are(learn):
    at = learn("nonsense")
    assert at.title[0].value == "Learn"
    assert "logits" in at.warning[0].value


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_opens_before_the_workers_are_ready(learn, name: str):
    at = learn(name)
    lesson = LESSONS[name]
    assert at.title[0].value == lesson.title
    assert lesson.idea in texts(at)
    assert lesson.question.text in texts(at)
    assert "warming up" in texts(at)
    assert at.code[0].value.count("def ") == len(lesson.code)


def test_one_predicts_before_the_answer_is_revealed(learn):
    at = learn("logits")
    question = LESSONS["logits"].question
    assert question.why not in texts(at)
    assert at.button(key="reveal-logits").disabled
    at.radio(key="predict-logits").set_value(question.answer).run()
    at.button(key="reveal-logits").click().run()
    assert "Right" in at.success[0].value
    assert question.why in texts(at)


def test_a_wrong_prediction_is_kept_and_can_be_made_again(learn):
    at = learn("logits")
    question = LESSONS["logits"].question
    wrong = (question.answer + 1) % len(question.options)
    at.radio(key="predict-logits").set_value(wrong).run()
    at.button(key="reveal-logits").click().run()
    assert question.options[wrong] in at.error[0].value
    again = learn("logits")  # another session, as after a reload
    assert question.options[wrong] in again.error[0].value
    overview = learn()
    assert "predicted otherwise" in texts(overview)
    again.button(key="again-logits").click().run()
    assert not again.error
    assert again.radio(key="predict-logits").value is None


def test_a_desk_keeps_its_values_and_mends_what_does_not_fit(idle_engine: None):
    engine().drafts.put(VISITOR, "lesson:logits", {"shift": "far", "z1": 2.5, "on": 1})
    kept = dict(engine().drafts.get(VISITOR, "lesson:logits"))
    desk = Desk(LESSONS["logits"], VISITOR, kept)
    desk.start(shift=0.0, z1=0.0, on=True, marks=(1, 2))
    assert desk.values == {"shift": 0.0, "z1": 2.5, "on": True, "marks": (1, 2)}
    desk.put(shift=7.0)
    desk.keep()
    assert engine().drafts.get(VISITOR, "lesson:logits")["shift"] == 7.0


def test_the_same_is_not_asked_twice(idle_engine: None, monkeypatch: pytest.MonkeyPatch):
    asked = []

    def run_lesson(self: Engine, lesson: str, function: str, **arguments: object) -> float:
        asked.append((lesson, function, arguments))
        return 1.5

    monkeypatch.setattr(Engine, "run_lesson", run_lesson)
    desk = Desk(LESSONS["logits"], VISITOR)
    for shift in (1.0, 1.0, 2.0):
        assert desk.ask("both", logits=(1.0, 2.0), shift=shift) == 1.5
    assert len(asked) == 2


def test_a_lesson_asks_again_when_the_workers_were_too_busy(learn, monkeypatch: pytest.MonkeyPatch):
    answers = {name: np.full(10, 0.1) for name in ("logits", "exponentials", "naive", "stable")}
    busy = [True]

    def run_lesson(self: Engine, lesson: str, function: str, **arguments: object) -> object:
        if busy[0]:
            raise WorkersNotReady("The workers are too busy to answer.")
        return answers

    monkeypatch.setattr(Engine, "run_lesson", run_lesson)
    monkeypatch.setattr(Engine, "status", ClusterStatus("ready", 1))
    at = learn("logits")
    assert "too busy" in texts(at)
    assert at.session_state["nnlab_desk_logits"].every is not None
    busy[0] = False
    at.run()
    assert "too busy" not in texts(at)
    assert at.session_state["nnlab_desk_logits"].every is None
