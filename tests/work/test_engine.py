"""What a click does, with real workers."""

import numpy as np
import pytest
from helping import OWNER, long, quick, wait_for, wait_for_end

from nnlab.datasets import load_splits
from nnlab.experiment import SGD, EarlyStopping, InvalidExperiment, MaxPooling2D
from nnlab.runs.files import RunFiles
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine


def test_a_run_trains_and_leaves_its_network(engine: Engine):
    run_id = engine.train(quick(epochs=5), OWNER)
    run = wait_for_end(engine, run_id)
    assert run.state == RunState.FINISHED, run.message
    assert (run.epoch, run.progress) == (5, 1.0)
    records = engine.store.epochs(run_id)
    assert [r.epoch for r in records] == [1, 2, 3, 4, 5]
    assert records[-1].loss < records[0].loss
    files = RunFiles(run_id)
    result = files.read_result()
    assert files.complete
    assert files.read_manifest()["test_accuracy"] == run.test_accuracy
    accuracy = np.mean(result.probabilities.argmax(axis=1) == result.y_test)
    assert accuracy == pytest.approx(run.test_accuracy)

    splits = load_splits(run.experiment.dataset)
    images = splits.x_test.astype(np.float32) / splits.info.scale
    answers = engine.predict(run_id, images, OWNER)
    np.testing.assert_allclose(answers, result.probabilities, atol=1e-5)


def test_the_same_experiment_gives_the_same_figures(engine: Engine):
    runs = [engine.train(quick(), OWNER) for _ in range(2)]
    first, second = (wait_for_end(engine, run_id) for run_id in runs)
    assert first.test_loss == second.test_loss
    a, b = (RunFiles(run_id).read_weights() for run_id in runs)
    for name in a:
        np.testing.assert_array_equal(a[name], b[name])


def test_pause_resume_and_stop(engine: Engine):
    run_id = engine.train(long(), OWNER)
    wait_for(lambda: engine.run(run_id).step > 0)
    engine.pause(run_id, OWNER)
    paused = wait_for_end(engine, run_id)
    assert paused.state == RunState.PAUSED
    engine.resume(run_id, OWNER)
    wait_for(lambda: engine.run(run_id).step > paused.step)
    engine.stop(run_id, OWNER)
    stopped = wait_for_end(engine, run_id)
    assert stopped.state == RunState.STOPPED
    assert stopped.test_accuracy is not None
    assert stopped.step < stopped.steps
    assert engine.predict(run_id, np.zeros((1, 8, 8)), OWNER).shape == (1, 10)


def test_stop_while_paused_keeps_the_network_so_far(engine: Engine):
    run_id = engine.train(long(), OWNER)
    wait_for(lambda: engine.run(run_id).epoch >= 1)
    engine.pause(run_id, OWNER)
    step = wait_for_end(engine, run_id).step
    engine.stop(run_id, OWNER)
    run = wait_for_end(engine, run_id)
    assert (run.state, run.step) == (RunState.STOPPED, step)
    assert run.test_accuracy > 0.5


def positions(engine: Engine, run_ids: list[str]) -> list[int | None]:
    return [engine.outlook(engine.run(run_id)).position for run_id in run_ids]


def test_runs_beyond_a_visitors_share_wait_and_can_be_taken_back(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "2")
    running = [engine.train(long(seed=i, batch_size=1), OWNER) for i in range(2)]
    for run_id in running:
        wait_for(lambda run_id=run_id: engine.run(run_id).state == RunState.RUNNING)
    waiting = [engine.train(quick(), OWNER) for _ in range(3)]
    wait_for(lambda: positions(engine, waiting) == [1, 2, 3])
    assert engine.outlook(engine.run(waiting[0])).reason == "own limit"
    stranger = wait_for_end(engine, engine.train(quick(), "another visitor"))
    assert stranger.state == RunState.FINISHED
    assert [engine.run(run_id).state for run_id in running] == [RunState.RUNNING] * 2
    assert engine.run(waiting[0]).state == RunState.QUEUED
    engine.stop(waiting[0], OWNER)
    assert engine.run(waiting[0]).state == RunState.STOPPED
    assert not engine.run(waiting[0]).complete
    engine.pause(waiting[1], OWNER)
    assert engine.run(waiting[1]).state == RunState.PAUSED
    wait_for(lambda: positions(engine, waiting[2:]) == [1])
    for run_id in running:
        engine.stop(run_id, OWNER)
    assert wait_for_end(engine, waiting[2]).state == RunState.FINISHED
    engine.resume(waiting[1], OWNER)
    assert wait_for_end(engine, waiting[1]).state == RunState.FINISHED


def test_a_prediction_is_answered_while_all_workers_train(engine: Engine):
    done = engine.train(quick(), OWNER)
    wait_for_end(engine, done)
    busy = [engine.train(long(seed=i), OWNER) for i in range(2)]
    for run_id in busy:
        wait_for(lambda run_id=run_id: engine.run(run_id).state == RunState.RUNNING)
    answer = engine.predict(done, np.zeros((3, 8, 8)), OWNER)
    assert answer.shape == (3, 10)
    assert {engine.run(i).state for i in busy} == {RunState.RUNNING}
    for run_id in busy:
        engine.stop(run_id, OWNER)
        wait_for_end(engine, run_id)


