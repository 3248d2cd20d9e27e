"""Moments of a run: files that come back whole, are replaced and forgotten."""

import numpy as np
import pytest

from nnlab.runs.moments import BINS, Distribution, LayerFacts, Moment, Moments, evenly

SOME = Distribution(0.5, 0.25, 0.125, 0.0, 1.0, (3,) * BINS)


def moment(step: int = 7, weights: bool = True) -> Moment:
    layer = LayerFacts(
        "dense_1",
        "Dense",
        "relu",
        SOME,
        SOME,
        None,
        np.ones(3, np.float32),
        np.zeros(3, np.float32),
    )
    return Moment(
        step,
        step / 10,
        np.full((4, 10), 0.1, np.float16),
        np.arange(4, dtype=np.int32),
        np.array([1, 2, 3, 4], np.int16),
        (layer,),
        {"model.0": np.arange(6, dtype=np.float32)} if weights else None,
    )


@pytest.fixture
def moments(nnlab_home) -> Moments:
    return Moments("run")


def test_a_moment_comes_back_whole(moments: Moments):
    assert moments.steps() == []
    moments.write(moment())
    read = moments.read(7)
    assert (read.step, read.epoch) == (7, 0.7)
    np.testing.assert_array_equal(read.probabilities, moment().probabilities)
    np.testing.assert_array_equal(read.y_true, [1, 2, 3, 4])
    assert read.weights is not None
    np.testing.assert_array_equal(read.weights["model.0"], np.arange(6))
    (layer,) = read.layers
    assert (layer.name, layer.kind, layer.activation) == ("dense_1", "Dense", "relu")
    assert (layer.activations, layer.weights, layer.gradients) == (SOME, SOME, None)
    np.testing.assert_array_equal(layer.zero_share, np.ones(3))


def test_without_weights(moments: Moments):
    moments.write(moment(weights=False))
    assert moments.read(7).weights is None


def test_in_order_and_forgotten_from_where_the_run_goes_back_to(moments: Moments):
    for step in (20, 0, 100, 7):
        moments.write(moment(step))
    assert moments.steps() == [0, 7, 20, 100]
    moments.forget_after(7)
    assert moments.steps() == [0, 7]
    moments.forget_after(-1)
    assert moments.steps() == []


def test_a_damaged_file_is_no_moment(moments: Moments):
    moments.write(moment())
    (moments.folder / "0000000007.npz").write_bytes(b"PK\x03\x04 nonsense")
    with pytest.raises(FileNotFoundError, match="no moment at step 7"):
        moments.read(7)
    with pytest.raises(FileNotFoundError):
        moments.read(8)


def test_what_is_no_number_can_be_kept(moments: Moments):
    nan = float("nan")
    bad = Distribution(nan, nan, 0.0, 0.0, 0.0, (0,) * BINS)
    layer = LayerFacts("output", "Dense", None, bad, None, None, np.zeros(1), np.zeros(1))
    moments.write(Moment(1, 0.1, np.full((1, 2), nan, np.float16), np.zeros(1, np.int32),
                         np.zeros(1, np.int16), (layer,)))  # fmt: skip
    assert np.isnan(moments.read(1).layers[0].activations.mean)


def test_evenly():
    np.testing.assert_array_equal(evenly(4, 10), [0, 2, 5, 7])
    np.testing.assert_array_equal(evenly(3, 3), [0, 1, 2])
    assert len(evenly(0, 10)) == 0
