"""What can be set in a network gives the bits of what Keras builds in."""

import numpy as np
import pytest
from listening import Listener

from nnlab.datasets import Splits
from nnlab.experiment import Change, with_changes


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.3, 0.5, 0.9])
def test_steered_dropout_draws_what_keras_draws(rate: float):
    import keras
    import tensorflow as tf

    from nnlab.models.steered import SteeredDropout

    ours, theirs = SteeredDropout(0.2, seed=12), keras.layers.Dropout(rate or 0.5, seed=12)
    theirs.rate = rate
    ours.set_rate(rate)
    inputs = tf.random.stateless_normal((64, 33), (1, 2))
    graph = (
        tf.function(lambda x: ours(x, training=True)),
        tf.function(lambda x: theirs(x, training=True)),
    )
    for _ in range(3):
        mine, keras_own = (call(inputs).numpy() for call in graph)
        np.testing.assert_array_equal(mine, keras_own)
        assert (mine == 0).mean() == pytest.approx(rate, abs=0.06)
    np.testing.assert_array_equal(ours(inputs, training=False), inputs)
    states = [layer.seed_generator.state.numpy() for layer in (ours, theirs)]
    np.testing.assert_array_equal(*states)


def test_steered_penalty_adds_what_keras_adds():
    import keras
    import tensorflow as tf

    from nnlab.models.steered import SteeredPenalty

    kernel = tf.random.stateless_normal((40, 30), (3, 4))
    penalty = SteeredPenalty(0.5, 0.5)
    for l1, l2 in ((0.0, 0.01), (0.003, 0.0), (0.02, 0.3), (0.0, 0.0)):
        penalty.set(l1, l2)
        assert float(penalty(kernel)) == float(keras.regularizers.L1L2(l1, l2)(kernel))


def test_an_edit_before_an_epochs_last_step_is_made_once(digits: Splits, small_steps: None):
    """Paused between that step and the validation, the weight has learned on already."""
    from listening import experiment

    from nnlab.training.fit import fit
    from nnlab.training.kept import Kept

    edit = {"field": "weight", "layer": 3, "input": 0, "unit": 1, "value": 4.0}
    chosen = with_changes(experiment(epochs=2), [Change(step=40, **edit)])
    weights = []
    for at in (None, 41):
        kept, fitted, listener = Kept.of(chosen, digits), None, Listener()
        while fitted is None or fitted.signal:
            before = fitted.checkpoint if fitted else None
            fitted = fit(chosen, digits, listener, before, kept=kept)
            listener.signal = None
            if fitted.signal == "change" and at:
                listener.signal, listener.at = "pause", len(listener.points) + 1
            elif fitted.signal == "pause":
                assert (fitted.checkpoint.epoch, fitted.checkpoint.step) == (0, at)
        weights.append(fitted.model.get_weights())
    for one, other in zip(*weights, strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_was_edited_before_stop_is_kept(digits: Splits, small_steps: None):
    from listening import experiment

    from nnlab.training.fit import fit

    edit = Change(step=41, field="weight", layer=3, input=0, unit=1, value=4.0)
    chosen = with_changes(experiment(epochs=2), [edit])
    whole = Listener()
    fit(chosen, digits, whole)  # as far as the change
    assert whole.points[-1].step == 41
    stopped = fit(chosen, digits, Listener("stop", len(whole.points)))
    assert (stopped.signal, stopped.checkpoint.step) == ("stop", 41)
    assert float(stopped.model.layers[3].kernel[0, 1]) == 4.0


def test_a_new_speed_does_not_wait_for_the_old_one(monkeypatch: pytest.MonkeyPatch):
    from nnlab.runs.steering import Course
    from nnlab.training import helm

    now = [100.0]
    monkeypatch.setattr(helm.time, "monotonic", lambda: now[0])
    courses = [Course(speed=0.01)]
    held = helm.Helm(lambda: courses[-1])
    held.made(1.0)
    assert held.left() == pytest.approx(100)
    courses.append(Course(speed=2.0))
    assert held.left() == 0.0
    held.made(1.0)
    assert held.left() == pytest.approx(0.5)
    now[0] += 0.5
    held.made(1.0)
    assert held.left() == pytest.approx(0.5)
