"""Where the points of a training curve stand: by epoch, by step or by time."""

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np

Place = Literal["Epoch", "Step", "Seconds of training"]
PLACES: tuple[Place, ...] = get_args(Place)


def places(
    epochs: Sequence[float], place: Place, steps_per_epoch: int | None, seconds: Sequence[float]
) -> list[float | None]:
    """The same points by another measure.

    Args:
        epochs: of each point, as a fraction of epochs.
        place: the measure. Seconds are those of training and validation, without waits; within
            an epoch they are taken to pass evenly, and of an epoch that has not ended there are
            none yet.
        steps_per_epoch: None while the data have not been counted.
        seconds: that each finished epoch took.

    Returns:
        A place for each point, None where it is not known.
    """
    if place == "Epoch":
        return list(epochs)
    if place == "Step":
        known = steps_per_epoch is not None
        return [epoch * steps_per_epoch if known else None for epoch in epochs]  # type: ignore[operator]
    ends = np.concatenate([[0.0], np.cumsum(seconds)])
    passed = np.interp(epochs, np.arange(len(ends)), ends).tolist()
    return [
        at if epoch <= len(seconds) and len(seconds) else None
        for at, epoch in zip(passed, epochs, strict=True)
    ]
