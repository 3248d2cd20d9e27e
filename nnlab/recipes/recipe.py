"""What a recipe is: an experiment, and the figures that it is held against."""

from dataclasses import dataclass
from typing import Literal

from nnlab.experiment import Experiment

Metric = Literal["test_accuracy", "test_loss", "accuracy", "loss", "val_accuracy", "val_loss"]


@dataclass(frozen=True)
class Published:
    """One reported figure.

    Attributes:
        metric: accuracies are shares, 0 to 1.
        low, high: a range; equal where one figure is given.
        tolerance: how far ours may lie outside the range and still agree.
        epoch: the record of the run that it is compared with, 1 for the first, None for the
            last; unused for the test figures.
        where: in words, e.g. "at step 900".
        source: the tutorial itself, or the same network trained with plain Keras.
    """

    metric: Metric
    low: float
    high: float
    tolerance: float = 0.01
    epoch: int | None = None
    where: str = ""
    source: Literal["tutorial", "plain Keras"] = "tutorial"

    def agrees(self, value: float) -> bool:
        """Whether `value` lies within the range or no further from it than the tolerance."""
        # A hair's breadth more, so that 0.97 is still within 0.01 of 0.98.
        return abs(self.difference(value)) <= self.tolerance + 1e-9

    def difference(self, value: float) -> float:
        """0 inside the range, else how far beyond its nearer end, negative below it."""
        return value - min(max(value, self.low), self.high)

    def __str__(self) -> str:
        low, high = self._written(self.low), self._written(self.high)
        text = low if low == high else f"{low} to {high}"
        return f"{text} %" if self.metric.endswith("accuracy") else text

    def _written(self, value: float) -> str:
        """Per cent with a second digit only where there is one; losses with four digits."""
        if self.metric.endswith("accuracy"):
            return f"{100 * value:.2f}".removesuffix("0")
        return f"{value:.4f}"


@dataclass(frozen=True)
class Recipe:
    """One click on Home opens `experiment` on the Train page.

    Attributes:
        name: begins with the letter of its course, e.g. `d-keras-fit`; our own has no dash there.
        course: the letter, a key of `COURSES`.
        teaches: concepts, in the field's own terms.
        published: empty for a network that is no tutorial's: there is nothing to reproduce.
        note: how it differs from the tutorial, in figures or in what is done.
        seeds: over how many seeds to repeat it where figures are compared.
    """

    name: str
    title: str
    course: str
    summary: str
    teaches: tuple[str, ...]
    experiment: Experiment
    published: tuple[Published, ...] = ()
    note: str = ""
    seeds: int = 1


@dataclass(frozen=True)
class Course:
    """A public tutorial whose networks can be trained here, or a group of our own."""

    letter: str
    title: str
    summary: str
