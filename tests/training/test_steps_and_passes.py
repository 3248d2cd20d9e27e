"""Full batches, epochs of a number of steps, few images, start weights: as in plain Keras."""

from typing import Any

import keras
import numpy as np
import pytest
from listening import Listener, experiment

from nnlab.datasets import Splits, load_splits
from nnlab.experiment import (
    SGD,
    CosineDecay,
    Dataset,
    Dense,
    Experiment,
    ExponentialDecay,
    Flatten,
    Output,
    Training,
    batches,
    with_settings,
)
from nnlab.training.feed import ShuffledBatches
from nnlab.training.order import epoch_order

FEW = Dataset(name="digits", validation="test", train_size=50)


def plain_keras(chosen: Experiment, splits: Splits, steps: int):
    """`steps` calls of `train_on_batch`, pass after pass in our order."""
    from nnlab.models.build import build_model

    settings, n = chosen.training, len(splits.x_train)
    size = n if settings.batch_size == "full" else settings.batch_size
    per_epoch = settings.steps_per_epoch or -(-n // size)
    model = build_model(chosen, splits.info.input_shape, len(splits.info.classes), per_epoch)
    images = splits.x_train[..., np.newaxis].astype(np.float32) / splits.info.scale
    done, index = 0, 0
    while done < steps:
        order = np.arange(n) if size == n else epoch_order(n, settings.seed, index)
        for start in range(0, n, size):
            if done < steps:
                chosen_now = order[start : start + size]
                model.train_on_batch(images[chosen_now], splits.y_train[chosen_now])
                done += 1
        index += 1
    return model


def assert_alike(ours: keras.Model, theirs: keras.Model) -> None:
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize(
    ("dataset", "training"),
    [
        # 41 batches a pass: 3 x 30 steps end in the third pass, 2 x 100 in the fifth.
        (Dataset(name="digits"), {"epochs": 3, "steps_per_epoch": 30}),
        (Dataset(name="digits"), {"epochs": 2, "steps_per_epoch": 100, "schedule": CosineDecay()}),
        # 50 images, 7 a batch, the last one of 1: epochs of more than three passes.
        (FEW, {"epochs": 3, "batch_size": 7, "steps_per_epoch": 29}),
        (FEW, {"epochs": 4, "batch_size": "full"}),
        (FEW, {"epochs": 3, "batch_size": "full", "steps_per_epoch": 20,
               "schedule": ExponentialDecay()}),
        (Dataset(name="digits", train_size=1000), {"epochs": 2}),
    ],
)  # fmt: skip
def test_ends_at_keras_own_weights(dataset: Dataset, training: dict[str, Any]):
    from nnlab.training.fit import fit

    chosen = experiment(**{"optimizer": SGD(learning_rate=0.2), **training})
    chosen = chosen.model_copy(update={"dataset": dataset})
    splits = load_splits(dataset)
    fitted = fit(chosen, splits, listener := Listener())
    steps = batches(chosen.training, len(splits.x_train)).steps
    assert listener.points[-1].step == steps
    assert len(listener.epochs) == chosen.training.epochs
    assert_alike(fitted.model, plain_keras(chosen, splits, steps))


def test_figures_are_means_over_the_images_of_the_epoch(digits: Splits, small_steps: None):
    """Epochs of 30 steps of 32 images: one of them holds the small last batch of a pass."""
    from nnlab.training.fit import fit

    chosen = experiment(epochs=3, steps_per_epoch=30)
    fit(chosen, digits, listener := Listener())
    counted = batches(chosen.training, len(digits.y_train))
    steps = np.array([0, *(p.step for p in listener.points)])
    sizes = np.diff([counted.images_before(step) for step in steps])
    assert sizes.sum() == 90 * 32 - 2 * (32 - 13)
    assert [p.epoch for p in listener.points] == pytest.approx(steps[1:] / 30)
    for epoch in range(3):
        inside = (steps[1:] > 30 * epoch) & (steps[1:] <= 30 * (epoch + 1))
        for figure in ("loss", "accuracy"):
            values = np.array([getattr(p, figure) for p in listener.points])
            mean = np.average(values[inside], weights=sizes[inside])
            assert mean == pytest.approx(getattr(listener.epochs[epoch], figure), rel=1e-4)


@pytest.mark.parametrize(
    "training",
    [
        {"steps_per_epoch": 30},
        {"steps_per_epoch": 90, "epochs": 2},
        {"steps_per_epoch": 20, "batch_size": "full", "schedule": CosineDecay()},
    ],
)
@pytest.mark.parametrize("at", [1, 29, 30, 41, 45])
def test_pausing_after_any_step_changes_nothing(
    training: dict[str, Any], at: int, digits: Splits, small_steps: None
):
    """The ends of epochs (30) and of passes (41) among them."""
    from nnlab.training.fit import fit

    chosen = experiment(**training)
    unbroken = fit(chosen, digits, whole := Listener())
    paused = fit(chosen, digits, before := Listener(signal="pause", at=at))
    assert paused.signal == "pause"
    resumed = fit(chosen, digits, after := Listener(), paused.checkpoint)
    for one, other in zip(resumed.model.get_weights(), unbroken.model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    figures = [(e.epoch, e.loss, e.accuracy, e.val_loss) for e in before.epochs + after.epochs]
    assert figures == [(e.epoch, e.loss, e.accuracy, e.val_loss) for e in whole.epochs]
    assert [p.step for p in before.points + after.points] == [p.step for p in whole.points]


def test_a_full_batch_makes_many_steps_in_one_call(digits: Splits):
    from nnlab.training.fit import fit

    chosen = experiment(epochs=1, batch_size="full", steps_per_epoch=500)
    fit(chosen, digits, listener := Listener())
    assert len(listener.points) < 250
    assert listener.points[-1].step == 500


def test_several_passes_are_ready_at_once_and_within_memory(digits: Splits):
    from nnlab.training.device import DeviceImages

    data = DeviceImages.of(digits.x_train[:50], digits.y_train[:50], 16.0)
    training = Training(batch_size=20, steps_per_epoch=9, seed=3)
    ready = ShuffledBatches(data, batches(training, 50), 3)
    seen = []
    for step in range(12):
        place, more = ready.prepare(step)
        assert more == 9 - step % 9
        (piece,) = ready.pieces(place, 1)
        rows = ready.order[piece.first : piece.first + piece.size]
        seen.append(data.batch(rows)[1].numpy())
    order = np.concatenate([epoch_order(50, 3, index) for index in range(4)])
    np.testing.assert_array_equal(np.concatenate(seen), digits.y_train[order])


@pytest.mark.parametrize("n", [40, 50])
def test_pieces_hold_whole_batches_and_a_smaller_one_by_itself(n: int, digits: Splits):
    from nnlab.training.device import DeviceImages

    data = DeviceImages.of(digits.x_train[:n], digits.y_train[:n], 16.0)
    ready = ShuffledBatches(data, batches(Training(batch_size=20, steps_per_epoch=9), n), 3)
    place, more = ready.prepare(0)
    assert more >= 9
    pieces = list(ready.pieces(place, 9))
    covered = [piece.first + piece.size * k for piece in pieces for k in range(piece.count)]
    assert len(covered) == 9
    assert {piece.size for piece in pieces} == ({20} if n == 40 else {20, 10})
    assert all(piece.count == 1 for piece in pieces if piece.size < 20)
    # Batch by batch, as `Batches` counts the images.
    counted = batches(Training(batch_size=20, steps_per_epoch=9), n)
    assert covered == [counted.images_before(step) for step in range(9)]
    assert len(pieces) == (1 if n == 40 else 6)


@pytest.mark.parametrize("stddev", [0.03, 1.0])
def test_start_weights_of_a_given_spread_are_keras_own(stddev: float):
    from nnlab.models.build import build_model, layer_seed

    normal = {"kernel_initializer": "random_normal", "kernel_stddev": stddev}
    chosen = Experiment(
        layers=(Flatten(), Dense(units=300, **normal)),
        output=Output(**normal),
        training=Training(seed=8),
    )
    first, bias, last, _ = build_model(chosen, (28, 28, 1), 10).get_weights()
    for index, weights in ((1, first), (2, last)):
        seed = layer_seed(chosen, index)
        drawn = keras.initializers.RandomNormal(stddev=stddev, seed=seed)(weights.shape)
        np.testing.assert_array_equal(weights, drawn)
    assert first.std() == pytest.approx(stddev, rel=0.01)
    assert last.std() == pytest.approx(stddev, rel=0.05)
    assert not bias.any()


def test_without_a_spread_it_is_keras_own_random_normal():
    from nnlab.models.build import build_model

    chosen = with_settings(Experiment(), {"layers.1.kernel_initializer": "random_normal"})
    theirs = keras.initializers.RandomNormal(seed=1)((784, 128))
    np.testing.assert_array_equal(build_model(chosen, (28, 28, 1), 10).get_weights()[0], theirs)


def test_a_task_counts_the_steps_that_were_asked_for(nnlab_home):
    from nnlab import settings
    from nnlab.runs.store import RunStore
    from nnlab.work.train_run import train_run

    store = RunStore(settings.database_url())
    run_id = store.create(experiment(epochs=2, steps_per_epoch=50), "me", "engine")
    train_run(run_id)
    run = store.get(run_id)
    assert (run.steps_per_epoch, run.step, run.steps, run.epoch) == (50, 100, 100, 2)
    assert run.test_accuracy is not None
