"""What a rule of the diagnosis says of a run: something found, all clear, or nothing to go by."""

from dataclasses import dataclass
from enum import IntEnum

from nnlab.experiment import Experiment


class Severity(IntEnum):
    """How much a finding weighs."""

    NOTE = 1
    WARNING = 2
    PROBLEM = 3


@dataclass(frozen=True)
class LossChart:
    """Evidence is the loss over the training.

    Attributes:
        marked: the epoch that is pointed out, e.g. 6.0; None for none.
        label: what is there, in two or three words.
        measured: the figures of recorded moments instead of a validation, as (epoch, loss) pairs.
        guessing: the loss of guessing, to be drawn across; None where it does not matter.
    """

    marked: float | None = None
    label: str = ""
    measured: tuple[tuple[float, float], ...] = ()
    guessing: float | None = None


@dataclass(frozen=True)
class BarChart:
    """Evidence is a figure for each of some layers, classes or intervals.

    Attributes:
        title: what is shown.
        axis: name of the figure.
        names: of the bars, in order.
        values: their lengths.
        limit: the value from which the rule speaks; None for none.
        scale: shares from 0 to 1, counts, or sizes over many powers of ten.
    """

    title: str
    axis: str
    names: tuple[str, ...]
    values: tuple[float, ...]
    limit: float | None = None
    scale: str = "share"


Chart = LossChart | BarChart


@dataclass(frozen=True)
class Evidence:
    """What a finding rests on.

    Attributes:
        figures: names and values, ready to be read, e.g. `("lowest loss", "0.31, epoch 4")`.
        chart: the picture that shows it, None where figures say it all.
    """

    figures: tuple[tuple[str, str], ...]
    chart: Chart | None = None


@dataclass(frozen=True)
class Remedy:
    """What to try.

    Attributes:
        words: in a sentence.
        experiment: the run's with the change made; None where no setting changes it.
    """

    words: str
    experiment: Experiment | None = None


@dataclass(frozen=True)
class Finding:
    """Something is wrong, or worth knowing.

    Attributes:
        rule: its name.
        severity: how much it weighs.
        statement: one plain sentence.
        evidence: what it rests on.
        remedy: what to try.
    """

    rule: str
    severity: Severity
    statement: str
    evidence: Evidence
    remedy: Remedy


@dataclass(frozen=True)
class Clear:
    """The rule found nothing; `words` say what it looked at, with the figures."""

    rule: str
    words: str


@dataclass(frozen=True)
class Unknown:
    """The rule cannot tell; `words` say what is missing."""

    rule: str
    words: str


Outcome = Finding | Clear | Unknown
