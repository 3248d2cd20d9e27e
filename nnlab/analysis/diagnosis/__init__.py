"""From recorded facts, what went wrong in a training, with evidence and a remedy.

`case_of` gathers the facts, `diagnose` says what is found, `examine` also what is in order.
"""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.diagnose import (
    ONLY_CLASSES,
    RULES,
    diagnose,
    examine,
    sorted_findings,
)
from nnlab.analysis.diagnosis.finding import (
    BarChart,
    Clear,
    Evidence,
    Finding,
    LossChart,
    Outcome,
    Remedy,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.gathering import case_of
from nnlab.analysis.diagnosis.remedies import change_in_words

__all__ = [
    "ONLY_CLASSES", "RULES", "BarChart", "Case", "Clear", "Evidence", "Finding", "LossChart",
    "Outcome", "Remedy", "Severity", "Unknown", "case_of", "change_in_words", "diagnose", "examine",
    "sorted_findings",
]  # fmt: skip
