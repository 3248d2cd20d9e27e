"""Sweeps in the database: who looks after one, and that nobody reads or ends another's."""

from datetime import timedelta

import pytest

from nnlab.runs import sweeps as module
from nnlab.runs.run import utc_now
from nnlab.runs.store import RunStore
from nnlab.runs.sweeps import SweepNotFound, SweepRefused, Sweeps, SweepState

OWNER, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def sweeps(database: str) -> Sweeps:
    return Sweeps(RunStore(database).engine)


def create(sweeps: Sweeps, owner: str = OWNER) -> str:
    return sweeps.create(owner, "Units", {"axes": [4, 8]}, " More units help. ")


def test_a_sweep_comes_back_as_it_was_written(sweeps: Sweeps):
    sweep_id = create(sweeps)
    kept = sweeps.get(sweep_id, OWNER)
    assert (kept.title, kept.sweep, kept.expectation) == (
        "Units", {"axes": [4, 8]}, "More units help.",
    )  # fmt: skip
    assert kept.running
    assert [each.id for each in sweeps.of(OWNER)] == [sweep_id]


def test_a_stranger_neither_reads_nor_deletes_it(sweeps: Sweeps):
    sweep_id = create(sweeps)
    assert sweeps.of(OTHER) == []
    with pytest.raises(SweepNotFound):
        sweeps.get(sweep_id, OTHER)
    sweeps.end(sweep_id, SweepState.STOPPED)
    with pytest.raises(SweepNotFound):
        sweeps.delete(sweep_id, OTHER)
    sweeps.delete(sweep_id, OWNER)
    assert sweeps.of(OWNER) == []


def test_one_process_drives_it_until_it_lets_go_or_is_silent(
    sweeps: Sweeps, monkeypatch: pytest.MonkeyPatch
):
    sweep_id = create(sweeps)
    assert [each.id for each in sweeps.claim("first")] == [sweep_id]
    assert sweeps.claim("second") == []
    sweeps.release("first")
    assert [each.id for each in sweeps.claim("second")] == [sweep_id]
    later = utc_now() + module.DRIVER_SILENT + timedelta(seconds=1)
    monkeypatch.setattr(module, "utc_now", lambda: later)
    assert [each.id for each in sweeps.claim("first")] == [sweep_id]


def test_trials_are_begun_by_its_driver_while_it_runs(sweeps: Sweeps):
    sweep_id = create(sweeps)
    sweeps.claim("first")
    assert not sweeps.add_trial(sweep_id, "second", 1, {"units": 4})
    assert sweeps.add_trial(sweep_id, "first", 1, {"units": 4})
    sweeps.mark(sweep_id, 1, queued=True)
    (trial,) = sweeps.trials(sweep_id)
    assert (trial.chosen, trial.queued, trial.pruned) == ({"units": 4}, True, False)

    assert sweeps.any_running()
    assert sweeps.end(sweep_id, SweepState.STOPPED)
    assert not sweeps.end(sweep_id, SweepState.FINISHED)
    assert sweeps.get(sweep_id, OWNER).state == SweepState.STOPPED
    assert not sweeps.add_trial(sweep_id, "first", 2, {"units": 8})
    assert not sweeps.any_running()


def test_an_owner_has_so_many_and_no_more(sweeps: Sweeps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_SWEEPS", 2)
    create(sweeps)
    create(sweeps)
    with pytest.raises(SweepRefused, match="2 sweeps"):
        create(sweeps)
    create(sweeps, OTHER)
