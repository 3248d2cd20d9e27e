import numpy as np
import pytest
import tensorflow as tf
from scipy.special import expit

from nnlab.lessons import neuron
from nnlab.lessons.neuron import ACTIVATIONS, alone, stacked

# Independent of TensorFlow: the function and its derivative as a textbook has them.
BY_HAND = {
    "step": (lambda z: np.where(z > 0, 1.0, 0.0), lambda z: 0 * z),
    "linear": (lambda z: z, lambda z: 0 * z + 1),
    "sigmoid": (expit, lambda z: expit(z) * (1 - expit(z))),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "ReLU": (lambda z: np.maximum(z, 0), lambda z: np.where(z > 0, 1.0, 0.0)),
    "ELU": (
        lambda z: np.where(z > 0, z, np.expm1(z)),
        lambda z: np.where(z > 0, 1.0, np.exp(z)),
    ),
}
HERE = {"w1": 1.5, "w2": -1.0, "bias": 0.47, "x1": 0.6, "x2": -0.3}


def test_every_activation_has_a_formula() -> None:
    assert BY_HAND.keys() == ACTIVATIONS.keys()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_neuron_is_the_activation_of_its_weighted_sum(activation: str) -> None:
    answer = alone(**HERE, activation=activation)
    f, slope = BY_HAND[activation]

    z = np.array(1.5 * 0.6 + -1.0 * -0.3 + 0.47)
    assert answer["z"] == pytest.approx(z, abs=1e-6)
    assert answer["output"] == pytest.approx(f(z), abs=1e-6)
    assert answer["slope"] == pytest.approx(slope(z), abs=1e-6)
    away = np.abs(answer["sums"]) > 1e-4  # at 0 a kink has no slope, a step no value
    sums = answer["sums"][away].astype(float)
    np.testing.assert_allclose(answer["curve"][away], f(sums), atol=1e-6)
    np.testing.assert_allclose(answer["slopes"][away], slope(sums), atol=1e-6)


def test_the_map_has_x2_in_its_rows_and_x1_in_its_columns() -> None:
    answer = alone(**HERE, activation="tanh")
    x1, x2 = answer["inputs"][5], answer["inputs"][20]
    assert answer["map"][20, 5] == pytest.approx(np.tanh(1.5 * x1 - 1.0 * x2 + 0.47), abs=1e-6)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_two_layers_by_numpy(activation: str) -> None:
    answer = stacked(**HERE, activation=activation)
    f = BY_HAND[activation][0]

    def two_layers(x1: float, x2: float) -> float:
        own = f(np.array(1.5 * x1 - 1.0 * x2 + 0.47))
        other = f(np.array(-2.0 * x1 + 1.0 * x2 - 1.0))
        return float(own + other - 0.5)

    assert answer["two"] == pytest.approx(two_layers(0.6, -0.3), abs=1e-5)
    expected = [two_layers(float(x1), -0.3) for x1 in answer["inputs"]]
    np.testing.assert_allclose(answer["cut_two"], expected, atol=1e-5)
    x1, x2 = float(answer["inputs"][3]), float(answer["inputs"][25])
    assert answer["map"][25, 3] == pytest.approx(two_layers(x1, x2), abs=1e-5)


def test_two_linear_layers_are_one() -> None:
    answer = stacked(**HERE, activation="linear")
    np.testing.assert_allclose(answer["cut_two"], answer["cut_one"], atol=1e-6)
    np.testing.assert_allclose(answer["weights"], [1.5 - 2.0, -1.0 + 1.0], atol=1e-6)
    assert answer["bias"] == pytest.approx(0.47 - 1.0 - 0.5, abs=1e-6)


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS.keys() - {"linear"}))
def test_with_any_other_activation_no_straight_line_fits(activation: str) -> None:
    cut = stacked(**HERE, activation=activation)["cut_two"].astype(float)
    x = np.linspace(-1, 1, len(cut))
    best = np.polyval(np.polyfit(x, cut, 1), x)
    assert np.abs(cut - best).max() > 0.03


def test_against_keras() -> None:
    n = neuron.network(1.5, -1.0, 0.47, "ELU")
    model = tf.keras.Sequential([tf.keras.layers.Dense(2, "elu"), tf.keras.layers.Dense(1)])
    model.build((None, 2))
    model.set_weights([n.W1, tf.squeeze(n.b1, 0), n.W2, tf.squeeze(n.b2, 0)])
    x = tf.constant([[0.6, -0.3], [-0.9, 0.2]])
    np.testing.assert_allclose(neuron.two_layers(x, n), model(x), atol=1e-6)


@pytest.mark.parametrize("shown", ["layer", "slope"])
def test_the_shown_functions_make_the_single_neuron(
    shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neuron, shown, lambda *_: tf.fill((33 * 33, 1), 7.0))
    answer = alone(**HERE, activation="linear")
    assert answer["slope" if shown == "slope" else "z"] == 7


@pytest.mark.parametrize(("shown", "told"), [("two_layers", "two"), ("one_layer", "one")])
def test_the_shown_functions_make_the_stack(
    shown: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neuron, shown, lambda *_: tf.fill((33 * 33, 1), 7.0))
    answer = stacked(**HERE, activation="tanh")
    assert answer[told] == 7
    assert set(answer[f"cut_{told}"]) == {7}


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_whole_numbers_are_as_good_as_fractions(activation: str) -> None:
    whole = {"w1": -2, "w2": -2, "bias": -2, "x1": -1, "x2": -1}
    fractions = {name: float(value) for name, value in whole.items()}
    for make in (alone, stacked):
        ours, theirs = (
            make(**whole, activation=activation),
            make(**fractions, activation=activation),
        )
        np.testing.assert_array_equal(ours["map"], theirs["map"])
