"""How long a sweep will take, by what one's earlier runs took."""

import statistics
from collections.abc import Sequence
from math import log

from nnlab.sweep import Sweep, planned, trials_in_all
from nnlab.ui.resources import engine
from nnlab.ui.wording import counted, duration
from nnlab.work.sweep_trials import TrialNow

_LOOKED_BACK = 40
_EPOCHS = "training.epochs"


def outlook(owner: str, sweep: Sweep) -> str:
    """How many trials there will be, and about how long they take."""
    trials = counted(trials_in_all(sweep), "trial")
    few = only_so_many(sweep)
    first = f"{trials} ({few})" if few else trials
    each = _epoch_seconds(owner, sweep)
    if each is None:
        return f"{first}; how long they take is known when the first has ended."
    epochs = _epochs(sweep)
    about = duration(epochs * each / engine().sweeping.at_once())
    roughly = "about " if planned(sweep) is None and _drawn_epochs(sweep) else ""
    return f"{first}, {roughly}{counted(epochs, 'epoch')}; about {about} by your earlier runs."


def only_so_many(sweep: Sweep) -> str | None:
    """What is told where fewer trials differ than were asked for; None where enough do.

    Of a plan the number of trials says it all: nobody expects a repetition.
    """
    there_are = trials_in_all(sweep)
    if planned(sweep) is not None or there_are == sweep.trials:
        return None
    ones = "is only one" if there_are == 1 else f"are only {there_are} different ones"
    return f"there {ones}, not {sweep.trials}"


def _epochs(sweep: Sweep) -> int:
    """Of all trials together; where they are drawn, as many as can be expected."""
    own, trials = sweep.experiment.training.epochs, trials_in_all(sweep)
    plan = planned(sweep)
    if plan is None:
        return round(trials * (_drawn_epochs(sweep) or own))
    return sum(chosen.get(_EPOCHS, own) for chosen in plan[:trials])


def _drawn_epochs(sweep: Sweep) -> float | None:
    """The mean of what is drawn at random, None where the number of epochs does not vary.

    Of a range that is even in its logarithm it is (high - low) / ln(high / low).
    """
    axis = next((axis for axis in sweep.axes if axis.path == _EPOCHS), None)
    if axis is None:
        return None
    if axis.low is None or axis.high is None:
        return statistics.fmean(float(value or 0) for value in axis.values or ())
    if axis.log:
        return (axis.high - axis.low) / log(axis.high / axis.low)
    return (axis.low + axis.high) / 2


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
    coming = trials_in_all(sweep) - len(now)
    later = [{}] * coming if plan is None else plan[len(now) : len(now) + coming]
    usual = own if plan is not None else _drawn_epochs(sweep) or own
    left = sum(chosen.get(_EPOCHS, usual) for chosen in later)
    for chosen, each in zip(begun, now, strict=True):
        if each.takes_room:
            left += max(chosen.get(_EPOCHS, own) - len(each.epochs), 0)
    return left * statistics.fmean(seconds) / engine().sweeping.at_once()
