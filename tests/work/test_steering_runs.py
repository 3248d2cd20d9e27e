"""Runs steered by hand, with real workers: to be repeated from their experiment, to the bit."""

import json
import signal
import time

import numpy as np
import psutil
import pytest
from helping import OWNER, wait_for, wait_for_all_workers, wait_for_end, worker_processes

from nnlab.experiment import (
    SGD,
    Change,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    InvalidExperiment,
    Points,
    Training,
)
from nnlab.runs.feed import feed_folder
from nnlab.runs.files import RunFiles
from nnlab.runs.frames import frame_name
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine

WEIGHT = Change(field="weight", layer=0, unit=1, input=0, value=3.5)
STEPS = 40  # an epoch


def circle(**training: object) -> Experiment:
    """Points in a circle, with dropout: 400 to learn from in 40 batches."""
    settings = {"batch_size": 10, "epochs": 4, "optimizer": SGD(learning_rate=0.1), **training}
    return Experiment(
        dataset=Dataset(name="circle", points=Points(), validation="test"),
        layers=(Dense(units=6, activation="tanh"), Dropout(rate=0.0)),
        training=Training(**settings),  # type: ignore[arg-type]
    )


def rests(engine: Engine, run_id: str, step: int) -> Run:
    """The run once it is paused at `step`."""
    run = wait_for_end(engine, run_id)
    assert (run.state, run.step) == (RunState.PAUSED, step), run.message
    return run


def assert_repeated(engine: Engine, run: Run) -> None:
    """A run of the same experiment, changes and all, has the same weights."""
    assert run.state == RunState.FINISHED, run.message
    again = wait_for_end(engine, engine.train(run.experiment, OWNER))
    assert again.experiment == run.experiment
    assert again.test_loss == run.test_loss
    mine, theirs = (RunFiles(each.id).read_weights() for each in (run, again))
    for name, values in mine.items():
        np.testing.assert_array_equal(values, theirs[name])


def seen(run_id: str) -> dict:
    return json.loads((feed_folder() / frame_name(run_id, OWNER)).read_text())


def test_step_by_step_with_changes_in_between(engine: Engine):
    started = engine.store.get(engine.train(circle(), OWNER, until_step=0), OWNER)
    run_id = started.id
    rests(engine, run_id, 0)
    first = seen(run_id)
    assert first["step"] == 0
    assert first["layers"] == engine.untrained_frame(circle()).to_dict()["layers"]
    at = 0
    for steps, changes in (
        (1, [WEIGHT, Change(field="l2", value=0.01)]),
        (STEPS - 2, [Change(field="dropout", value=0.4)]),
        (1, [Change(field="learning_rate", value=0.5), WEIGHT]),
        (3 * STEPS - 1, []),
    ):
        engine.step(run_id, OWNER, steps)
        at += steps
        rests(engine, run_id, at)
        assert seen(run_id)["step"] == at
        engine.change(run_id, OWNER, changes)
    engine.step(run_id, OWNER, 1)
    run = wait_for_end(engine, run_id)
    made = [(change.field, change.step) for change in run.experiment.training.changes]
    assert made == [
        ("weight", 1),
        ("l2", 1),
        ("dropout", 39),
        ("learning_rate", 40),
        ("weight", 40),
    ]
    assert_repeated(engine, run)
    with pytest.raises(InvalidExperiment, match="last step"):
        engine.change(run_id, OWNER, [WEIGHT])


def test_a_paused_network_is_seen_as_it_was_edited(engine: Engine):
    run_id = engine.train(circle(), OWNER, until_step=30)
    rests(engine, run_id, 30)
    engine.change(run_id, OWNER, [WEIGHT])
    frame = engine.plane_frame(run_id, None, OWNER).to_dict()
    assert frame["step"] == 30
    assert frame["layers"][0]["kernel"][0][1] == 3.5
    before = seen(run_id)["layers"][0]["kernel"]
    assert before[0][1] != 3.5
    engine.stop(run_id, OWNER)
    wait_for_end(engine, run_id)
    kept = engine.plane_frame(run_id, None, OWNER).to_dict()["layers"][0]["kernel"]
    assert kept[0][1] == 3.5
    assert kept[1] == before[1]


