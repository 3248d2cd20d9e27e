"""Learned by heart: what is learned from is known far better than anything else."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.evidence import measured
from nnlab.analysis.diagnosis.finding import Evidence, Finding, LossChart, Remedy, Severity
from nnlab.analysis.diagnosis.remedies import more_examples, remedy
from nnlab.analysis.diagnosis.wording import loss_in_words, percent

# Training accuracy beyond that on other examples.
GAP = 0.1
# By which the share of the loss of guessing that is left on other examples lies above that on those
# of the training. With squared errors it is a difference of two R², of which those of a fit and of
# its predictions "should be within approximately 0.20 of each other" (Stat-Ease, statease.com/docs,
# "Anova: Predicted R-Squared"). In 104 trainings that went well it was 0.1 at most.
LOSS_GAP = 0.2
DROPOUT = 0.3


def by_heart(case: Case, rule: str) -> Finding | None:
    """What is said where the two are far apart, even where no loss rises; None where not.

    Args:
        case: the run.
        rule: the name of the rule that this belongs to.
    """
    told = _numbers(case) if case.regression else _classes(case)
    if told is None:
        return None
    statement, figures = told
    figures += ((f"training {case.things}", f"{case.images[0]:,}"),)
    chart = LossChart(measured=measured(case, case.held_out))
    return Finding(rule, Severity.WARNING, statement, Evidence(figures, chart), _learn_more(case))


_Told = tuple[str, tuple[tuple[str, str], ...]]


def _classes(case: Case) -> _Told | None:
    if not case.epochs or case.accuracy_elsewhere is None:
        return None
    training, (name, other) = case.epochs[-1].accuracy, case.accuracy_elsewhere
    if training is None or training - other < GAP:
        return None
    statement = (
        f"It knows its training {case.things} by heart: {percent(training)} of them right, but only"
        f" {percent(other)} of the {name} {case.things}."
    )
    figures = (
        ("training accuracy", percent(training)),
        (f"{name} accuracy", percent(other)),
    )
    return statement, figures


def _numbers(case: Case) -> _Told | None:
    seen = case.held_out
    if not case.epochs or seen is None or not case.guessing_loss or not case.guessing_held_out:
        return None
    training, other = case.training_losses[-1], seen.losses[-1]
    if other / case.guessing_held_out - training / case.guessing_loss < LOSS_GAP:
        return None
    statement = (
        f"It knows its training {case.things} by heart: a loss of {loss_in_words(training)} on"
        f" them, but {loss_in_words(other)} on the {seen.name} {case.things}."
    )
    figures = (
        ("training loss", _written(training)),
        (f"{seen.name} loss", _written(other)),
        (f"loss of guessing the {seen.name} {case.things}", _written(case.guessing_held_out)),
    )
    return statement, figures


def _written(loss: float) -> str:
    return loss_in_words(loss, 4)


def _learn_more(case: Case) -> Remedy:
    """More examples help most (Deep Learning, section 5.2); else less room to remember them in."""
    experiment, things = case.experiment, case.things
    more = more_examples(experiment)
    if more:
        return remedy(f"More training {things} help most.", experiment, more)
    if not any(layer.type == "Dropout" for layer in experiment.layers) and experiment.layers:
        layers = [layer.model_dump(mode="json") for layer in experiment.layers]
        layers.append({"type": "Dropout", "rate": DROPOUT})
        return remedy(
            "Dropout before the output keeps units from relying on each other.",
            experiment,
            {"layers": layers},
        )
    return remedy(
        f"A penalty on large weights leaves less room to remember single {things}.",
        experiment,
        {"training.l2": 0.001},
    )
