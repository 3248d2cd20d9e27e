"""A class as one line of a table, and what it may not exceed."""

import heapq
from collections.abc import Callable, Sequence
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

    def percentile(self, of: str, share: float = 95) -> float:
        """Of a figure that each pupil has one of, or several; NaN where there is none at all."""
        values = [np.atleast_1d(np.array(getattr(noted, of), float)) for noted in self.pupils]
        flat = np.concatenate(values)
        # "higher", since an infinite one cannot be averaged with its neighbour.
        return float(np.percentile(flat, share, method="higher")) if flat.size else float("nan")


@dataclass(frozen=True)
class Figure:
    """A line of the table: how it is read from a class, and what it may be at most."""

    name: str
    read: Callable[[Class], float]
    digits: int = 1
    limit: float | None = None


FIGURES = (
    Figure("Home is drawn, p95, s", lambda one: one.percentile("opened")),
    Figure("first point, median, s", lambda one: one.percentile("first_point", 50)),
    Figure("first point, p95, s", lambda one: one.percentile("first_point"), 1, 10),
    Figure("largest gap on the curve, p95, s", lambda one: one.percentile("largest_gap")),
    Figure("largest gap on the curve, s", lambda one: one.percentile("largest_gap", 100), 1, 10),
    Figure("drawings", lambda one: sum(len(noted.drawings) for noted in one.pupils), 0),
    Figure("drawing to answer, median, s", lambda one: one.percentile("drawings", 50), 2),
    Figure("drawing to answer, p95, s", lambda one: one.percentile("drawings"), 2, 1),
    Figure("first Train to last result, s", lambda one: one.seconds),
    Figure("one after another, s", lambda one: one.one_after_another),
    Figure("ratio", lambda one: one.seconds / one.one_after_another, 2, 1.3),
    Figure("peak memory, GB", lambda one: one.peak.total / GB, 2, 6),
    Figure("app process, share of a core", lambda one: one.app_share, 2),
    Figure("this script, share of a core", lambda one: one.client_share, 2),
    Figure("foreign data seen", lambda one: len(one.leaks), 0, 0),
    Figure("errors", lambda one: len(one.errors), 0, 0),
)


def table(classes: Sequence[Class]) -> list[str]:
    """Lines of a Markdown table, a column a class."""
    heads = [f"{len(one.pupils)} session{'s' * (len(one.pupils) > 1)}" for one in classes]
    lines = [f"| | {' | '.join(heads)} | limit |", "|---" * (len(classes) + 2) + "|"]
    for figure in FIGURES:
        cells = [f"{figure.read(one):,.{figure.digits}f}" for one in classes]
        limit = "" if figure.limit is None else f"{figure.limit:g}"
        lines.append(f"| {figure.name} | {' | '.join(cells)} | {limit} |")
    return lines


def exceeded(one: Class) -> list[str]:
    """Which limits a class does not keep."""
    return [
        f"{len(one.pupils)} sessions: {figure.name} is {figure.read(one):.{figure.digits}f}, "
        f"allowed are {figure.limit:g}"
        for figure in FIGURES
        if figure.limit is not None and not figure.read(one) <= figure.limit
    ]