def test_a_slider_that_is_drawn_while_it_trains_and_speeds(engine: Engine):
    run_id = engine.train(circle(epochs=40), OWNER, speed=4.0)
    wait_for(lambda: engine.run(run_id).step > 2)
    for value in np.linspace(0.01, 0.5, 25):
        engine.change(run_id, OWNER, [Change(field="learning_rate", value=float(value))])
        time.sleep(0.01)
    wait_for(lambda: engine.steering.waiting(run_id) == [])
    changes = engine.run(run_id).experiment.training.changes
    assert changes[-1].value == 0.5
    assert len({change.step for change in changes}) == len(changes)
    engine.change(run_id, OWNER, [WEIGHT])
    wait_for(lambda: engine.steering.waiting(run_id) == [])
    made = engine.run(run_id).experiment.training.changes[-1]
    wait_for(lambda: engine.run(run_id).step > made.step, seconds=20)
    engine.steer(run_id, OWNER, 0.01)  # a batch in four seconds
    time.sleep(0.3)
    began, before = time.monotonic(), engine.run(run_id).step
    other = wait_for_end(engine, engine.train(circle(epochs=2), "somebody else"))
    assert other.state == RunState.FINISHED
    engine.steer(run_id, OWNER, None)
    wait_for(lambda: engine.run(run_id).step > before + 50, seconds=20)
    assert time.monotonic() - began < 20
    assert_repeated(engine, wait_for_end(engine, run_id))


def test_presses_of_step_in_quick_succession_all_count(engine: Engine):
    run_id = engine.train(circle(), OWNER, until_step=2)
    rests(engine, run_id, 2)
    for _ in range(6):
        engine.step(run_id, OWNER, 3)
    wait_for(lambda: engine.run(run_id).step >= 20)
    rests(engine, run_id, 20)


def test_a_press_of_step_in_the_moment_of_the_pause_counts(engine: Engine):
    run_id = engine.train(circle(), OWNER, until_step=0)
    rests(engine, run_id, 0)
    for press in range(1, 61):
        engine.step(run_id, OWNER, 1)
        wait_for(lambda: engine.run(run_id).step >= press - 2)  # noqa: B023 - called at once
        time.sleep(press % 12 / 300)  # one is on its way to its pause, or has come there
    wait_for(lambda: engine.run(run_id).step >= 60, seconds=20)
    rests(engine, run_id, 60)


def test_nobody_steers_the_run_of_another(engine: Engine):
    run_id = engine.train(circle(), OWNER, until_step=0)
    rests(engine, run_id, 0)
    for act in (
        lambda: engine.steer(run_id, "somebody else", 1.0),
        lambda: engine.step(run_id, "somebody else", 1),
        lambda: engine.change(run_id, "somebody else", [WEIGHT]),
    ):
        with pytest.raises(RunNotFound):
            act()
    with pytest.raises(ValueError, match="speed"):
        engine.steer(run_id, OWNER, 0.0)
    with pytest.raises(InvalidExperiment, match="layer"):
        engine.change(run_id, OWNER, [WEIGHT.model_copy(update={"layer": 1})])
    assert engine.run(run_id).experiment.training.changes is None


@pytest.mark.fault
def test_a_killed_worker_costs_no_change(engine: Engine):
    run_id = engine.train(circle(epochs=30), OWNER, speed=5.0)
    wait_for(lambda: engine.run(run_id).epoch >= 1)
    engine.change(run_id, OWNER, [Change(field="l1", value=0.001), WEIGHT])
    wait_for(lambda: engine.run(run_id).experiment.training.changes is not None)
    wait_for(lambda: engine.run(run_id).epoch >= 3)
    victim = _worker_of(engine, run_id)
    victim.send_signal(signal.SIGKILL)
    engine.change(run_id, OWNER, [Change(field="dropout", value=0.2)])
    wait_for_all_workers(engine, killed=victim)
    wait_for(lambda: len(engine.run(run_id).experiment.training.changes) == 3)
    engine.steer(run_id, OWNER, None)
    assert_repeated(engine, wait_for_end(engine, run_id))


def _worker_of(engine: Engine, run_id: str) -> psutil.Process:
    addresses = {run: worker for worker, runs in engine.leases.of_workers().items() for run in runs}
    port = int(addresses[run_id].rpartition(":")[2])
    return next(
        process
        for process in worker_processes(engine)
        if any(c.laddr.port == port for c in process.net_connections() if c.status == "LISTEN")
    )
