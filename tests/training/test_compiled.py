"""A network that was traced for one run serves the next as if it were new."""

import numpy as np
import pytest
from listening import Listener, experiment

from nnlab.datasets import Splits
from nnlab.experiment import (
    SGD,
    Adam,
    BatchNormalization,
    Conv2D,
    CosineDecay,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    MaxPooling2D,
    Output,
    RMSprop,
    with_settings,
)

NETWORKS = {
    "dense": experiment(epochs=2, optimizer=RMSprop(learning_rate=0.002)),
    "convolutional": experiment(epochs=1).model_copy(
        update={
            "layers": (
                Conv2D(filters=4, padding="same", kernel_initializer="he_normal"),
                BatchNormalization(),
                MaxPooling2D(),
                Flatten(),
                Dense(units=8, kernel_initializer="random_normal", kernel_stddev=0.2),
                Dropout(rate=0.4),
                Dense(units=4, kernel_initializer="ones"),
            ),
            "output": Output(activation="linear", kernel_initializer="random_uniform"),
        }
    ),
    "full batch": experiment(epochs=1, batch_size="full", steps_per_epoch=7),
}


def other_seed(chosen: Experiment) -> Experiment:
    return with_settings(chosen, {"training.seed": 77, "training.optimizer.learning_rate": 0.004})


@pytest.mark.parametrize("chosen", NETWORKS.values(), ids=NETWORKS)
def test_after_another_run_all_is_as_in_a_new_one(chosen: Experiment, digits: Splits):
    from nnlab.models.build import build_model
    from nnlab.models.state import read_state
    from nnlab.training.fit import fit

    used = fit(chosen, digits, Listener()).compiled
    second = other_seed(chosen)
    used.reset(second)
    fresh = build_model(second, digits.info.input_shape, 10, 41)
    states = read_state(used.model), read_state(fresh)
    assert states[0].keys() == states[1].keys()
    for name, value in states[1].items():
        np.testing.assert_array_equal(states[0][name], value, err_msg=name)
    again = fit(second, digits, Listener(), compiled=used).model
    alone = fit(second, digits, Listener()).model
    for a, b in zip(again.get_weights(), alone.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_a_second_run_of_the_structure_traces_nothing(digits: Splits, monkeypatch):
    from nnlab.models.build import keras
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit
    from nnlab.training.workshop import compiled_network

    chosen = experiment(epochs=1, optimizer=SGD())
    used = []
    for run in (chosen, other_seed(chosen)):
        with compiled_network(run, digits) as compiled:
            evaluate(fit(run, digits, Listener(), compiled=compiled).compiled, digits)
            used.append(compiled)
        # From here on every call of the model's Python is one too many.
        monkeypatch.setattr(keras.Sequential, "call", None)
    assert used[0] is used[1]


def test_two_at_once_do_not_share(digits: Splits):
    from nnlab.training.workshop import compiled_network

    chosen = experiment(epochs=1, optimizer=Adam(beta_1=0.8))
    with compiled_network(chosen, digits) as one, compiled_network(chosen, digits) as other:
        assert one is not other


def test_after_an_error_a_network_is_not_used_again(digits: Splits):
    from nnlab.training.workshop import compiled_network

    chosen = experiment(epochs=1, optimizer=Adam(beta_1=0.7))
    with pytest.raises(ZeroDivisionError), compiled_network(chosen, digits) as broken:
        raise ZeroDivisionError
    with compiled_network(chosen, digits) as next_one:
        assert next_one is not broken


def test_what_is_built_into_the_graph_tells_structures_apart(digits: Splits):
    from nnlab.training.compiled import structure

    base = experiment(epochs=3)
    same = [
        {"training.seed": 9},
        {"training.optimizer.learning_rate": 0.5},
        {"training.epochs": 8},
        {"name": "other"},
    ]
    other = [
        {"training.batch_size": 16},
        {"training.l2": 0.1},
        {"training.optimizer.beta_1": 0.5},
        {"training.schedule": CosineDecay().model_dump()},
        {"layers.2.rate": 0.1},
        {"output.activation": "linear"},
    ]

    def key(changes: dict) -> str:
        return structure(with_settings(base, changes), digits)

    assert {key(changes) for changes in same} == {key({})}
    assert len({key(changes) for changes in (*other, {})}) == len(other) + 1
    cosine = {"training.schedule": CosineDecay().model_dump()}
    assert key(cosine) != key(cosine | {"training.epochs": 4})
