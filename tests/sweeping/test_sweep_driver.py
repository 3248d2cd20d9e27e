"""The driver on an engine without workers: the tests move the runs as workers would."""

from datetime import timedelta

import pytest

from nnlab.experiment import (
    Dataset,
    Dense,
    Experiment,
    Flatten,
    InvalidExperiment,
    Problem,
    Training,
)
from nnlab.rooms.rooms import Rooms
from nnlab.runs import sweeps as module
from nnlab.runs.records import EpochRecord
from nnlab.runs.run import utc_now
from nnlab.runs.states import RunState
from nnlab.runs.sweeps import SweepNotFound, SweepRefused, SweepState
from nnlab.sweep import Axis, Ended, Sweep
from nnlab.work import sweeps as work
from nnlab.work.engine import Engine
from nnlab.work.lineage import StartNotFound

OWNER = "a" * 32
UNITS = "layers.1.units"
BASE = Experiment(
    dataset=Dataset(name="digits"), layers=(Flatten(), Dense(units=16)), training=Training(epochs=3)
)
GRID = Sweep(experiment=BASE, axes=(Axis(path=UNITS, values=(4, 8, 16, 32)),))


@pytest.fixture
def engine(nnlab_home) -> Engine:
    return Engine(n_workers=2)


def begin(engine: Engine, sweep: Sweep = GRID) -> str:
    sweep_id = engine.sweeping.begin(sweep, OWNER, "Test", "More units help.")
    engine.sweeping.look()
    return sweep_id


def runs(engine: Engine, sweep_id: str) -> list[str]:
    return [trial.run_id for trial in engine.sweeping.sweeps.trials(sweep_id)]


def train(engine: Engine, run_id: str, *accuracies: float) -> None:
    engine.store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    for epoch, accuracy in enumerate(accuracies, 1):
        engine.store.add_epoch(run_id, EpochRecord(epoch, 0.5, 0.5, 0.4, accuracy, 1.0))


def finish(engine: Engine, run_id: str, *accuracies: float) -> None:
    train(engine, run_id, *accuracies)
    engine.store.move(run_id, RunState.FINISHED, test_loss=0.1, test_accuracy=0.9)


def state(engine: Engine, sweep_id: str) -> SweepState:
    return engine.sweeping.sweeps.get(sweep_id, OWNER).state


def test_a_sweep_runs_two_at_a_time_to_its_end(engine: Engine):
    sweep_id = begin(engine)
    engine.sweeping.look()
    assert len(engine.store.active_runs()) == 2
    for _ in range(4):
        finish(engine, engine.store.active_runs()[0].id, 0.5, 0.7, 0.6)
        engine.sweeping.look()
    assert state(engine, sweep_id) == SweepState.FINISHED
    found = engine.sweeping.trials(engine.sweeping.sweeps.get(sweep_id, OWNER))
    assert [each.run.experiment.layers[1].units for each in found] == [4, 8, 16, 32]
    assert {each.trial.best(True) for each in found} == {0.7}
    assert {run.owner for run in engine.store.runs_of(OWNER)} == {OWNER}


def test_another_process_goes_on_where_the_first_ended(engine: Engine):
    sweep_id = begin(engine)
    first, second = runs(engine, sweep_id)
    finish(engine, first, 0.5)
    engine.store.move(second, RunState.RUNNING)
    engine.store.move(second, RunState.INTERRUPTED)
    engine.sweeping.sweeps.release(engine.identity)
    other = Engine(n_workers=2)
    other.identity = "another:1:1"
    other.sweeping.look()
    assert other.store.get(second).state == RunState.QUEUED
    assert runs(other, sweep_id) == [f"{sweep_id}-{number}" for number in range(3)]
    engine.sweeping.look()  # the first one is too late
    assert len(runs(engine, sweep_id)) == 3


