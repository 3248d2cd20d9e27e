"""What the diagnosis says of real trainings, each trained once."""

import functools

from listening import Listener

from nnlab.analysis.diagnosis import Case, Finding, Outcome, case_of, change_in_words, examine
from nnlab.datasets import load_splits
from nnlab.experiment import Experiment
from nnlab.runs.files import Result
from nnlab.runs.run import Run, utc_now
from nnlab.runs.states import RunState


@functools.cache
def trained(experiment: Experiment) -> Case:
    """What is known of the experiment's run when it has ended."""
    from nnlab.training.compiled import CompiledNetwork
    from nnlab.training.endings import TrainingDiverged
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit
    from nnlab.training.kept import Kept

    splits, heard = load_splits(experiment.dataset), Listener()
    compiled, kept = (
        CompiledNetwork(experiment, splits),
        Kept.of(experiment, splits, records=True),
    )
    state, result = RunState.FINISHED, None
    try:
        fit(experiment, splits, heard, compiled=compiled, kept=kept)
        result = Result(evaluate(compiled, splits).probabilities, splits.y_test)
    except TrainingDiverged:
        state = RunState.DIVERGED
    run = Run(
        "0" * 16, "tester", experiment, state, utc_now(), utc_now(), len(heard.epochs), 0, 1, None,
        None, None, None,
    )  # fmt: skip
    return case_of(run, heard.epochs, heard.points, heard.moments, result)


def outcomes(experiment: Experiment) -> dict[str, Outcome]:
    return {outcome.rule: outcome for outcome in examine(trained(experiment))}


def found(experiment: Experiment, rule: str) -> Finding:
    outcome = outcomes(experiment)[rule]
    assert isinstance(outcome, Finding), outcome
    return outcome


def remedied(experiment: Experiment, rule: str) -> str:
    remedy = found(experiment, rule).remedy.experiment
    assert remedy is not None
    return change_in_words(experiment, remedy)
