"""Chunked training is the same as Keras's own steps, number for number."""

import numpy as np
import pytest
from listening import Listener, experiment

from nnlab.datasets import Splits, load_splits
from nnlab.experiment import (
    SGD,
    Adagrad,
    Adam,
    AdamW,
    BatchNormalization,
    Conv2D,
    CosineDecay,
    Dataset,
    Dense,
    Experiment,
    ExponentialDecay,
    Flatten,
    MaxPooling2D,
    Nadam,
    Output,
    RMSprop,
    StepDecay,
    Training,
    with_settings,
)
from nnlab.recipes import RECIPES


def plain_keras(experiment: Experiment, splits: Splits):
    """The same model with Keras's own optimizer through `train_on_batch`, in our order."""
    import keras

    from nnlab.models.build import build_model
    from nnlab.training.order import epoch_order

    settings, n = experiment.training, len(splits.x_train)
    steps = -(-n // settings.batch_size)
    model = build_model(experiment, splits.info.input_shape, len(splits.info.classes), steps)
    keras_own = getattr(keras.optimizers, settings.optimizer.type)
    model.compile(
        optimizer=keras_own.from_config(model.optimizer.get_config()),
        loss=model.loss,
        metrics=["accuracy"],
    )
    images = splits.x_train[..., np.newaxis].astype(np.float32) / splits.info.scale
    for epoch in range(settings.epochs):
        order = epoch_order(n, settings.seed, epoch)
        for start in range(0, n, settings.batch_size):
            batch = order[start : start + settings.batch_size]
            model.train_on_batch(images[batch], splits.y_train[batch])
    return model


OPTIMIZERS = [
    SGD(learning_rate=0.1),
    SGD(learning_rate=0.1, momentum=0.9),
    SGD(learning_rate=0.1, momentum=0.9, nesterov=True),
    Adam(),
    AdamW(weight_decay=0.01),
    RMSprop(),
    RMSprop(momentum=0.5),
    Adagrad(learning_rate=0.05),
    Nadam(),
]
SCHEDULES = [CosineDecay(alpha=0.1), ExponentialDecay(), StepDecay(every_epochs=1)]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=repr)
def test_every_optimizer_ends_at_keras_own_weights(optimizer, digits: Splits):
    from nnlab.training.fit import fit

    chosen = experiment(epochs=2, optimizer=optimizer, l2=0.001)
    ours, theirs = fit(chosen, digits, Listener()).model, plain_keras(chosen, digits)
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda s: s.type)
def test_every_schedule_ends_at_keras_own_weights(schedule, digits: Splits):
    from nnlab.training.fit import fit

    chosen = experiment(epochs=3, optimizer=SGD(learning_rate=0.2), schedule=schedule)
    ours, theirs = fit(chosen, digits, Listener()).model, plain_keras(chosen, digits)
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-4, atol=2e-5)


def test_step_decay_drops_after_whole_epochs():
    from nnlab.models.optimizers import learning_rate

    rate = learning_rate(1.0, StepDecay(factor=0.5, every_epochs=2), epochs=5, steps_per_epoch=10)
    steps = [0, 19, 20, 39, 40, 49]
    assert [float(rate(step)) for step in steps] == [1, 1, 0.5, 0.5, 0.25, 0.25]
    assert learning_rate(1.0, StepDecay(every_epochs=9), epochs=5, steps_per_epoch=10) == 1.0


def test_a_convolutional_network_with_batch_normalization_agrees(digits: Splits):
    from nnlab.training.fit import fit

    chosen = with_settings(experiment(epochs=1), {}).model_copy(
        update={
            "layers": (
                Conv2D(filters=4, padding="same"),
                BatchNormalization(),
                MaxPooling2D(),
                Flatten(),
                Dense(units=8),
            ),
            "output": Output(activation="linear"),
        }
    )
    ours, theirs = fit(chosen, digits, Listener()).model, plain_keras(chosen, digits)
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("activation", ["softmax", "linear"])
def test_test_figures_are_those_of_model_evaluate(activation: str, digits: Splits):
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit

    chosen = experiment(epochs=1, l2=0.01).model_copy(
        update={"output": Output(activation=activation)}
    )
    fitted = fit(chosen, digits, Listener())
    result = evaluate(fitted.compiled, digits)
    images = digits.x_test[..., np.newaxis].astype(np.float32) / digits.info.scale
    loss, accuracy = fitted.model.evaluate(images, digits.y_test, verbose=0)
    assert result.loss == pytest.approx(loss, rel=1e-5)
    assert result.accuracy == pytest.approx(accuracy)
    assert result.probabilities.shape == (len(digits.y_test), 10)
    np.testing.assert_allclose(result.probabilities.sum(axis=1), 1, rtol=1e-5)
    assert np.mean(result.probabilities.argmax(1) == digits.y_test) == pytest.approx(accuracy)


def test_the_beginner_recipe_reaches_its_figure_and_plain_keras_is_no_better(
    shared_data, monkeypatch
):
    """Plain Keras, shuffled by itself, ended between 0.9763 and 0.9786 over three seeds, ours
    between 0.9750 and 0.9787 over six: the tolerance is twice that spread."""
    from nnlab.models.build import build_model
    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit

    monkeypatch.setenv("NNLAB_DATA_DIR", str(shared_data))
    chosen = RECIPES["e-beginner-notebook"].experiment
    splits = load_splits(chosen.dataset)
    ours = evaluate(fit(chosen, splits, Listener()).compiled, splits)

    model = build_model(chosen, (28, 28, 1), 10)
    images, test = splits.x_train[..., None] / 255.0, splits.x_test[..., None] / 255.0
    settings = chosen.training
    model.fit(images, splits.y_train, settings.batch_size, settings.epochs, verbose=0)
    _, theirs = model.evaluate(test, splits.y_test, batch_size=1000, verbose=0)
    assert ours.accuracy >= 0.975
    assert ours.accuracy == pytest.approx(theirs, abs=0.007)


def test_sizes_of_a_part_of_the_images(digits: Splits):
    """The partial last batch counts: figures are means over images, not over batches."""
    from nnlab.training.fit import fit

    listener = Listener()
    fit(experiment(epochs=1), digits, listener)
    n, batch = len(digits.y_train), 32
    assert n % batch
    sizes = np.diff([0] + [min(p.step * batch, n) for p in listener.points])
    assert sizes.sum() == n
    for figure in ("loss", "accuracy"):
        mean = np.average([getattr(p, figure) for p in listener.points], weights=sizes)
        assert mean == pytest.approx(getattr(listener.epochs[0], figure), rel=1e-4)


def test_layers_without_weights_of_their_own_train_too():
    from nnlab.training.fit import fit

    chosen = Experiment(
        dataset=Dataset(name="digits", validation="none"),
        layers=(Flatten(),),
        training=Training(epochs=2, batch_size=100),
    )
    listener = Listener()
    fit(chosen, load_splits(chosen.dataset), listener)
    assert listener.epochs[1].accuracy > listener.epochs[0].accuracy > 0.1
    assert listener.epochs[0].val_loss is None
