"""The diagnosis on Evaluate and Train: lines, evidence, and a remedy that arrives in the form."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest
from diagnosed import DIGITS, layer, spread
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.datasets import load_splits
from nnlab.experiment import Assignment, Experiment, with_settings
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import LayerFacts, Moment, Moments
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.diagnosis.reading import chosen, examined
from nnlab.ui.resources import engine
from nnlab.ui.state import State

EVALUATE, TRAIN = "pages/3_Evaluate.py", "pages/2_Train.py"
VISITOR = "0" * 32
RATE = "training.optimizer.learning_rate"
TOO_HIGH = with_settings(DIGITS, {RATE: 1.0, "training.epochs": 4, "dataset.validation": "test"})
HEALTHY = with_settings(DIGITS, {"training.epochs": 4, "dataset.validation": "test"})
SHOT_UP = (2.3, 128.1, 5.0, 2.5)
FELL = (2.2, 1.0, 0.6, 0.4)
OpenPage = Callable[..., AppTest]


def add_run(
    experiment: Experiment,
    losses: Iterable[float],
    right: float = 0.97,
    state: RunState = RunState.FINISHED,
    layers: tuple[LayerFacts, ...] = (layer("dense_1"), layer("output", "softmax")),
) -> str:
    """A run of the visitor's, that share of its answers right; moments where there are layers."""
    store = RunStore(settings.database_url())
    run_id = store.create(experiment, VISITOR, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=40)
    losses = tuple(losses)
    store.add_points(run_id, [Point(40 * n, n, x, 0.5, 1.0) for n, x in enumerate(losses, 1)])
    for n, loss in enumerate(losses, start=1):
        store.add_epoch(run_id, EpochRecord(n, loss, 0.95, 0.2 + 0.1 / n, 0.97, 1.0))
    result = answers(right)
    for step in (0, 40 * len(losses)) if layers else ():
        untrained = np.full_like(result.probabilities, 0.1) if step == 0 else result.probabilities
        indices = np.arange(len(result.y_test), dtype=np.int32)
        y_true = result.y_test.astype(np.int16)
        moment = Moment(step, step / 40, untrained.astype(np.float16), indices, y_true, layers)
        Moments(run_id).write(moment)
    complete = state == RunState.FINISHED
    store.move(run_id, state, **({"test_loss": 0.2, "test_accuracy": right} if complete else {}))
    if complete:
        RunFiles(run_id).write_final({}, result, {})
    return run_id


def answers(right: float) -> Result:
    y = load_splits(DIGITS.dataset).y_test
    said = np.where(np.arange(len(y)) < right * len(y), y, (y + 1) % 10)
    probabilities = np.full((len(y), 10), 0.01, np.float32)
    probabilities[np.arange(len(y)), said] = 0.91
    return Result(probabilities, y)


def lines(at: AppTest) -> list[str]:
    return [line.label for line in at.expander]


def state_of(at: AppTest) -> State:
    return at.session_state["nnlab_state"]


def words(at: AppTest) -> str:
    return "\n".join(each.value for kind in (at.markdown, at.caption) for each in kind)


def test_a_healthy_run_says_what_was_looked_at(open_page: OpenPage) -> None:
    add_run(HEALTHY, FELL)
    at = open_page(EVALUATE, VISITOR)
    assert "Nothing wrong found: what was looked at" in lines(at)
    assert not any(button.label.startswith("Try it") for button in at.button)
    told = words(at)
    assert "**Learning rate too high?** No; the training loss never shot up" in told
    assert "**Dead units?** No; 0 of 20 units of layer 2" in told


def test_the_finding_is_one_line_and_the_remedy_arrives_on_train(open_page: OpenPage) -> None:
    add_run(TOO_HIGH, SHOT_UP, right=0.5)
    at = open_page(EVALUATE, VISITOR)
    too_high = "The learning rate is too high: the loss shot up from 2.30 to 128 by step 80."
    assert any(line.endswith(too_high) for line in lines(at))
    assert "What else was looked at" in lines(at)
    (remedy,) = [button for button in at.button if button.label.startswith("Try it")]
    assert remedy.label == "Try it: learning rate 0.001 instead of 1"

    remedy.click().run()
    assert not at.exception
    assert at.title[0].value == "Train"
    assert state_of(at).experiment == with_settings(TOO_HIGH, {RATE: 0.001})
    shown = next(field for field in at.number_input if field.label == "Learning rate")
    assert shown.value == pytest.approx(0.001)
    assert "learning rate 0.001 instead of 1" in at.toast[0].value


