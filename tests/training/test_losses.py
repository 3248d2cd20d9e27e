"""Every loss trains to the weights that plain Keras ends with."""

import numpy as np
import pytest
from listening import Listener

from nnlab.analysis.losses import loss_of_equal_answers, mean_loss
from nnlab.datasets import Splits, load_splits
from nnlab.experiment import (
    LOSSES,
    Adam,
    Dataset,
    Dense,
    Experiment,
    Output,
    Points,
    Training,
)

SETS = {"classification": "blobs", "regression": "bumps"}
CASES = [
    (task, loss, output)
    for task, losses in LOSSES.items()
    for loss, outputs in losses.items()
    for output in outputs
]


def small(task: str, loss: str | None, output: str) -> Experiment:
    return Experiment(
        dataset=Dataset(name=SETS[task], points=Points(count=300, noise=0.05)),
        layers=(Dense(units=8, activation="tanh"),),
        output=Output(activation=output),
        training=Training(
            epochs=4, batch_size=32, seed=2, optimizer=Adam(learning_rate=0.02), loss=loss
        ),
    )


def plain_keras(experiment: Experiment, splits: Splits):
    """The network written out, with targets as Keras's own losses want them, in our order."""
    import keras

    from nnlab.training.order import epoch_order

    loss, output = experiment.training.loss, experiment.output.activation
    units = splits.info.outputs
    seeded = [keras.initializers.GlorotUniform(seed=2000 + index) for index in range(2)]
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(8, activation="tanh", kernel_initializer=seeded[0]),
            keras.layers.Dense(units, activation=output, kernel_initializer=seeded[1]),
        ]
    )
    logits = {"from_logits": output == "linear"} if "crossentropy" in loss else {}
    function = getattr(keras.losses, loss)
    model.compile(
        optimizer=keras.optimizers.Adam(0.02),
        loss=lambda y, p: function(y, p, **logits),
        metrics=["mean_absolute_error" if units == 1 else "accuracy"],
    )
    for epoch in range(experiment.training.epochs):
        order = epoch_order(len(splits.y_train), experiment.training.seed, epoch)
        for start in range(0, len(order), 32):
            batch = order[start : start + 32]
            model.train_on_batch(splits.x_train[batch], targets(splits.y_train[batch], loss, units))
    return model


def targets(y: np.ndarray, loss: str, units: int) -> np.ndarray:
    if units == 1:
        return y[:, np.newaxis]
    return y if loss.startswith("sparse") else np.eye(units, dtype=np.float32)[y]


@pytest.mark.parametrize(("task", "loss", "output"), CASES)
def test_every_loss_ends_at_keras_own_weights(task: str, loss: str, output: str):
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit
    from nnlab.training.kept import Kept

    chosen = small(task, loss, output)
    splits, listener = load_splits(chosen.dataset), Listener()
    fitted = fit(chosen, splits, listener, kept=Kept.of(chosen, splits, records=True))
    theirs = plain_keras(chosen, splits)
    for ours, other in zip(fitted.model.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(ours, other, rtol=2e-4, atol=2e-5)
    tested, units = evaluate(fitted.compiled, splits), splits.info.outputs
    wanted = theirs.evaluate(splits.x_test, targets(splits.y_test, loss, units), verbose=0)
    figure = tested.mean_absolute_error if units == 1 else tested.accuracy
    assert [tested.loss, figure] == pytest.approx(wanted, rel=1e-3)
    seen = theirs.evaluate(
        splits.x_validation, targets(splits.y_validation, loss, units), verbose=0
    )
    last = listener.epochs[-1]
    validated = last.val_mean_absolute_error if units == 1 else last.val_accuracy
    assert [last.val_loss, validated] == pytest.approx(seen, rel=1e-3)
    told = mean_loss(loss, tested.probabilities, splits.y_test)
    assert told is None or told == pytest.approx(tested.loss, rel=1e-4)
    facts = listener.moments[-1]
    np.testing.assert_allclose(facts.probabilities, tested.probabilities, atol=1e-3)


@pytest.mark.parametrize("loss", LOSSES["classification"])
def test_equal_answers_have_the_loss_that_keras_computes(loss: str):
    import keras

    for classes in (2, 10):
        y = np.arange(classes)
        equal = np.full((classes, classes), 0.0 if "hinge" in loss else 1 / classes)
        theirs = getattr(keras.losses, loss)(targets(y, loss, classes), equal)
        assert loss_of_equal_answers(loss, classes) == pytest.approx(float(np.mean(theirs)))


def test_no_accuracy_is_told_of_numbers():
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit
    from nnlab.training.kept import Kept

    chosen = small("regression", None, "linear")
    splits, listener = load_splits(chosen.dataset), Listener()
    kept = Kept.of(chosen, splits, records=True)
    fitted = fit(chosen, splits, listener, kept=kept)
    tested = evaluate(fitted.compiled, splits)
    told = [*listener.points, *listener.epochs]
    assert all(record.accuracy is None for record in told)
    assert listener.epochs[0].val_accuracy is tested.accuracy is None
    off = np.abs(tested.probabilities[:, 0] - splits.y_test)
    assert tested.mean_absolute_error == pytest.approx(off.mean(), rel=1e-5)
    assert tested.loss == pytest.approx((off**2).mean(), rel=1e-5)
    points = [p.mean_absolute_error for p in listener.points if p.epoch <= 1]
    assert min(points) <= listener.epochs[0].mean_absolute_error <= max(points)
    moment = listener.moments[-1]
    assert moment.y_true.dtype == moment.probabilities.dtype == np.float32
    assert np.array_equal(moment.y_true, splits.y_test)


def test_a_linear_unit_learns_the_plane_to_the_last():
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit

    chosen = Experiment(
        dataset=Dataset(name="plane", points=Points(noise=0)),
        layers=(),
        output=Output(activation="linear"),
        training=Training(epochs=30, optimizer=Adam(learning_rate=0.03)),
    )
    splits = load_splits(chosen.dataset)
    fitted = fit(chosen, splits, Listener())
    assert evaluate(fitted.compiled, splits).mean_absolute_error < 1e-3
    kernel, bias = fitted.model.get_weights()
    np.testing.assert_allclose([*kernel[:, 0], *bias], [1 / 12, 1 / 12, 0], atol=1e-3)
