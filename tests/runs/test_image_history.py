"""What was recorded of one test image, place by place."""

import numpy as np
import pytest

from nnlab.runs.files import Result, RunFiles
from nnlab.runs.image_history import recorded_answers
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.timeline import Place

RUN = "a" * 32
PLACES = (Place(0, 0.0), Place(4, 0.5), Place(8, 1.0, end=True))
RNG = np.random.default_rng(0)


@pytest.fixture
def recorded(nnlab_home) -> np.ndarray:
    """Two moments with answers to the images 0, 2 and 5 of six; returns the answers at the end."""
    indices = np.array([0, 2, 5], np.int32)
    for step in (0, 4):
        rows = np.full((3, 2), step / 8, np.float16)
        rows[:, 1] = [0.1, 0.2, 0.3]
        moment = Moment(step, step / 8, rows, indices, np.zeros(3, np.int16), ())
        Moments(RUN).write(moment)
    end = RNG.random((6, 2), np.float32)
    RunFiles(RUN).write_final({}, Result(end, np.zeros(6, np.int64)), {})
    return end


def test_answers_of_an_image_that_was_recorded(recorded: np.ndarray):
    found = recorded_answers(RUN, PLACES, 2, 2)
    np.testing.assert_allclose(found[:2], [[0, 0.2], [0.5, 0.2]], atol=1e-3)
    np.testing.assert_array_equal(found[2], recorded[2])
    np.testing.assert_allclose(recorded_answers(RUN, PLACES, 5, 2)[1], [0.5, 0.3], atol=1e-3)


@pytest.mark.parametrize("number", [1, 3, 4])
def test_of_the_others_only_the_end_is_known(recorded: np.ndarray, number: int):
    found = recorded_answers(RUN, PLACES, number, 2)
    assert np.isnan(found[:2]).all()
    np.testing.assert_array_equal(found[2], recorded[number])


def test_a_damaged_moment_is_a_gap(recorded: np.ndarray):
    path = next(Moments(RUN).folder.glob("*4.npz"))
    path.write_bytes(path.read_bytes()[:80])
    found = recorded_answers(RUN, PLACES, 2, 2)
    assert np.isfinite(found[[0, 2]]).all()
    assert np.isnan(found[1]).all()


def test_an_image_that_is_not_there(recorded: np.ndarray):
    with pytest.raises(RunNotFound):
        recorded_answers(RUN, PLACES, 6, 2)


def test_a_run_whose_files_are_gone(nnlab_home):
    with pytest.raises(RunNotFound):
        recorded_answers(RUN, PLACES, 0, 2)


def test_answers_alone_are_read_as_the_whole_moment_has_them(recorded: np.ndarray):
    answers = Moments(RUN).read_answers(4)
    whole = Moments(RUN).read(4)
    np.testing.assert_array_equal(answers.indices, whole.indices)
    np.testing.assert_array_equal(answers.probabilities, whole.probabilities)
    with pytest.raises(FileNotFoundError):
        Moments(RUN).read_answers(5)