def test_a_silent_process_loses_its_sweeps(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    sweep_id = begin(engine)
    assert engine.sweeping.sweeps.claim("another") == []
    late = utc_now() + module.DRIVER_SILENT + timedelta(seconds=1)
    monkeypatch.setattr(module, "utc_now", lambda: late)
    assert [kept.id for kept in engine.sweeping.sweeps.claim("another")] == [sweep_id]
    assert not engine.sweeping.sweeps.add_trial(sweep_id, engine.identity, 9, {})


def test_a_process_that_died_between_writing_a_trial_and_queuing_it(engine: Engine):
    sweep_id = begin(engine)
    for run_id in runs(engine, sweep_id):
        finish(engine, run_id, 0.5)
    engine.sweeping.sweeps.add_trial(sweep_id, engine.identity, 2, {UNITS: 16})
    engine.sweeping.look()
    assert runs(engine, sweep_id)[2:] == [f"{sweep_id}-2", f"{sweep_id}-3"]
    assert engine.store.get(f"{sweep_id}-2").state == RunState.QUEUED


def test_stop_keeps_what_is_done(engine: Engine):
    sweep_id = begin(engine)
    first, second = runs(engine, sweep_id)
    finish(engine, first, 0.5)
    engine.sweeping.stop(sweep_id, OWNER)
    engine.sweeping.look()
    assert state(engine, sweep_id) == SweepState.STOPPED
    assert engine.store.get(first).state == RunState.FINISHED
    assert engine.store.get(second).state == RunState.STOPPED
    assert len(runs(engine, sweep_id)) == 2
    engine.sweeping.sweeps.delete(sweep_id, OWNER)
    assert engine.store.get(first).state == RunState.FINISHED


def test_a_hopeless_trial_is_stopped_and_said_to_be_pruned(engine: Engine):
    values = tuple(range(4, 10))
    sweep = GRID.model_copy(update={"axes": (Axis(path=UNITS, values=values),), "pruning": True})
    sweep_id = begin(engine, sweep)
    for _ in range(4):
        finish(engine, engine.store.active_runs()[0].id, 0.8, 0.9, 0.9)
        engine.sweeping.look()
    bad, good = (run.id for run in engine.store.active_runs())
    train(engine, bad, 0.2, 0.3)
    train(engine, good, 0.8, 0.95)
    engine.sweeping.look()
    assert engine.store.get(bad).requested == "stop"
    assert engine.store.get(good).requested is None
    engine.store.move(bad, RunState.STOPPED, test_loss=1, test_accuracy=0.3)
    found = engine.sweeping.trials(engine.sweeping.sweeps.get(sweep_id, OWNER))
    assert [each.trial.ended for each in found[-2:]] == [Ended.PRUNED, Ended.NOT_YET]


def test_a_trial_that_ended_before_it_was_pruned_is_complete(engine: Engine):
    sweep_id = begin(engine)
    first = runs(engine, sweep_id)[0]
    engine.sweeping.sweeps.mark(sweep_id, 0, pruned=True)
    finish(engine, first, 0.5, 0.6, 0.7)
    found = engine.sweeping.trials(engine.sweeping.sweeps.get(sweep_id, OWNER))
    assert [each.trial.ended for each in found] == [Ended.COMPLETE, Ended.NOT_YET]


@pytest.mark.parametrize("error", [RuntimeError("x"), InvalidExperiment([Problem("a", "b")])])
def test_trouble_in_one_sweep_is_told_and_holds_up_no_other(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    troubled = begin(engine)
    finish(engine, runs(engine, troubled)[0], 0.5)
    real = work.next_settings

    def fails(sweep: Sweep, trials: list) -> object:
        if trials:
            raise error
        return real(sweep, trials)

    monkeypatch.setattr(work, "next_settings", fails)
    other = begin(engine)
    assert len(runs(engine, other)) == 1  # its second fails too, but it was begun
    kept = engine.sweeping.sweeps.get(troubled, OWNER)
    assert kept.running
    assert kept.message == work.TROUBLE.format(type(error).__name__)
    monkeypatch.setattr(work, "next_settings", real)
    engine.sweeping.look()
    assert engine.sweeping.sweeps.get(troubled, OWNER).message is None
    assert [len(runs(engine, each)) for each in (troubled, other)] == [3, 2]


def test_trouble_in_judging_keeps_no_trial_from_beginning(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_: object) -> bool:
        raise InvalidExperiment([Problem("a", "b")])

    monkeypatch.setattr(work, "hopeless", fails)
    sweep_id = begin(engine)
    for _ in range(4):
        finish(engine, engine.store.active_runs()[0].id, 0.5)
        engine.sweeping.look()
    assert state(engine, sweep_id) == SweepState.FINISHED


def test_a_sweep_that_cannot_be_read_any_more_ends_with_the_reason(engine: Engine):
    odd = engine.sweeping.sweeps.create(OWNER, "Odd", {"trials": 0}, "")
    good = begin(engine)
    kept = engine.sweeping.sweeps.get(odd, OWNER)
    assert kept.state == SweepState.STOPPED
    assert "trials" in (kept.message or "")
    assert len(runs(engine, good)) == 2


def test_a_paused_trial_gives_its_place_to_the_next(engine: Engine):
    sweep_id = begin(engine)
    paused = runs(engine, sweep_id)[0]
    train(engine, paused, 0.5)
    engine.store.move(paused, RunState.PAUSED)
    engine.sweeping.look()
    assert len(engine.store.active_runs()) == 2
    for _ in range(3):
        finish(engine, engine.store.active_runs()[0].id, 0.6)
        engine.sweeping.look()
    assert state(engine, sweep_id) == SweepState.FINISHED
    assert engine.store.get(paused).state == RunState.PAUSED
    engine.resume(paused, OWNER)
    finish(engine, paused, 0.5, 0.9)
    found = engine.sweeping.trials(engine.sweeping.sweeps.get(sweep_id, OWNER))
    assert [each.trial.ended for each in found] == [Ended.COMPLETE] * 4
    assert found[0].trial.best(True) == 0.9


def test_epochs_of_what_has_ended_are_read_once(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    sweep_id = begin(engine)
    first, second = runs(engine, sweep_id)
    finish(engine, first, 0.5, 0.6)
    kept = engine.sweeping.sweeps.get(sweep_id, OWNER)
    engine.sweeping.trials(kept)
    asked: list[str] = []
    real = engine.store.epochs_of

    def counted(run_ids: list[str]) -> dict:
        asked.extend(run_ids)
        return real(run_ids)

    monkeypatch.setattr(engine.store, "epochs_of", counted)
    train(engine, second, 0.3)
    found = engine.sweeping.trials(kept)
    assert asked == [second]
    assert [each.epochs for each in found] == [real([run])[run] for run in (first, second)]


def test_a_frozen_room_holds_a_sweep_until_it_is_opened(engine: Engine):
    rooms, teacher = Rooms(engine.store), "b" * 32
    code = rooms.create(teacher)
    rooms.join(code, OWNER, "Ada")
    sweep_id = begin(engine)
    rooms.freeze(code, teacher, True)
    finish(engine, runs(engine, sweep_id)[0], 0.5)
    engine.sweeping.look()
    assert len(runs(engine, sweep_id)) == 2
    assert "frozen" in (engine.sweeping.sweeps.get(sweep_id, OWNER).message or "")
    rooms.freeze(code, teacher, False)
    engine.sweeping.look()
    assert len(runs(engine, sweep_id)) == 3
    assert engine.sweeping.sweeps.get(sweep_id, OWNER).message is None


def test_a_run_to_go_on_from_must_fit_every_trial(engine: Engine):
    first = engine.train(BASE, OWNER)
    training = BASE.training.model_copy(update={"start_from": first})
    tuned = BASE.model_copy(update={"training": training})
    with pytest.raises(StartNotFound, match="other layers"):
        engine.sweeping.begin(GRID.model_copy(update={"experiment": tuned}), OWNER, "Test", "")


def test_limits_of_a_shared_server_are_waited_for_or_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NNLAB_MAX_ACTIVE_RUNS", "2")
    other = engine.train(BASE, OWNER)
    sweep_id = begin(engine)
    engine.sweeping.look()
    assert len(engine.store.active_runs()) == 2
    finish(engine, other, 0.5)
    engine.sweeping.look()
    assert engine.store.get(f"{sweep_id}-1").state == RunState.QUEUED
    monkeypatch.setenv("NNLAB_MAX_STORED_RUNS", "3")
    finish(engine, f"{sweep_id}-0", 0.5)
    engine.sweeping.look()
    kept = engine.sweeping.sweeps.get(sweep_id, OWNER)
    assert kept.state == SweepState.STOPPED
    assert kept.message is not None
    assert "you have 3 runs" in kept.message


def test_what_is_too_long_for_this_server_is_told_as_the_form_calls_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    sweep_id = engine.sweeping.begin(GRID, OWNER, "Test", "")
    monkeypatch.setenv("NNLAB_MAX_EPOCHS", "2")
    with pytest.raises(InvalidExperiment, match="^Epochs: must be from 1 to 2 on this server"):
        engine.sweeping.check(GRID)
    engine.sweeping.look()
    told = {trial.refused for trial in engine.sweeping.sweeps.trials(sweep_id)}
    assert len(told) == 1
    assert str(told.pop()).startswith("Epochs: must be from 1 to 2 on this server")


def test_a_deleted_run_does_not_hold_the_sweep_up(engine: Engine):
    sweep_id = begin(engine)
    first, _ = runs(engine, sweep_id)
    finish(engine, first, 0.5)
    engine.delete(first, OWNER)
    engine.sweeping.look()
    assert first not in {run.id for run in engine.store.runs_of(OWNER)}
    found = engine.sweeping.trials(engine.sweeping.sweeps.get(sweep_id, OWNER))
    assert [each.trial.ended for each in found] == [Ended.BROKEN, Ended.NOT_YET, Ended.NOT_YET]


def test_what_cannot_run_is_refused_and_belongs_to_its_owner(engine: Engine):
    with pytest.raises(InvalidExperiment):
        engine.sweeping.begin(GRID.model_copy(update={"axes": ()}), OWNER, "Test", "")
    with pytest.raises(SweepRefused, match="500"):
        engine.sweeping.begin(GRID, OWNER, "Test", "x" * 501)
    sweep_id = begin(engine)
    for act in (engine.sweeping.stop, engine.sweeping.sweeps.delete, engine.sweeping.sweeps.get):
        with pytest.raises(SweepNotFound):
            act(sweep_id, "b" * 32)
    with pytest.raises(SweepNotFound):
        engine.sweeping.sweeps.delete(sweep_id, OWNER)  # it runs
