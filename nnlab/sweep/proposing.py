"""Which settings come next, and which trial is hopeless.

Nothing is remembered between two calls: what Optuna has to know is told to it anew out of the
trials, so that a sweep goes on after a restart as if nothing had been.
"""

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nnlab.sweep.axis import Axis
from nnlab.sweep.combinations import combinations, not_yet_begun
from nnlab.sweep.settings import Sweep
from nnlab.sweep.trial import Ended, Trial
from nnlab.sweep.varying import settable

if TYPE_CHECKING:  # half a second to load, and needed only while a sweep runs
    import optuna

# Trials that are drawn at random before the guided ones, and that nothing is pruned before.
STARTUP_TRIALS = 4
WARMUP_EPOCHS = 2  # the first epoch decides nothing
# So often another draw is made instead of a repetition, before any that is left is taken.
_DRAWS = 40


def planned(sweep: Sweep) -> list[dict[str, Any]] | None:
    """All settings of a `grid` or `one at a time` sweep in order, None where they are drawn."""
    if sweep.strategy == "grid":
        values = [axis.values or () for axis in sweep.axes]
        paths = [axis.path for axis in sweep.axes]
        return [dict(zip(paths, each, strict=True)) for each in itertools.product(*values)]
    if sweep.strategy == "one at a time":
        return _one_at_a_time(sweep)
    return None


def _one_at_a_time(sweep: Sweep) -> list[dict[str, Any]]:
    """The experiment itself, then each value that differs from its own."""
    own = settable(sweep.experiment)
    base = {axis.path: own.get(axis.path, 0) for axis in sweep.axes}
    changed = [
        base | {axis.path: value}
        for axis in sweep.axes
        for value in axis.values or ()
        if value != base[axis.path]
    ]
    return [base, *changed]


def trials_in_all(sweep: Sweep) -> int:
    """How many trials there will be: the budget, or fewer where no more are different."""
    plan = planned(sweep)
    there_are = combinations(sweep) if plan is None else len(plan)
    return sweep.trials if there_are is None else min(there_are, sweep.trials)


def next_settings(sweep: Sweep, trials: Sequence[Trial]) -> dict[str, Any] | None:
    """The settings of the next trial, None when the budget or the combinations are used up.

    Args:
        sweep: what is tried.
        trials: all that were begun, in order.
    """
    if len(trials) >= trials_in_all(sweep):
        return None
    plan = planned(sweep)
    return _drawn(sweep, trials) if plan is None else plan[len(trials)]


def _drawn(sweep: Sweep, trials: Sequence[Trial]) -> dict[str, Any] | None:
    begun = [dict(trial.chosen) for trial in trials]
    distributions = {axis.path: distribution(axis) for axis in sweep.axes}
    # Another seed for each trial: one seed would draw the first trial again after a restart.
    first = sweep.seed * 10_007 + len(trials) * _DRAWS
    for draw in range(_DRAWS):
        study = study_of(sweep, trials, seed=first + draw)
        chosen = _values(sweep, study.ask(distributions).params)
        if chosen not in begun:
            return chosen
    return not_yet_begun(sweep, begun, first)


def _values(sweep: Sweep, params: dict[str, Any]) -> dict[str, Any]:
    return {axis.path: params[axis.path] for axis in sweep.axes}


def distribution(axis: Axis) -> "optuna.distributions.BaseDistribution":
    """The axis as Optuna has it."""
    from optuna.distributions import (
        CategoricalDistribution,
        FloatDistribution,
        IntDistribution,
    )

    if axis.values is not None:
        return CategoricalDistribution(axis.values)
    assert axis.low is not None
    assert axis.high is not None
    if axis.whole:
        return IntDistribution(int(axis.low), int(axis.high), log=axis.log)
    return FloatDistribution(axis.low, axis.high, log=axis.log)


def study_of(sweep: Sweep, trials: Sequence[Trial], seed: int) -> "optuna.Study":
    """An Optuna study in memory that knows `trials`."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    samplers = optuna.samplers
    guided = sweep.strategy == "guided"
    sampler: optuna.samplers.BaseSampler = (
        samplers.TPESampler(n_startup_trials=STARTUP_TRIALS, seed=seed)
        if guided
        else samplers.RandomSampler(seed=seed)
    )
    study = optuna.create_study(
        direction="maximize" if sweep.higher_is_better else "minimize", sampler=sampler
    )
    study.add_trials([_told(sweep, trial) for trial in trials if trial.ended != Ended.NOT_YET])
    return study


def _told(sweep: Sweep, trial: Trial) -> "optuna.trial.FrozenTrial":
    from optuna.trial import TrialState, create_trial

    best = trial.best(sweep.higher_is_better)
    complete = trial.ended == Ended.COMPLETE and best is not None
    otherwise = TrialState.PRUNED if trial.ended == Ended.PRUNED else TrialState.FAIL
    return create_trial(
        state=TrialState.COMPLETE if complete else otherwise,
        params=dict(trial.chosen),
        distributions={axis.path: distribution(axis) for axis in sweep.axes},
        value=best if complete else None,
        intermediate_values=dict(trial.figures),
    )


def hopeless(sweep: Sweep, trial: Trial, others: Sequence[Trial]) -> bool:
    """Whether a trial that runs should end early: its best is worse than the others' median was.

    Not before some others have ended, nor in its first epoch. False where pruning is off.
    """
    if not sweep.pruning or trial.ended != Ended.NOT_YET or not trial.figures:
        return False
    from optuna.pruners import MedianPruner

    study = study_of(sweep, others, seed=sweep.seed)
    study.pruner = MedianPruner(n_startup_trials=STARTUP_TRIALS, n_warmup_steps=WARMUP_EPOCHS)
    running = study.ask()
    for epoch, figure in sorted(trial.figures.items()):
        running.report(figure, epoch)
    return bool(running.should_prune())
