"""The overfitting lesson: its plain Keras against nnlab's trainer, which runs the picture."""

import functools

import numpy as np
import pytest
from listening import Listener

from nnlab.datasets import Splits, load_splits
from nnlab.experiment import Experiment
from nnlab.ui.learn.lessons.overfitting import EPOCHS, HELD_OUT, experiment_of

VALUES = {"images": 300, "units": "128", "rate": 0.0, "early": False}


def pair(images, labels):
    return images.astype(np.float32) / 255, np.array(labels)


@functools.cache
def in_plain_keras(early: bool) -> dict[str, list[float]]:
    """The losses of the training as the lesson shows it."""
    import keras

    from nnlab.lessons.overfitting import early_stopping, learn, network

    splits = load_splits(experiment_of(VALUES).dataset)
    keras.utils.set_random_seed(1)
    model = network(int(VALUES["units"]), VALUES["rate"])
    training = pair(splits.x_train, splits.y_train)
    held_out = pair(splits.x_validation, splits.y_validation)
    callbacks = [early_stopping()] if early else []
    return learn(model, training, held_out, callbacks).history


@functools.cache
def by_the_trainer(early: bool) -> dict[str, list[float]]:
    from nnlab.training.fit import fit

    experiment = experiment_of(VALUES | {"early": early})
    history = fit(experiment, load_splits(experiment.dataset), Listener()).checkpoint.history
    return {name: [getattr(epoch, name) for epoch in history] for name in ("loss", "val_loss")}


@pytest.mark.parametrize("images", [100, 300, 3000])
def test_the_split_has_as_many_images_as_the_slider_says(images: int):
    splits: Splits = load_splits(experiment_of(VALUES | {"images": float(images)}).dataset)
    assert len(splits.y_train) == images
    assert len(splits.y_validation) == HELD_OUT


@pytest.mark.parametrize("rate", [0.0, 0.5])
def test_network_and_optimizer_are_those_of_the_run(rate: float):
    from nnlab.lessons.overfitting import learn, network
    from nnlab.models.build import build_model

    experiment: Experiment = experiment_of(VALUES | {"rate": rate})
    ours, shown = build_model(experiment, (28, 28, 1), 10), network(128, rate)
    image = np.zeros((4, 28, 28), np.float32), np.zeros(4, np.int64)
    learn(shown, image, image, [])
    described = [
        [
            (type(layer).__name__, layer.get_config().get("units"), layer.get_config().get("rate"))
            for layer in model.layers
        ]
        for model in (ours, shown)
    ]
    assert described[0] == described[1]
    assert [w.shape for w in ours.get_weights()] == [w.shape for w in shown.get_weights()]
    left, right = ours.optimizer.get_config(), shown.optimizer.get_config()
    for name in ("learning_rate", "beta_1", "beta_2", "epsilon"):
        assert float(left[name]) == pytest.approx(float(right[name]))
    assert experiment.training.epochs == EPOCHS == shown.history.params["epochs"]


def test_the_trainer_and_plain_keras_give_the_same_kind_of_curves():
    ours, shown = by_the_trainer(early=False), in_plain_keras(early=False)
    for history in (ours, shown):
        assert history["loss"][-1] < 0.01  # learnt by heart
        lowest = int(np.argmin(history["val_loss"]))
        assert lowest < 15
        assert history["val_loss"][-1] > 1.1 * history["val_loss"][lowest]  # and risen again
    assert min(ours["val_loss"]) == pytest.approx(min(shown["val_loss"]), rel=0.1)
    assert ours["val_loss"][-1] == pytest.approx(shown["val_loss"][-1], rel=0.15)


def test_early_stopping_ends_both_where_the_picture_says():
    from nnlab.lessons.overfitting import stopping_epoch

    for training in (by_the_trainer, in_plain_keras):
        whole, stopped = training(early=False), training(early=True)
        assert len(stopped["val_loss"]) == stopping_epoch(whole["val_loss"])
        assert stopping_epoch(stopped["val_loss"]) == len(stopped["val_loss"])


def test_the_picture_s_epoch_comes_from_the_shown_callback(monkeypatch):
    import keras

    from nnlab.lessons import overfitting as lesson

    losses = [0.9, 0.5, 0.4, 0.45, 0.41, 0.42, 0.3]
    assert lesson.stopping_epoch(losses) == 6  # three epochs after the third
    assert lesson.stopping_epoch(losses[:5]) is None
    monkeypatch.setattr(
        lesson, "early_stopping", lambda: keras.callbacks.EarlyStopping("val_loss", patience=1)
    )
    assert lesson.stopping_epoch(losses) == 4


@pytest.mark.parametrize(("units", "expected"), [(32, 25_450), (512, 407_050)])
def test_the_number_of_weights(units: int, expected: int):
    from nnlab.lessons.overfitting import parameters

    assert expected == 784 * units + units + units * 10 + 10
    assert parameters(units) == expected
