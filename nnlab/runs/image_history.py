"""What was recorded of one test image while a run trained."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.timeline import Place


def recorded_answers(
    run_id: str, places: Sequence[Place], number: int, classes: int
) -> NDArray[np.float32]:
    """Probabilities float32 (places, classes) of test image `number`, place by place.

    Moments hold the answers to some of the test images only: where this one is not among them its
    row is NaN. At the end all test images were answered.

    Raises:
        RunNotFound: the run's files are gone, or it has fewer test images.
    """
    rows = np.full((len(places), classes), np.nan, np.float32)
    moments = Moments(run_id)
    for row, place in zip(rows, places, strict=True):
        found = _at_end(run_id, number) if place.end else _at_moment(moments, place.step, number)
        if found is not None:
            row[:] = found
    return rows


def _at_moment(moments: Moments, step: int, number: int) -> NDArray[np.float16] | None:
    try:
        found = moments.read_answers(step)
    except FileNotFoundError:  # this one is damaged; the others tell enough
        return None
    place = int(np.searchsorted(found.indices, number))
    if place == len(found.indices) or found.indices[place] != number:
        return None
    return found.probabilities[place]


def _at_end(run_id: str, number: int) -> NDArray[np.float32]:
    result = RunFiles(run_id).read_result()
    if result is None or not 0 <= number < len(result.y_test):
        raise RunNotFound(run_id)
    return result.probabilities[number]