def test_more_runs_than_workers_all_move_and_tell_the_time_they_have_left(engine: Engine):
    runs = [engine.train(long(seed=i), f"visitor {i}") for i in range(6)]
    wait_for(lambda: all(engine.run(i).step > 0 for i in runs))
    wait_for(lambda: engine.outlook(engine.run(runs[0])).sharing == 6)
    alone = engine.run(runs[0]).seconds_left
    outlook = engine.outlook(engine.run(runs[0]))
    assert outlook.workers == 2
    assert outlook.seconds_left > 1.5 * alone
    steps = [engine.run(i).step for i in runs]
    wait_for(lambda: all(engine.run(i).step > step for i, step in zip(runs, steps, strict=True)))
    held = engine.leases.of_workers()
    assert [len(ids) for ids in held.values()] == [3, 3]
    for run_id, number in zip(runs, range(6), strict=True):
        engine.stop(run_id, f"visitor {number}")
    assert {wait_for_end(engine, i).state for i in runs} == {RunState.STOPPED}


def test_runs_spread_to_a_worker_that_has_none(engine: Engine):
    left = [engine.train(long(seed=i), f"visitor {i}") for i in range(4)]
    wait_for(lambda: all(engine.run(i).step > 0 for i in left))
    crowded = next(iter(engine.leases.of_workers().values()))
    others = [run_id for run_id in left if run_id not in crowded]
    for run_id in others:
        engine.stop(run_id, f"visitor {left.index(run_id)}")
        wait_for_end(engine, run_id)
    wait_for(lambda: [len(ids) for ids in engine.leases.of_workers().values()] == [1, 1])
    steps = [engine.run(i).step for i in crowded]
    wait_for(lambda: all(engine.run(i).step > n for i, n in zip(crowded, steps, strict=True)))
    for run_id in crowded:
        engine.stop(run_id, f"visitor {left.index(run_id)}")
        assert wait_for_end(engine, run_id).state == RunState.STOPPED


@pytest.mark.parametrize(
    ("variable", "value", "field"),
    [
        ("NNLAB_MAX_EPOCHS", "2", "training.epochs"),
        ("NNLAB_MAX_PARAMETERS", "100", "layers"),
        ("NNLAB_MAX_STORED_RUNS", "1", "stored runs"),
        ("NNLAB_MAX_ACTIVE_RUNS", "1", "runs at once"),
    ],
)
def test_a_server_has_limits_and_says_which(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, field: str
):
    owner = f"visitor with {variable}"
    first = engine.train(long(), owner)
    monkeypatch.setenv(variable, value)
    with pytest.raises(InvalidExperiment) as refused:
        engine.train(quick(), owner)
    assert [problem.field for problem in refused.value.problems] == [field]
    engine.stop(first, owner)
    wait_for_end(engine, first)


def test_early_stopping_restores_the_best_weights(engine: Engine):
    early = EarlyStopping(monitor="val_loss", patience=1)
    wild = quick(epochs=60, early_stopping=early, optimizer=SGD(learning_rate=2.0), batch_size=16)
    run = wait_for_end(engine, engine.train(wild, OWNER))
    assert run.state == RunState.FINISHED
    records = engine.store.epochs(run.id)
    assert len(records) < 60
    best = min(records, key=lambda r: r.val_loss).epoch
    assert f"epoch {best}" in run.message


def test_a_loss_that_is_no_number_ends_as_diverged_with_advice(engine: Engine):
    wild = quick(epochs=50, optimizer=SGD(learning_rate=10.0, momentum=0.99), l2=1.0)
    run = wait_for_end(engine, engine.train(wild, OWNER))
    assert run.state == RunState.DIVERGED
    assert "1 instead of 10" in run.message
    assert not run.complete


def test_what_cannot_be_trained_is_refused_before_it_is_a_run(engine: Engine):
    before = len(engine.store.runs_of(OWNER))
    impossible = quick().model_copy(update={"layers": (*quick().layers, MaxPooling2D())})
    with pytest.raises(InvalidExperiment) as caught:
        engine.train(impossible, OWNER)
    assert [p.field for p in caught.value.problems] == ["layers.2"]
    assert len(engine.store.runs_of(OWNER)) == before


def test_strangers_cannot_touch_a_run(engine: Engine):
    run_id = engine.train(quick(), OWNER)
    for act in (engine.pause, engine.stop, engine.resume, engine.delete):
        with pytest.raises(RunNotFound):
            act(run_id, "stranger")
    assert wait_for_end(engine, run_id).state == RunState.FINISHED
    with pytest.raises(RunNotFound):
        engine.predict(run_id, np.zeros((1, 8, 8)), "stranger")
    engine.delete(run_id, OWNER)
    assert not RunFiles(run_id).folder.exists()
    with pytest.raises(RunNotFound):
        engine.run(run_id)
