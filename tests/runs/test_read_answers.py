"""The answers of a moment alone, read without its weights."""

import numpy as np
import pytest

from nnlab.runs.moments import Moment, Moments


@pytest.fixture
def moments(nnlab_home) -> Moments:
    kept = Moments("some-run")
    rng = np.random.default_rng(0)
    kept.write(
        Moment(
            step=7,
            epoch=0.5,
            probabilities=rng.random((20, 10)).astype(np.float16),
            indices=np.arange(0, 40, 2, dtype=np.int32),
            y_true=rng.integers(0, 10, 20).astype(np.int16),
            layers=(),
            weights={"model.0": np.ones((784, 4), np.float32)},
        )
    )
    return kept


def test_they_are_those_of_the_whole_moment(moments: Moments):
    alone, whole = moments.read_answers(7), moments.read(7)
    for name in ("probabilities", "indices", "y_true"):
        np.testing.assert_array_equal(getattr(alone, name), getattr(whole, name))


def test_without_a_moment_there_are_none(moments: Moments):
    with pytest.raises(FileNotFoundError, match="step 8"):
        moments.read_answers(8)


def test_of_a_damaged_file_there_are_none(moments: Moments):
    moments._path(7).write_bytes(b"PK\x03\x04 cut short")
    with pytest.raises(FileNotFoundError, match="step 7"):
        moments.read_answers(7)
