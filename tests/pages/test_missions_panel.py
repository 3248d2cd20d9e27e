"""The panel of missions on a page of its own: what a visitor does, with runs in the store."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nnlab.experiment import Experiment, with_settings
from nnlab.missions import MISSIONS
from nnlab.runs.drafts import Drafts
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.records import EpochRecord
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.ui.resources import engine
from nnlab.ui.state import State

VISITOR = "0" * 32
Opened = Callable[[], AppTest]


def page() -> None:
    """What the playground does with the panel."""
    import streamlit as st

    from nnlab.ui.playground.missions import mission_panel
    from nnlab.ui.resources import engine
    from nnlab.ui.state import state

    here = state()
    st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
    mission_panel(here, engine().store.runs_of(here.owner), here.replace)


@pytest.fixture
def visit(idle_engine: None) -> Opened:
    def come() -> AppTest:
        at = AppTest.from_function(page, default_timeout=30)
        at.session_state["nnlab_visitor"] = VISITOR
        return shown(at.run())

    return come


def shown(at: AppTest) -> AppTest:
    assert not at.exception, at.exception
    return at


def press(at: AppTest, key: str) -> AppTest:
    return shown(at.button(key=key).click().run())


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.info, at.success)
    return "\n".join(element.value for elements in kinds for element in elements)


def train(
    experiment: Experiment,
    test: float,
    state: RunState = RunState.FINISHED,
    small: float = 0.5,
    owner: str = VISITOR,
) -> str:
    """A run with two epochs and, at its end, answers that lose a share of the last class."""
    store = engine().store
    run_id = store.create(experiment, owner, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    for number in (1, 2):
        store.add_epoch(run_id, EpochRecord(number, 0.5, 0.9, 0.5, test, 0.1))
    if state == RunState.FINISHED:
        y = np.repeat([0, 1], 100)
        told = np.where(np.arange(200) < 100 + 100 * small, y, 0)
        RunFiles(run_id).write_final({}, Result(np.eye(2, dtype=np.float32)[told], y), {})
        store.move(run_id, state, test_loss=0.5, test_accuracy=test)
    return run_id


def state_of(at: AppTest) -> State:
    return at.session_state["nnlab_state"]


BLOBS = MISSIONS["blobs"]
SOLVED = with_settings(BLOBS.experiment, {"layers": []})


def test_one_mission_is_open_at_a_time(visit: Opened):
    at = visit()
    assert f"0 of {len(MISSIONS)} passed" in said(at)
    assert all(at.button(key=f"mission-{name}") for name in MISSIONS)
    assert not at.radio
    press(at, "mission-blobs")
    assert BLOBS.task in said(at)
    press(at, "mission-xor")
    assert MISSIONS["xor"].task in said(at)
    assert BLOBS.task not in said(at)
    press(at, "mission-xor")
    assert MISSIONS["xor"].task not in said(at)


def test_set_up_puts_the_experiment_into_the_playground(visit: Opened):
    at = press(visit(), "mission-blobs")
    drawn = at.session_state["drawn"]
    press(at, "mission-blobs-set-up")
    assert state_of(at).experiment == BLOBS.experiment
    assert at.session_state["drawn"] > drawn, "the page knows of it"
    assert at.button(key="mission-blobs-set-up").label == "Set it up again"


def test_runs_before_the_mission_do_not_count(visit: Opened):
    at = press(visit(), "mission-blobs")
    train(SOLVED, 0.99)
    press(at, "mission-blobs-set-up")
    assert "No run yet" in said(at)
    train(BLOBS.experiment, 0.99)
    train(MISSIONS["xor"].experiment, 0.99)
    train(SOLVED, 1.0, owner="1" * 32)
    assert "Hidden layers: 2, wanted none" in said(shown(at.run()))
    assert not at.success


def test_the_verdict_follows_a_run_and_the_page_learns_when_it_ends(visit: Opened):
    at = press(press(visit(), "mission-blobs"), "mission-blobs-set-up")
    run_id = train(SOLVED, 0.9, RunState.RUNNING)
    assert "So far: Test accuracy: 90.0 %" in said(shown(at.run()))
    engine().store.add_epoch(run_id, EpochRecord(3, 0.1, 0.99, 0.1, 0.98, 0.1))
    shown(at.run())
    assert [each.value for each in at.success] == [
        "Done: 98.0 % of the test points, with no hidden layer."
    ]
    assert at.toast[0].value == "Mission passed: Four heaps, four classes"
    assert at.button(key="mission-blobs").label == "Four heaps, four classes, passed"
    assert f"1 of {len(MISSIONS)} passed" in said(at)


def test_what_is_passed_stays_passed_after_a_restart(visit: Opened):
    at = press(press(visit(), "mission-blobs"), "mission-blobs-set-up")
    run_id = train(SOLVED, 0.99)
    shown(at.run())
    engine().store.delete(run_id, VISITOR)
    with pytest.raises(RunNotFound):
        engine().store.get(run_id)
    again = visit()
    assert "Done: 99.0 %" in again.success[0].value
    press(again, "mission-blobs-again")
    assert not again.success
    assert not visit().success


def test_a_prediction_is_kept_and_answered_when_the_mission_is_passed(visit: Opened):
    at = press(press(visit(), "mission-blobs"), "mission-blobs-set-up")
    keep = "mission-blobs-predict-keep"
    assert at.button(key=keep).disabled
    shown(at.radio(key="mission-blobs-predict").set_value(1).run())
    press(at, keep)
    assert "You said: **One**" in said(at)
    assert BLOBS.question.why not in said(at)
    train(SOLVED, 0.99)
    shown(at.run())
    assert BLOBS.question.why in said(at)
    assert "You predicted otherwise. It is: **None**" in said(at)
    assert "You said: **One**" in said(visit())


def test_the_explanation_comes_on_demand_and_hints_one_by_one(visit: Opened):
    at = press(visit(), "mission-blobs")
    press(at, "mission-blobs-explain")
    assert "The answer: **None**" in said(at)
    for number, hint in enumerate(BLOBS.hints, start=1):
        assert hint not in said(at)
        press(at, "mission-blobs-hint")
        assert sum(each in said(at) for each in BLOBS.hints) == number
    assert not [button for button in at.button if button.key == "mission-blobs-hint"]


def test_the_small_class_is_counted_from_the_answers_on_the_test_points(visit: Opened):
    start = MISSIONS["imbalance"].experiment
    at = press(press(visit(), "mission-imbalance"), "mission-imbalance-set-up")
    train(start, 0.92, small=0.2)
    train(with_settings(start, {"dataset.points.balance": 1.0}), 0.82, small=0.8)
    shown(at.run())
    assert "class B from 20.0 % to 80.0 %" in at.success[0].value


def test_progress_of_another_version_is_read_as_far_as_it_is_known(visit: Opened):
    kept = {
        "opened": "gone",
        "predicted": {"blobs": 9, "xor": 1, "gone": 0},
        "passed": {"gone": ""},
    }
    visit()
    Drafts(engine().store.engine).put(VISITOR, "missions", kept)
    at = press(visit(), "mission-blobs")
    assert at.radio(key="mission-blobs-predict").value is None
    assert f"0 of {len(MISSIONS)} passed" in said(at)
    assert "You said" in said(press(at, "mission-xor"))
