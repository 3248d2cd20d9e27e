"""Each rule of the diagnosis on a real training made to show it, and all on healthy ones."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from diagnosed_trainings import found, outcomes, remedied, trained

from nnlab.analysis.diagnosis import (
    RULES,
    Clear,
    Finding,
    LossChart,
    examine,
)
from nnlab.experiment import SGD, Adam, Dense, Experiment, Flatten, Layer, with_settings
from nnlab.recipes import RECIPES
from nnlab.runs.states import RunState

# As many validation images as digits has for testing.
DIGITS = with_settings(Experiment(), {"dataset.name": "digits", "dataset.validation": "test"})


def network(*units: int, activation: str = "relu", **kernel: Any) -> tuple[Layer, ...]:
    dense = [Dense.model_validate({"units": n, "activation": activation, **kernel}) for n in units]
    return (Flatten(), *dense)


def training(layers: tuple[Layer, ...], optimizer: Any, epochs: int, **other: Any) -> Experiment:
    stack = [layer.model_dump(mode="json") for layer in layers]
    changes = {"layers": stack, "training.optimizer": optimizer.model_dump(mode="json")}
    return with_settings(DIGITS, {**changes, "training.epochs": epochs, **other})


HEALTHY = training(network(64), Adam(learning_rate=0.01), 8)
TOO_HIGH = training(network(64), Adam(learning_rate=1.0), 3)
TOO_LOW = training(network(64), Adam(learning_rate=1e-5), 4)
DIVERGED = training(network(16), SGD(learning_rate=10.0), 2, **{"training.l2": 1.0})
OVERFITTED = training(network(256), Adam(learning_rate=0.01), 30, **{"dataset.train_size": 60})
SQUASHED = training(network(*[32] * 5, activation="sigmoid"), SGD(learning_rate=0.1), 3)
NARROW = training(network(1), Adam(learning_rate=0.02), 4, **{"training.seed": 3})
SHORT = training(network(64), Adam(), 4)
EQUAL = training(network(32, kernel_initializer="zeros"), Adam(), 1)
LARGE = training(
    network(32, kernel_initializer="random_normal", kernel_stddev=1.0), Adam(), 1
)  # fmt: skip


def test_every_rule_finds_a_healthy_training_in_order() -> None:
    said = outcomes(HEALTHY)
    assert set(said) == set(RULES)
    assert all(isinstance(outcome, Clear) for outcome in said.values()), said


def test_on_other_digits_too() -> None:
    five_thousand = with_settings(
        Experiment(), {"dataset.name": "mnist_5k", "training.epochs": 5, "training.seed": 1}
    )
    assert not [o for o in outcomes(five_thousand).values() if isinstance(o, Finding)]


def test_nothing_is_wrong_with_a_recipe(shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NNLAB_DATA_DIR", str(shared_data))
    said = outcomes(RECIPES["b-mnist-gradient-descent"].experiment).values()
    assert all(isinstance(outcome, Clear) for outcome in said), said


def test_learning_rate_too_high() -> None:
    finding = found(TOO_HIGH, "Learning rate too high")
    assert "shot up" in finding.statement
    assert remedied(TOO_HIGH, "Learning rate too high") == "learning rate 0.001 instead of 1"


def test_the_remedy_against_a_rate_too_high_learns() -> None:
    """The remedied experiment, as it is opened with one click."""
    remedy = found(TOO_HIGH, "Learning rate too high").remedy.experiment
    assert remedy is not None
    said = outcomes(remedy)
    for rule in ("Learning rate too high", "Dead units", "No better than guessing"):
        assert isinstance(said[rule], Clear)
    before, after = trained(TOO_HIGH).answers, trained(remedy).answers
    assert before is not None
    assert after is not None
    assert after.right.sum() > 2 * before.right.sum()


def test_dead_units() -> None:
    finding = found(TOO_HIGH, "Dead units")
    assert finding.statement.startswith("All 64 units of layer 2 are dead")
    assert remedied(TOO_HIGH, "Dead units") == "learning rate 0.001 instead of 1"


def test_learning_rate_too_low() -> None:
    assert "still 2.3" in found(TOO_LOW, "Learning rate too low").statement
    assert remedied(TOO_LOW, "Learning rate too low") == "learning rate 0.001 instead of 1e-05"
    assert "Learning rate too high" in outcomes(TOO_LOW)
    assert isinstance(outcomes(TOO_LOW)["Learning rate too high"], Clear)


def test_diverged() -> None:
    assert trained(DIVERGED).state == RunState.DIVERGED
    assert "no longer a number" in found(DIVERGED, "Divergence").statement
    assert remedied(DIVERGED, "Divergence") == "learning rate 0.1 instead of 10"


def test_overfitting_since_the_epoch_of_the_lowest_validation_loss() -> None:
    finding = found(OVERFITTED, "Overfitting")
    losses = [record.val_loss for record in trained(OVERFITTED).epochs]
    lowest = losses.index(min(losses)) + 1
    assert f"It overfits since epoch {lowest}:" in finding.statement
    assert finding.evidence.chart == LossChart(float(lowest), "lowest")


def test_early_stopping_as_the_remedy_ends_it() -> None:
    remedy = found(OVERFITTED, "Overfitting").remedy.experiment
    assert remedy is not None
    assert len(trained(remedy).epochs) < len(trained(OVERFITTED).epochs)
    outcome = outcomes(remedy)["Overfitting"]
    # It still knows its sixty images by heart, but the loss has not risen for long.
    assert isinstance(outcome, Clear) or "by heart" in outcome.statement


def test_vanishing_gradients() -> None:
    finding = found(SQUASHED, "Vanishing gradients")
    assert "in layer 2" in finding.statement
    told = remedied(SQUASHED, "Vanishing gradients")
    assert told.startswith("activation relu instead of sigmoid in layer 2, layer 3")


def test_the_same_depth_with_relu_has_gradients() -> None:
    remedy = found(SQUASHED, "Vanishing gradients").remedy.experiment
    assert remedy is not None
    assert isinstance(outcomes(remedy)["Vanishing gradients"], Clear)


def test_a_class_that_is_never_the_answer() -> None:
    finding = found(NARROW, "A class that is never the answer")
    answers = trained(NARROW).answers
    assert answers is not None
    missing = [str(n) for n in range(10) if answers.given[n] == 0]
    assert all(name in finding.statement for name in missing)
    told = remedied(NARROW, "A class that is never the answer")
    assert told == "layer 2 units 64 instead of 1"


def test_too_few_epochs() -> None:
    assert "still getting better" in found(SHORT, "Too few epochs").statement
    assert remedied(SHORT, "Too few epochs") == "epochs 8 instead of 4"


def test_a_validation_set_too_small_to_tell() -> None:
    small = {"dataset.validation": "holdout", "dataset.validation_size": 0.05}
    finding = found(with_settings(HEALTHY, small), "Validation set too small")
    assert "of 72 images" in finding.statement


def test_no_better_than_guessing() -> None:
    assert "no better than guessing" in found(EQUAL, "No better than guessing").statement


def test_start_weights_too_large() -> None:
    finding = found(LARGE, "Start weights too large")
    assert "before the first step" in finding.statement
    assert "glorot_uniform instead of random_normal" in remedied(LARGE, "Start weights too large")


def test_a_run_under_way_is_not_blamed_for_having_few_epochs() -> None:
    running = replace(trained(SHORT), state=RunState.RUNNING)
    assert "Too few epochs" not in {o.rule for o in examine(running) if isinstance(o, Finding)}
