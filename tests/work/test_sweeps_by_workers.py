"""A sweep with real workers: one is killed, and another driver takes over in the middle."""

import signal

import pytest
from helping import OWNER, quick, wait_for, worker_processes

from nnlab.runs.states import RunState
from nnlab.runs.sweeps import SweepState
from nnlab.sweep import Axis, Sweep
from nnlab.work.engine import Engine
from nnlab.work.sweeps import Sweeping

pytestmark = pytest.mark.fault

UNITS = "layers.1.units"


def test_a_sweep_survives_a_killed_worker_and_a_new_driver(engine: Engine):
    base = quick(epochs=30)
    sweep = Sweep(experiment=base, axes=(Axis(path=UNITS, values=(4, 8, 16, 32)),))
    sweep_id = engine.sweeping.begin(sweep, OWNER, "Units", "More is better.")
    sweeps = engine.sweeping.sweeps
    wait_for(lambda: any(engine.run(t.run_id).epoch for t in sweeps.trials(sweep_id) if t.queued))
    for process in worker_processes(engine):
        process.send_signal(signal.SIGKILL)
    engine.sweeping.close()
    assert sweeps.get(sweep_id, OWNER).running
    engine.sweeping = Sweeping(engine)  # as a new app process has it
    engine.sweeping.start()
    wait_for(lambda: sweeps.get(sweep_id, OWNER).state == SweepState.FINISHED)
    found = engine.sweeping.trials(sweeps.get(sweep_id, OWNER))
    assert [each.kept.chosen[UNITS] for each in found] == [4, 8, 16, 32]
    assert {each.run.state for each in found if each.run} == {RunState.FINISHED}
    assert [len(each.epochs) for each in found] == [30] * 4
    best = [each.trial.best(higher=True) for each in found]
    assert best[3] == max(record.val_accuracy or 0 for record in found[3].epochs)
    assert best[3] > best[0]
