"""How long a sweep will take, by what one's earlier runs took."""

import statistics
from collections.abc import Sequence

from nnlab.sweep import Sweep, planned
from nnlab.ui.resources import engine
from nnlab.ui.wording import duration
from nnlab.work.sweep_trials import TrialNow

_LOOKED_BACK = 40


def outlook(owner: str, sweep: Sweep) -> str:
    """How many trials there will be, and about how long they take."""
    plan = planned(sweep)
    trials = sweep.trials if plan is None else min(len(plan), sweep.trials)
    noun = "trial" if trials == 1 else "trials"
    each = _epoch_seconds(owner, sweep)
    if each is None:
        return f"{trials} {noun}; how long they take is known when the first has ended."
    epochs = trials * sweep.experiment.training.epochs
    if plan is not None:
        own = sweep.experiment.training.epochs
        epochs = sum(chosen.get("training.epochs", own) for chosen in plan[:trials])
    seconds = epochs * each / engine().sweeping.at_once()
    return f"{trials} {noun}, {epochs:,} epochs; about {duration(seconds)} by your earlier runs."


def _epoch_seconds(owner: str, sweep: Sweep) -> float | None:
    """Median over the owner's recent runs on the same data, None where there are none."""
    store = engine().store
    same = [
        run.id
        for run in store.runs_of(owner, _LOOKED_BACK)
        if run.experiment.dataset == sweep.experiment.dataset and run.epoch
    ]
    seconds = [record.seconds for records in store.epochs_of(same).values() for record in records]
    return statistics.median(seconds) if seconds else None


def seconds_left(sweep: Sweep, now: Sequence[TrialNow]) -> float | None:
    """Of a running sweep: its epochs that are left at the pace of those that are done.

    Without those of paused trials, which nothing waits for.
    None before the first epoch, and where nobody knows how many trials there will be.
    """
    seconds = [record.seconds for each in now for record in each.epochs]
    if not seconds:
        return None
    own = sweep.experiment.training.epochs
    begun = [each.kept.chosen for each in now]
    plan = planned(sweep)
    coming = sweep.trials - len(now) if plan is None else min(len(plan), sweep.trials) - len(now)
    later = [{}] * coming if plan is None else plan[len(now) : len(now) + coming]
    left = sum(chosen.get("training.epochs", own) for chosen in later)
    for chosen, each in zip(begun, now, strict=True):
        if each.takes_room:
            left += max(chosen.get("training.epochs", own) - len(each.epochs), 0)
    return left * statistics.fmean(seconds) / engine().sweeping.at_once()
