"""What a run keeps from one turn to the next, beside its checkpoint."""

from dataclasses import dataclass, field
from typing import Self

from nnlab.datasets import Splits
from nnlab.experiment import Experiment
from nnlab.training.device import DeviceImages
from nnlab.training.feed import Feed, feed
from nnlab.training.frames import Frames
from nnlab.training.helm import Helm
from nnlab.training.pace import PICTURE_SECONDS, TARGET_SECONDS, Pace
from nnlab.training.recording.recorder import Recorder


@dataclass(frozen=True)
class Kept:
    """All could be made anew; that would cost each turn a shuffle and some short first calls.

    Attributes:
        feed: which images each step gets.
        pace: how many steps go into a call.
        recorder: records moments, None for a training of which nothing is recorded.
        frames: takes pictures of a network on points, None for a training that nobody watches.
        helm: how the run is steered.
    """

    feed: Feed
    pace: Pace = field(default_factory=Pace)
    recorder: Recorder | None = None
    frames: Frames | None = None
    helm: Helm = field(default_factory=Helm)

    @classmethod
    def of(
        cls,
        experiment: Experiment,
        splits: Splits,
        *,
        records: bool = False,
        helm: Helm | None = None,
    ) -> Self:
        """For a run that begins; `records` whether its moments are recorded."""
        images = feed(DeviceImages.part(splits, "train"), experiment.training)
        pace = Pace(TARGET_SECONDS if splits.info.has_images else PICTURE_SECONDS)
        recorder = Recorder.of(experiment, splits) if records else None
        return cls(images, pace, recorder, helm=helm or Helm())
