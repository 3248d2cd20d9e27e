import pytest

from nnlab.analysis.comparing.places import places


def test_by_epoch_and_by_step():
    assert places([0.5, 1.0, 2.5], "Epoch", 10, []) == [0.5, 1.0, 2.5]
    assert places([0.5, 1.0, 2.5], "Step", 10, []) == [5, 10, 25]
    assert places([0.5, 1.0], "Step", None, [1.0]) == [None, None]


def test_by_the_time_that_epochs_took():
    got = places([0.5, 1.0, 1.25, 2.0, 2.5], "Seconds of training", 10, [4.0, 8.0])
    assert got[:4] == pytest.approx([2.0, 4.0, 6.0, 12.0])
    assert got[4] is None  # the third epoch has not ended
    assert places([0.5], "Seconds of training", 10, []) == [None]
