"""The rules on real trainings that learn numbers, or classes by another loss."""

from typing import Any

import numpy as np
import pytest
from diagnosed_trainings import found, outcomes, remedied, trained
from sklearn.metrics import mean_absolute_error, r2_score

from nnlab.analysis.diagnosis import ONLY_CLASSES, RULES, Clear, Finding, Severity, diagnose
from nnlab.datasets import load_splits
from nnlab.experiment import LOSSES, SGD, Adam, Experiment, with_settings
from nnlab.runs.states import RunState

WAVES = with_settings(
    Experiment(),
    {
        "dataset.name": "waves",
        "dataset.validation": "test",
        "output.activation": "linear",
        "training.batch_size": 10,
    },
)


def training(optimizer: Any, epochs: int, *units: int, **other: Any) -> Experiment:
    kernel, activation = other.pop("kernel", {}), other.pop("activation", "relu")
    layers = [{"type": "Dense", "units": n, "activation": activation, **kernel} for n in units]
    changes = {"layers": layers, "training.optimizer": optimizer.model_dump(mode="json")}
    return with_settings(WAVES, {**changes, "training.epochs": epochs, **other})


HEALTHY = training(Adam(learning_rate=0.003), 60, 16, 16)
TOO_HIGH = training(Adam(learning_rate=1.0), 12, 16, 16)
TOO_LOW = training(Adam(learning_rate=1e-5), 12, 16, 16)
DIVERGED = training(SGD(learning_rate=3.0), 5, 16, 16)
LINEAR = training(Adam(learning_rate=0.01), 10, **{"dataset.name": "bumps"})
BY_HEART = training(
    Adam(learning_rate=0.01), 100, 64, 64,
    **{"dataset.points": {"count": 100, "noise": 0.3}, "dataset.test_size": 0.5},
)  # fmt: skip
LARGE = training(
    Adam(learning_rate=0.01), 3, 32, 32,
    kernel={"kernel_initializer": "random_normal", "kernel_stddev": 1.0},
)  # fmt: skip
SHORT = training(Adam(learning_rate=0.01), 4, 16, 16, activation="tanh")


def test_a_healthy_training_on_numbers_is_in_order() -> None:
    said = outcomes(HEALTHY)
    assert set(said) == set(RULES) - ONLY_CLASSES
    assert all(isinstance(outcome, Clear) for outcome in said.values()), said


def test_what_it_rests_on_is_what_scikit_learn_computes() -> None:
    case, splits = trained(HEALTHY), load_splits(HEALTHY.dataset)
    assert case.predictions is not None
    r2 = r2_score(splits.y_test, case.predictions.predicted)
    assert r2 > 0.5
    assert f"R² is {r2:.2f}" in repr(outcomes(HEALTHY)["No better than guessing"])
    assert case.guessing_loss == pytest.approx(np.var(splits.y_train, dtype=float))
    assert case.guessing_held_out == pytest.approx(np.var(splits.y_test, dtype=float))
    last = case.instants[-1]
    assert last.loss == pytest.approx((1 - r2) * case.guessing_held_out, rel=1e-4)
    off = mean_absolute_error(splits.y_test, case.predictions.predicted)
    assert last.error == pytest.approx(off, rel=1e-4)
    # On the same points, that serve as validation.
    assert last.loss == pytest.approx(case.epochs[-1].val_loss, rel=1e-4)


@pytest.mark.parametrize("loss", LOSSES["regression"])
def test_the_plane_is_learned_with_any_loss(loss: str) -> None:
    changes = {"dataset.name": "plane", "training.loss": loss, "training.epochs": 20}
    plane = with_settings(HEALTHY, changes)
    heavy = [f for f in diagnose(trained(plane)) if f.severity > Severity.NOTE]
    assert not heavy


def test_a_rate_too_high() -> None:
    assert "shot up" in found(TOO_HIGH, "Learning rate too high").statement
    assert remedied(TOO_HIGH, "Learning rate too high") == "learning rate 0.001 instead of 1"
    assert "no better than guessing" in found(TOO_HIGH, "No better than guessing").statement
    assert trained(DIVERGED).state == RunState.DIVERGED
    assert remedied(DIVERGED, "Divergence") == "learning rate 0.1 instead of 3"


def test_a_rate_too_low_is_the_cause_of_being_worse_than_guessing() -> None:
    cause, effect = diagnose(trained(TOO_LOW))
    assert cause.rule == "Learning rate too low"
    assert remedied(TOO_LOW, "Learning rate too low") == "learning rate 0.001 instead of 1e-05"
    assert effect.rule == "No better than guessing"
    assert "R² is −" in effect.statement


def test_without_a_hidden_layer_bumps_cannot_be_learned() -> None:
    (finding,) = diagnose(trained(LINEAR))
    assert finding.rule == "No better than guessing"
    assert "R² is 0.0" in finding.statement or "R² is −0.0" in finding.statement


def test_few_points_are_learned_by_heart() -> None:
    finding = found(BY_HEART, "Overfitting")
    assert finding.severity == Severity.PROBLEM
    case = trained(BY_HEART)
    assert case.held_out is not None
    assert case.epochs[-1].loss < 0.5 * case.guessing_loss < case.held_out.losses[-1]


def test_start_weights_too_large_for_numbers() -> None:
    assert "answers that are" in found(LARGE, "Start weights too large").statement
    told = remedied(LARGE, "Start weights too large")
    assert "glorot_uniform instead of random_normal" in told


def test_a_training_on_numbers_that_was_ended_early() -> None:
    assert "still getting better" in found(SHORT, "Too few epochs").statement
    assert remedied(SHORT, "Too few epochs") == "epochs 8 instead of 4"


# --- classes, with other losses ---------------------------------------------------------------

DIGITS = with_settings(
    Experiment(),
    {
        "dataset.name": "digits",
        "dataset.validation": "test",
        "training.epochs": 8,
        "training.optimizer.learning_rate": 0.003,
    },
)
OTHERS = list(LOSSES["classification"])[1:]


def with_loss(loss: str, **changes: Any) -> Experiment:
    output = LOSSES["classification"][loss][0]
    return with_settings(DIGITS, {"training.loss": loss, "output.activation": output, **changes})


@pytest.mark.parametrize("loss", OTHERS)
def test_digits_learned_with_another_loss_are_in_order_but_for_a_note(loss: str) -> None:
    said = outcomes(with_loss(loss))
    assert set(said) == set(RULES)
    heavy = [s for s in said.values() if isinstance(s, Finding) and s.severity > Severity.NOTE]
    assert not heavy, heavy


@pytest.mark.parametrize("loss", OTHERS)
@pytest.mark.parametrize(("rate", "rule"), [(1.0, "too high"), (1e-5, "too low")])
def test_wrong_rates_with_another_loss(loss: str, rate: float, rule: str) -> None:
    changes = {"training.optimizer.learning_rate": rate, "training.epochs": 4}
    heaviest = diagnose(trained(with_loss(loss, **changes)))[0]
    assert heaviest.rule == f"Learning rate {rule}"
