"""Which networks can be asked about digits."""

from nnlab.datasets import info
from nnlab.runs.run import Run

DIGITS = tuple(range(10))


def knows_digits(run: Run) -> bool:
    """The network's classes are the ten digits."""
    return info(run.experiment.dataset.name).shows_digits
