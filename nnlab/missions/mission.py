"""What a mission is: a task in words, and a rule that finds in the runs whether it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nnlab.curriculum.lesson import Question
from nnlab.experiment import Experiment
from nnlab.missions.facts import RunFacts


@dataclass(frozen=True)
class Evidence:
    """One thing that was looked at.

    Attributes:
        name: what it is, e.g. "Test accuracy".
        found: as it is, in words with numbers; "not yet" where nothing is known.
        wanted: as it should be.
        met: whether it is so.
    """

    name: str
    found: str
    wanted: str
    met: bool


@dataclass(frozen=True)
class Verdict:
    """What the runs of a mission come to.

    Attributes:
        passed: whether the mission is done.
        words: for the visitor, what is done or what is missing, with numbers.
        evidence: what was looked at, in order.
    """

    passed: bool
    words: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Mission:
    """One task that teaches one thing.

    Attributes:
        name: in lower case with hyphens; where progress is kept it stands for the mission.
        title: two to six words.
        teaches: the one thing, a few words.
        task: one or two plain sentences.
        experiment: what it begins with.
        question: to predict first; its `why` is the explanation afterwards.
        hints: from a nudge to the solution.
        check: what the visitor's runs in this mission, oldest first, come to. It can be called
            while a run is under way.
    """

    name: str
    title: str
    teaches: str
    task: str
    experiment: Experiment
    question: Question
    hints: tuple[str, ...]
    check: Callable[[Sequence[RunFacts]], Verdict]
