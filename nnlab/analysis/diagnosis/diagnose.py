"""All rules on one run."""

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from nnlab.analysis.diagnosis import (
    dead_units,
    diverged,
    guessing,
    learning_rate_high,
    learning_rate_low,
    never_predicted,
    overfitting,
    start_weights,
    too_short,
    validation_size,
    vanishing,
)
from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import Finding, Outcome, Remedy, Severity

# Causes before effects: of findings that weigh the same, the first here is told first.
RULES: dict[str, Callable[[Case], Outcome]] = {
    module.RULE: module.examine
    for module in (
        diverged,
        start_weights,
        learning_rate_high,
        vanishing,
        dead_units,
        learning_rate_low,
        overfitting,
        guessing,
        never_predicted,
        too_short,
        validation_size,
    )
}
# A finding of the one explains what the others would say.
COVERS: dict[str, frozenset[str]] = {
    diverged.RULE: frozenset(RULES) - {diverged.RULE, start_weights.RULE},
    learning_rate_high.RULE: frozenset(
        {learning_rate_low.RULE, overfitting.RULE, too_short.RULE, never_predicted.RULE}
    ),
    vanishing.RULE: frozenset({learning_rate_low.RULE, too_short.RULE, never_predicted.RULE}),
    dead_units.RULE: frozenset({learning_rate_low.RULE, never_predicted.RULE}),
    learning_rate_low.RULE: frozenset({too_short.RULE, never_predicted.RULE}),
    guessing.RULE: frozenset(
        {never_predicted.RULE, too_short.RULE, overfitting.RULE, validation_size.RULE}
    ),
}
# There is nothing for them to look at where numbers are learned.
ONLY_CLASSES = frozenset({never_predicted.RULE, validation_size.RULE})
# What can make a network no better than guessing.
CAUSES = frozenset(
    {start_weights.RULE, learning_rate_high.RULE, vanishing.RULE, dead_units.RULE,
     learning_rate_low.RULE}
)  # fmt: skip


def examine(case: Case) -> list[Outcome]:
    """What every rule that suits the case says, in their order.

    Left out is what another finding explains already.
    """
    left_out = ONLY_CLASSES if case.regression else frozenset()
    outcomes = [rule(case) for name, rule in RULES.items() if name not in left_out]
    found = {o.rule for o in outcomes if isinstance(o, Finding) and not _doubtful(o)}
    covered = frozenset().union(*(COVERS.get(rule, frozenset()) for rule in found))
    causes = found & CAUSES
    if overfitting.RULE in found and case.has_learned:
        # What was learned was learned by heart, whatever else there is.
        covered, causes = covered - {overfitting.RULE}, {overfitting.RULE}
    kept = [outcome for outcome in outcomes if outcome.rule not in covered]
    if guessing.RULE in found and causes:
        return [_blamed(outcome, causes) for outcome in kept]
    return kept


def _doubtful(finding: Finding) -> bool:
    """Whether it may be but chance: then it explains nothing, and nothing has to explain it."""
    return finding.rule == guessing.RULE and finding.severity < Severity.PROBLEM


def _blamed(outcome: Outcome, causes: Set[str]) -> Outcome:
    """Where nothing was learned, what caused it weighs as much, and is what has to be mended."""
    if not isinstance(outcome, Finding):
        return outcome
    if outcome.rule in causes:
        return replace(outcome, severity=Severity.PROBLEM)
    if outcome.rule == guessing.RULE:
        return replace(outcome, remedy=Remedy("The cause is named above: mend that first."))
    return outcome


def diagnose(case: Case) -> list[Finding]:
    """What is wrong with a run or worth knowing, the heaviest first; empty where nothing is."""
    return sorted_findings(examine(case))


def sorted_findings(outcomes: Sequence[Outcome]) -> list[Finding]:
    """The findings among what `examine` gave, the heaviest first."""
    found = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
    return sorted(found, key=lambda finding: -finding.severity)
