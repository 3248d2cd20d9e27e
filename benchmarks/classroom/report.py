"""A class as one line of a table, and what it may not exceed."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.classroom.app import MB, Sample
from benchmarks.classroom.pupil import Noted

GB = 1000 * MB


@dataclass(frozen=True)
class Alone:
    """The trainings without sessions: seconds for so many on so many workers."""

    trainings: int
    seconds: float
    workers: int

    @property
    def each(self) -> float:
        """Seconds that one training keeps one worker busy."""
        return self.seconds * self.workers / self.trainings


@dataclass(frozen=True)
class Class:
    """One class, measured.

    Attributes:
        pupils: what was noted of each.
        alone: the trainings without sessions.
        peak: the app's processes when they needed most memory.
        app_share, client_share: of one core, used by the app's process and by this script.
        leaks: what was seen of others.
    """

    pupils: Sequence[Noted]
    alone: Alone
    peak: Sample
    app_share: float
    client_share: float
    leaks: Sequence[str]

    @property
    def seconds(self) -> float:
        """From the first Train to the last result."""
        last = max(noted.finished or float("inf") for noted in self.pupils)
        return last - min(noted.pressed for noted in self.pupils)

    @property
    def one_after_another(self) -> float:
        """Seconds that the trainings take one after another, none begun before it was asked for.

        Of a small class the workers are idle part of the minute in which all press Train.
        """
        begun = sorted(noted.pressed for noted in self.pupils)
        free = [begun[0]] * self.alone.workers
        for pressed in begun:
            heapq.heappush(free, max(heapq.heappop(free), pressed) + self.alone.each)
        return max(free) - begun[0]

    @property
    def errors(self) -> list[str]:
        """All that went wrong."""
        return [error for noted in self.pupils for error in noted.errors]

    def p95(self, of: str) -> float:
        """Of a figure that each pupil has one of, or several."""
        values = [getattr(noted, of) for noted in self.pupils]
        return percentile(values)


def percentile(values: Sequence[float | Sequence[float]], share: float = 95) -> float:
    """Of single values or of lists of values; NaN of none."""
    flat = np.hstack([np.asarray(value, dtype=float).ravel() for value in values])
    # The value at or above which the rest lies, since an infinite one cannot be averaged.
    return float(np.percentile(flat, share, method="higher")) if flat.size else float("nan")


# Name, how to read it from a class, digits, and what it may be at most.
FIGURES = (
    ("Home is drawn, p95, s", lambda c: c.p95("opened"), 1, None),
    ("first point, median, s", lambda c: percentile([n.first_point for n in c.pupils], 50), 1, None),
    ("first point, p95, s", lambda c: c.p95("first_point"), 1, 10),
    ("largest gap on the curve, p95, s", lambda c: c.p95("largest_gap"), 1, None),
    ("largest gap on the curve, s", lambda c: max(n.largest_gap for n in c.pupils), 1, 10),
    ("drawings", lambda c: sum(len(n.drawings) for n in c.pupils), 0, None),
    ("drawing to answer, median, s", lambda c: percentile([n.drawings for n in c.pupils], 50), 2, None),
    ("drawing to answer, p95, s", lambda c: c.p95("drawings"), 2, 1),
    ("first Train to last result, s", lambda c: c.seconds, 1, None),
    ("one after another, s", lambda c: c.one_after_another, 1, None),
    ("ratio", lambda c: c.seconds / c.one_after_another, 2, 1.3),
    ("peak memory, GB", lambda c: c.peak.total / GB, 2, 6),
    ("app process, share of a core", lambda c: c.app_share, 2, None),
    ("this script, share of a core", lambda c: c.client_share, 2, None),
    ("foreign data seen", lambda c: len(c.leaks), 0, 0),
    ("errors", lambda c: len(c.errors), 0, 0),
)  # fmt: skip


def table(classes: Sequence[Class]) -> list[str]:
    """Lines of a Markdown table, a column a class."""
    heads = [f"{len(one.pupils)} session{'s' * (len(one.pupils) > 1)}" for one in classes]
    lines = [f"| | {' | '.join(heads)} | limit |", "|---" * (len(classes) + 2) + "|"]
    for name, read, digits, limit in FIGURES:
        cells = [f"{read(one):,.{digits}f}" for one in classes]
        lines.append(f"| {name} | {' | '.join(cells)} | {'' if limit is None else limit} |")
    return lines


def exceeded(one: Class) -> list[str]:
    """Which limits a class does not keep."""
    return [
        f"{len(one.pupils)} sessions: {name} is {read(one):.{digits}f}, allowed are {limit}"
        for name, read, digits, limit in FIGURES
        if limit is not None and not read(one) <= limit
    ]
