"""A break, wherever it falls, does not change the result."""

import numpy as np
import pytest
from listening import Listener, experiment

from nnlab.datasets import Splits
from nnlab.experiment import SGD, EarlyStopping
from nnlab.training.endings import TrainingDiverged


def weights(fitted) -> list[np.ndarray]:
    return fitted.model.get_weights()


def assert_same(a, b) -> None:
    for one, other in zip(weights(a), weights(b), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_same_seed_gives_the_same_result_bit_for_bit(digits: Splits):
    from nnlab.training.fit import fit

    first, second = Listener(), Listener()
    assert_same(fit(experiment(), digits, first), fit(experiment(), digits, second))
    assert [e.loss for e in first.epochs] == [e.loss for e in second.epochs]
    other = fit(experiment(seed=6), digits, Listener())
    assert not np.array_equal(weights(other)[0], weights(fit(experiment(), digits, Listener()))[0])


@pytest.mark.parametrize("at", [1, 7, 41, 50, 82])
def test_pausing_after_any_step_changes_nothing(at: int, digits: Splits, small_steps: None):
    """41 steps an epoch: the first, the middle, the end of an epoch (41, 82) and the next."""
    from nnlab.training.fit import fit

    whole = Listener()
    unbroken = fit(experiment(), digits, whole)
    before = Listener(signal="pause", at=at)
    paused = fit(experiment(), digits, before)
    assert paused.signal == "pause"
    after = Listener()
    resumed = fit(experiment(), digits, after, paused.checkpoint)
    assert resumed.signal is None
    assert_same(resumed, unbroken)
    figures = [(e.epoch, e.loss, e.accuracy, e.val_loss) for e in before.epochs + after.epochs]
    assert figures == [(e.epoch, e.loss, e.accuracy, e.val_loss) for e in whole.epochs]
    assert [p.step for p in before.points + after.points] == [p.step for p in whole.points]


def test_going_on_from_an_epochs_checkpoint_changes_nothing(digits: Splits):
    from nnlab.training.fit import fit

    whole = Listener()
    unbroken = fit(experiment(optimizer=SGD(momentum=0.9)), digits, whole)
    first = whole.checkpoints[0][0]
    assert (first.epoch, first.step) == (1, 0)
    resumed = fit(experiment(optimizer=SGD(momentum=0.9)), digits, Listener(), first)
    assert_same(resumed, unbroken)


def test_stop_keeps_the_network_so_far(digits: Splits, small_steps: None):
    from nnlab.training.fit import fit

    stopped = fit(experiment(), digits, Listener(signal="stop", at=20))
    assert stopped.signal == "stop"
    assert (stopped.checkpoint.epoch, stopped.checkpoint.step) == (0, 20)
    untrained = fit(experiment(epochs=1), digits, Listener(signal="stop", at=1))
    assert not np.array_equal(weights(stopped)[0], weights(untrained)[0])


@pytest.mark.parametrize("at", [None, 45, 100])
def test_early_stopping_ends_alike_with_and_without_a_break(at, digits: Splits, small_steps: None):
    from nnlab.training.fit import fit

    early = EarlyStopping(monitor="val_accuracy", patience=1, min_delta=0.05)
    chosen = experiment(epochs=20, early_stopping=early)
    whole = Listener()
    unbroken = fit(chosen, digits, whole)
    assert 1 < len(whole.epochs) < 20
    best = [c.epoch for c, is_best in whole.checkpoints if is_best][-1]
    accuracies = [e.val_accuracy for e in whole.epochs]
    assert best == int(np.argmax(accuracies)) + 1
    if at is None:
        return
    paused = fit(chosen, digits, Listener(signal="pause", at=at))
    resumed = fit(chosen, digits, Listener(), paused.checkpoint)
    assert_same(resumed, unbroken)


def test_a_loss_that_is_no_number_ends_the_training(digits: Splits):
    from nnlab.training.fit import fit

    wild = experiment(optimizer=SGD(learning_rate=10.0, momentum=0.99), epochs=20, l2=1.0)
    with pytest.raises(TrainingDiverged) as caught:
        fit(wild, digits, listener := Listener())
    assert not np.isfinite(caught.value.loss)
    assert all(np.isfinite(p.loss) for p in listener.points)


def test_a_checkpoint_of_another_network_is_refused(digits: Splits):
    from nnlab.training.fit import fit

    listener = Listener()
    fit(experiment(epochs=1), digits, listener)
    other = experiment(epochs=2).model_copy(update={"layers": experiment().layers[:1]})
    with pytest.raises(ValueError, match="does not fit"):
        fit(other, digits, Listener(), listener.checkpoints[0][0])