def test_the_train_page_shows_it_for_a_run_that_diverged(open_page: OpenPage) -> None:
    run_id = add_run(TOO_HIGH, (2.3, 900.0), state=RunState.DIVERGED)
    at = open_page(TRAIN, VISITOR)
    assert any("no longer a number" in line for line in lines(at))
    at.button(key=f"diagnosis-{run_id}-0-try").click().run()
    assert not at.exception
    assert state_of(at).experiment == with_settings(TOO_HIGH, {RATE: 0.001})
    shown = next(field for field in at.number_input if field.label == "Learning rate")
    assert shown.value == pytest.approx(0.001)
    assert "learning rate 0.001 instead of 1" in at.toast[0].value


@pytest.mark.parametrize("state", [RunState.RUNNING, RunState.PAUSED])
def test_the_train_page_waits_for_the_end(open_page: OpenPage, state: RunState) -> None:
    add_run(TOO_HIGH, SHOT_UP, state=state)
    at = open_page(TRAIN, VISITOR)
    assert not any("learning rate" in line for line in lines(at))


def test_an_opened_line_shows_figures_and_a_chart(open_page: OpenPage) -> None:
    run_id = add_run(TOO_HIGH, SHOT_UP, right=0.5)
    at = open_page(EVALUATE, VISITOR)
    assert "highest loss" not in words(at)
    at.session_state[f"diagnosis-{run_id}-0-line"] = True
    at.run()
    assert not at.exception
    assert "- highest loss: **128 by step 80**" in words(at)
    assert "**What to try:** Make the steps shorter." in words(at)


def test_a_run_without_moments_says_what_cannot_be_told(open_page: OpenPage) -> None:
    add_run(HEALTHY, FELL, layers=())
    at = open_page(EVALUATE, VISITOR)
    assert "**Dead units?** Cannot tell: the inside of this network was not recorded" in words(at)
    assert "train it again" in words(at)


def test_a_damaged_moment_is_left_out(open_page: OpenPage) -> None:
    run_id = add_run(HEALTHY, FELL)
    (Moments(run_id).folder / f"{160:010d}.npz").write_bytes(b"no archive")
    at = open_page(EVALUATE, VISITOR)
    assert "Nothing wrong found: what was looked at" in lines(at)


def test_a_task_keeps_its_locks(open_page: OpenPage) -> None:
    run_id = add_run(TOO_HIGH, SHOT_UP, right=0.5)
    at = open_page(EVALUATE, VISITOR)
    state_of(at).take(Assignment(experiment=TOO_HIGH, open=("training.epochs",)), "link:ABC234")
    at.run()
    remedy = at.button(key=f"diagnosis-{run_id}-0-try")
    assert remedy.disabled
    remedy.proto.disabled = False  # anybody can write to a websocket
    remedy.click().run()
    assert not at.exception
    assert state_of(at).experiment == TOO_HIGH

    at.switch_page(EVALUATE).run()
    state_of(at).take(Assignment(experiment=TOO_HIGH, open=(RATE,)), "link:DEF234")
    at.run()
    assert not at.button(key=f"diagnosis-{run_id}-0-try").disabled


def test_files_are_read_once_for_each_standing(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = add_run(HEALTHY, FELL)
    read: list[int] = []

    class Counted(Moments):
        def read(self, step: int, *, weights: bool = True) -> Moment:
            assert not weights
            read.append(step)
            return super().read(step, weights=weights)

    monkeypatch.setattr("nnlab.ui.diagnosis.reading.Moments", Counted)
    at = open_page(EVALUATE, VISITOR)
    before = list(read)
    at.run()
    assert before == [0, 160]
    assert read == before
    run = engine().store.get(run_id)
    moment = Moments(run_id).read(160)
    Moments(run_id).write(Moment(**(vars(moment) | {"step": 120})))
    examined(run)
    assert read == [*before, 0, 160]


def test_some_of_many_moments_both_ends_among_them() -> None:
    assert chosen([3, 5], 8) == [3, 5]
    assert chosen([3, 4, 5], 2) == [3, 5]
    some = chosen(list(range(0, 2010, 10)), 8)
    assert (len(some), some[0], some[-1]) == (8, 0, 2000)
    assert len(set(some)) == 8


def test_weights_can_be_left_out_of_a_moment(nnlab_home) -> None:
    y = np.arange(10, dtype=np.int16)
    facts = (layer("dense_1"),)
    weights = {"model.0": np.ones((3, 2), np.float32)}
    probabilities = np.full((10, 10), 0.1, np.float16)
    kept = Moments("0123")
    kept.write(Moment(5, 0.5, probabilities, y.astype(np.int32), y, facts, weights))
    without = kept.read(5, weights=False)
    assert without.weights is None
    assert without.layers[0].gradients == spread(0.01)
    assert without.probabilities.tolist() == probabilities.tolist()
    read = kept.read(5).weights
    assert read is not None
    assert read["model.0"].tolist() == [[1, 1], [1, 1], [1, 1]]
