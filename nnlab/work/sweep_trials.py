"""The trials of a sweep with the figures of their runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnlab.runs.records import EpochRecord
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.runs.sweeps import KeptTrial, Sweeps
from nnlab.sweep import Ended, Sweep, Trial
from nnlab.work.ended_epochs import EndedEpochs

_BROKEN = frozenset({RunState.FAILED})


@dataclass(frozen=True)
class TrialNow:
    """A trial as it stands.

    Attributes:
        kept: its settings.
        run: None before it is queued, where it was refused, and where it was deleted.
        epochs: of the run so far.
        trial: what the next trials are chosen by.
    """

    kept: KeptTrial
    run: Run | None
    epochs: list[EpochRecord]
    trial: Trial

    @property
    def in_hand(self) -> bool:
        """Queued or training."""
        return self.run is not None and self.run.active

    @property
    def paused(self) -> bool:
        """Somebody paused its run: the others go on without it, until it is resumed."""
        return self.run is not None and self.run.state == RunState.PAUSED

    @property
    def takes_room(self) -> bool:
        """Whether the next trial waits for it."""
        return self.trial.ended == Ended.NOT_YET and not self.paused


def trials_now(
    sweeps: Sweeps,
    store: RunStore,
    ended: EndedEpochs,
    sweep_id: str,
    owner: str,
    sweep: Sweep,
) -> list[TrialNow]:
    """All trials of a sweep that were begun, in order.

    Args:
        sweeps, store: where they are kept.
        ended: what of it was read before.
        sweep_id: of the sweep.
        owner: whose it is.
        sweep: its settings.
    """
    kept = sweeps.trials(sweep_id)
    runs = {trial.run_id: _run(store, trial.run_id, owner) for trial in kept}
    epochs = ended.of(run for run in runs.values() if run is not None)
    return [_now(sweep, trial, runs[trial.run_id], epochs.get(trial.run_id, [])) for trial in kept]


def _run(store: RunStore, run_id: str, owner: str) -> Run | None:
    try:
        return store.get(run_id, owner)
    except RunNotFound:
        return None


def _now(sweep: Sweep, kept: KeptTrial, run: Run | None, epochs: list[EpochRecord]) -> TrialNow:
    figures = {record.epoch: getattr(record, sweep.objective) for record in epochs}
    known = {epoch: figure for epoch, figure in figures.items() if figure is not None}
    return TrialNow(kept, run, epochs, Trial(kept.number, kept.chosen, known, _ended(kept, run)))


def _ended(kept: KeptTrial, run: Run | None) -> Ended:
    if kept.refused is not None or (run is None and kept.queued):
        return Ended.BROKEN
    if run is None or run.active or run.state in (RunState.PAUSED, RunState.INTERRUPTED):
        return Ended.NOT_YET
    if run.state == RunState.DIVERGED or (kept.pruned and run.state != RunState.FINISHED):
        return Ended.PRUNED  # one that ended by itself before it heard of it is complete
    return Ended.BROKEN if run.state in _BROKEN else Ended.COMPLETE


def trials_of(now: Sequence[TrialNow]) -> list[Trial]:
    """What the next trial is chosen by."""
    return [each.trial for each in now]
