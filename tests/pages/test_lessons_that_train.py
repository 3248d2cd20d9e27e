"""The two lessons in which something goes on by itself: buttons, states, what is kept."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nnlab.runs.records import EpochRecord
from nnlab.runs.states import RunState
from nnlab.ui.learn import live
from nnlab.ui.resources import engine
from nnlab.work.cluster import ClusterStatus
from nnlab.work.engine import Engine

VISITOR = "2" * 32
WEIGHTS = 407_050


def answer(self: Engine, lesson: str, function: str, **arguments: Any) -> Any:
    """In place of the workers: weights that count their steps, losses that fall."""
    if function == "parameters":
        return WEIGHTS
    if function == "stopping_epoch":
        return 3 if len(arguments["val_loss"]) >= 3 else None
    before = arguments.get("weights", np.ones((784, 10)))
    weights = before + arguments.get("steps", 0)
    accuracy = min(float(weights[0, 0]) / 1000, 1.0)
    moment = {"loss": 1 - accuracy, "accuracy": accuracy, "test_loss": 1.0, "test_accuracy": 0.5}
    return moment | {"weights": weights, "biases": np.zeros(10)}


@pytest.fixture
def lesson(open_page, monkeypatch: pytest.MonkeyPatch):
    """Opens a lesson with workers that answer at once; a piece of training for each drawing."""
    monkeypatch.setattr(Engine, "run_lesson", answer)
    monkeypatch.setattr(live, "UNNOTICED_SECONDS", 0.0)
    engine()._status = ClusterStatus("ready", 1)

    def open_it(name: str) -> AppTest:
        return open_page("pages/5_Learn.py", VISITOR, lesson=name)

    return open_it


def captions(at: AppTest) -> str:
    return "\n".join(caption.value for caption in at.caption)


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception, at.exception


def step_of(at: AppTest) -> int:
    """The step that the words tell of."""
    words = next(text for text in captions(at).split("\n") if text.startswith("After step"))
    return int(words.split()[2].strip(".,").replace(",", ""))


def test_it_trains_drawing_by_drawing_to_the_last_step(lesson):
    at = lesson("logistic_regression")
    assert step_of(at) == 0
    press(at, "Train")
    seen = [step_of(at)]
    while "Stop" in labels(at):
        at.run()
        seen.append(step_of(at))
    assert seen == sorted(seen)
    assert len(set(seen)) > 20
    assert seen[-1] == 1000
    assert "Train" not in labels(at)


def test_stop_leaves_it_where_it_is_and_train_goes_on_from_there(lesson):
    at = lesson("logistic_regression")
    press(at, "Train")
    press(at, "Stop")
    stopped = step_of(at)
    at.run()
    assert step_of(at) == stopped > 0
    press(at, "Train")
    assert step_of(at) >= stopped
    assert "Stop" in labels(at)


def test_start_again_forgets_the_training(lesson):
    at = lesson("logistic_regression")
    press(at, "Train")
    press(at, "Start again")
    at.run()
    assert step_of(at) == 0
    assert labels(at).count("Train") == 1


def test_another_number_of_images_waits_to_be_trained(lesson):
    at = lesson("logistic_regression")
    press(at, "Train")
    at.segmented_control[0].set_value("All 4,000")  # MNIST itself is not on this computer
    at.run()
    assert step_of(at) == 0
    assert "Train" in labels(at)
    assert "built-in set" in captions(at)


def epoch(number: int, val_loss: float) -> EpochRecord:
    return EpochRecord(number, 1 / number, 0.5, val_loss, 0.25, 0.1)


def test_a_real_run_is_followed_stopped_and_kept(lesson):
    at = lesson("overfitting")
    press(at, "Train")
    store = engine().store
    (run,) = store.runs_of(VISITOR)
    assert run.experiment.dataset.name == "mnist_5k"
    assert "Waiting for a worker" in captions(at)
    store.move(run.id, RunState.RUNNING, steps_per_epoch=10)
    for number, loss in enumerate((0.9, 0.6, 0.7), 1):
        store.add_epoch(run.id, epoch(number, loss))
    at.run()
    assert "Epoch 3: training loss 0.333, validation loss 0.700, **gap 0.367**" in captions(at)
    assert "Lowest validation loss: 0.600, epoch 2" in captions(at)
    assert "Early stopping would have ended it after epoch 3" in captions(at)
    press(at, "Stop")
    assert store.get(run.id).requested == "stop"
    assert "Stopping" in captions(at)
    store.move(run.id, RunState.STOPPED, test_loss=0.7, test_accuracy=0.8)
    at.run()
    assert {"Train", "Open on Train"} <= set(labels(at))


def test_the_run_before_stays_for_comparison(lesson):
    at = lesson("overfitting")
    press(at, "Train")
    (first,) = engine().store.runs_of(VISITOR)
    engine().store.move(first.id, RunState.RUNNING)
    engine().store.move(first.id, RunState.FINISHED, test_loss=0.7, test_accuracy=0.8)
    at.run()
    press(at, "Train")
    desk = at.session_state["nnlab_desk_overfitting"]
    assert desk.values["before"] == first.id
    assert desk.values["run"] in {run.id for run in engine().store.runs_of(VISITOR)} - {first.id}
    assert at.session_state["nnlab_state"].run_id == desk.values["run"]


def test_a_run_that_was_deleted_leaves_an_empty_chart(lesson):
    at = lesson("overfitting")
    press(at, "Train")
    (run,) = engine().store.runs_of(VISITOR)
    engine().stop(run.id, VISITOR)
    engine().delete(run.id, VISITOR)
    again = lesson("overfitting")
    assert "Press **Train**" in captions(again)
    assert f"{WEIGHTS:,} weights" in captions(again)


def test_open_on_train_takes_run_and_experiment_along(lesson):
    at = lesson("overfitting")
    press(at, "Train")
    (run,) = engine().store.runs_of(VISITOR)
    engine().stop(run.id, VISITOR)
    at.run()
    press(at, "Open on Train")
    assert at.title[0].value == "Train"
    assert at.session_state["nnlab_state"].experiment == run.experiment
