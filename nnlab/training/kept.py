"""What a run keeps from one turn to the next, beside its checkpoint."""

from dataclasses import dataclass, field
from typing import Self

from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.training.device import DeviceImages
from nnlab.training.feed import Feed, feed
from nnlab.training.pace import Pace


@dataclass(frozen=True)
class Kept:
    """Both could be made anew; that would cost each turn a shuffle and some short first calls.

    Attributes:
        feed: which images each step gets.
        pace: how many steps go into a call.
    """

    feed: Feed
    pace: Pace = field(default_factory=Pace)

    @classmethod
    def of(cls, experiment: Experiment, splits: Splits) -> Self:
        """For a run that begins."""
        return cls(feed(DeviceImages.part(splits, "train"), experiment.training))
