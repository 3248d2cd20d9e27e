"""Going on from another training's weights."""

import numpy as np
import pytest
from listening import Listener, experiment

from nnlab.datasets import Splits
from nnlab.experiment import Dense, Flatten


def test_only_what_was_learned_is_taken_over(digits: Splits) -> None:
    """Dropout and optimizer begin from this experiment's seed, as they would without."""
    from nnlab.models.state import begin_with, read_state
    from nnlab.training.compiled import CompiledNetwork
    from nnlab.training.fit import fit

    old = read_state(fit(experiment(), digits, Listener()).model)
    network = CompiledNetwork(experiment(seed=9), digits)
    fresh = read_state(network.model)
    begin_with(network.model, old)
    now = read_state(network.model)
    learned = [name for name in now if not np.array_equal(now[name], fresh[name])]
    assert len(learned) == len(network.model.trainable_variables) == 4
    for name in learned:
        np.testing.assert_array_equal(now[name], old[name])


def test_another_network_is_refused(digits: Splits) -> None:
    from nnlab.models.state import begin_with, read_state
    from nnlab.training.compiled import CompiledNetwork

    other = experiment().model_copy(update={"layers": (Flatten(), Dense(units=5))})
    weights = read_state(CompiledNetwork(other, digits).model)
    with pytest.raises(ValueError, match="do not fit"):
        begin_with(CompiledNetwork(experiment(), digits).model, weights)


def test_a_break_after_going_on_changes_nothing(digits: Splits, small_steps: None) -> None:
    from nnlab.models.state import begin_with, read_state
    from nnlab.training.fit import fit
    from nnlab.training.workshop import compiled_network

    start = read_state(fit(experiment(), digits, Listener()).model)

    def go_on(listener: Listener, resumed=None):
        with compiled_network(experiment(seed=2), digits) as network:
            if resumed is None:
                begin_with(network.model, start)
            fitted = fit(experiment(seed=2), digits, listener, resumed, network)
            return fitted.checkpoint, read_state(fitted.model)

    _, unbroken = go_on(Listener())
    paused, _ = go_on(Listener(signal="pause", at=50))
    _, resumed = go_on(Listener(), paused)
    for name, value in unbroken.items():
        np.testing.assert_array_equal(resumed[name], value)
