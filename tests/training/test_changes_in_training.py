"""Settings that change while a network trains: against plain Keras, and bit for bit."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from listening import Listener, experiment

from nnlab import settings
from nnlab.datasets import Splits
from nnlab.experiment import SGD, Change, Dropout, EarlyStopping, Experiment, with_changes
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moments
from nnlab.runs.states import RunState
from nnlab.runs.steering import Steering
from nnlab.runs.store import RunStore
from nnlab.work.train_run import train_run

STEPS = 41  # an epoch
WEIGHT = {"field": "weight", "layer": 1, "unit": 3}
# The first in mid-epoch, the second where an epoch begins, two of them at once.
CHANGES = {
    "learning rate": [
        {"step": 17, "field": "learning_rate", "value": 0.3},
        {"step": STEPS, "field": "learning_rate", "value": 0.02},
    ],
    "L1": [{"step": 17, "field": "l1", "value": 0.01}, {"step": STEPS, "field": "l1", "value": 0}],
    "L2": [
        {"step": 17, "field": "l2", "value": 0.05},
        {"step": STEPS, "field": "l2", "value": 0.2},
    ],
    "dropout": [
        {"step": 17, "field": "dropout", "value": 0.6},
        {"step": STEPS, "field": "dropout", "value": 0.0},
    ],
    "weight": [
        WEIGHT | {"step": 17, "input": 20, "value": 2.5},
        WEIGHT | {"step": 17, "value": -1.5},
        WEIGHT | {"step": STEPS, "layer": 3, "input": 0, "value": 4},
    ],
}
EVERYTHING = [
    {"step": 5, "field": "dropout", "value": 0.0},
    *CHANGES["weight"][:2],
    {"step": 17, "field": "l2", "value": 0.01},
    {"step": 30, "field": "learning_rate", "value": 0.05},
    {"step": STEPS, "field": "dropout", "value": 0.5},
    {"step": 60, "field": "l1", "value": 0.001},
]


def changing(changes: list[dict], **training: object) -> Experiment:
    chosen = experiment(**{"epochs": 2, "optimizer": SGD(learning_rate=0.1), **training})
    return with_changes(chosen, [Change(**change) for change in changes])


def trained(chosen: Experiment, splits: Splits, listener: Listener | None = None):
    """As a run is: taken up where settings change."""
    from nnlab.training.fit import fit
    from nnlab.training.kept import Kept

    kept, fitted = Kept.of(chosen, splits), None
    while fitted is None or fitted.signal == "change":
        checkpoint = fitted.checkpoint if fitted else None
        fitted = fit(chosen, splits, listener or Listener(), checkpoint, kept=kept)
    return fitted


def plain_keras(chosen: Experiment, splits: Splits):
    """Keras's own steps in our order; what is compiled into them is compiled anew at a change."""
    import keras

    from nnlab.models.build import build_model
    from nnlab.training.order import epoch_order

    training, n = chosen.training, len(splits.x_train)
    bare = chosen.model_copy(update={"training": training.model_copy(update={"changes": None})})
    model = build_model(bare, splits.info.input_shape, 10, STEPS)
    model.compile(keras.optimizers.SGD(0.1), loss=model.loss, metrics=["accuracy"])
    images = splits.x_train[..., np.newaxis].astype(np.float32) / splits.info.scale
    for step in range(training.epochs * STEPS):
        for change in training.changes:
            if change.step == step:
                change_by_hand(model, change)
        order, place = epoch_order(n, training.seed, step // STEPS), step % STEPS * 32
        batch = order[place : place + 32]
        model.train_on_batch(images[batch], splits.y_train[batch])
    return model


def change_by_hand(model, change: Change) -> None:
    import keras

    if change.field == "weight":
        weights = model.layers[change.layer].get_weights()
        kernel, bias = weights
        if change.input is None:
            bias[change.unit] = change.value
        else:
            kernel[change.input][change.unit] = change.value
        model.layers[change.layer].set_weights([kernel, bias])
    elif change.field == "learning_rate":
        model.optimizer.learning_rate = change.value
    for layer in model.layers:
        if change.field == "dropout" and isinstance(layer, keras.layers.Dropout):
            layer.rate = change.value
        if change.field in ("l1", "l2") and hasattr(layer, "kernel"):
            layer.kernel.regularizer = keras.regularizers.L1L2(**{change.field: change.value})
    model.make_train_function(force=True)


@pytest.mark.parametrize("kind", CHANGES)
def test_every_kind_of_change_ends_at_keras_own_weights(kind: str, digits: Splits):
    chosen = changing(CHANGES[kind])
    ours, theirs = trained(chosen, digits).model, plain_keras(chosen, digits)
    unchanged = trained(experiment(epochs=2, optimizer=SGD(learning_rate=0.1)), digits).model
    for a, b in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=2e-4, atol=2e-5)
    apart = np.abs(ours.get_weights()[0] - unchanged.get_weights()[0]).max()
    assert apart > 1e-3


def test_a_number_that_is_set_gives_the_bits_of_one_that_is_built_in(digits: Splits):
    built_in = experiment(epochs=2, l1=0.001, l2=0.01)  # dropout 0.3
    first = [("l1", 0.001), ("l2", 0.01), ("dropout", 0.3)]
    start = experiment(epochs=2).model_copy(
        update={"layers": (*built_in.layers[:2], Dropout(rate=0.0))}
    )
    chosen = with_changes(start, [Change(step=0, field=f, value=v) for f, v in first])
    ours, theirs = Listener(), Listener()
    weights = trained(chosen, digits, ours).model.get_weights()
    for a, b in zip(weights, trained(built_in, digits, theirs).model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    figures = [[(e.loss, e.val_loss) for e in listener.epochs] for listener in (ours, theirs)]
    assert figures[0] == figures[1]


# --- as runs ------------------------------------------------------------------------------


@pytest.fixture
def store(nnlab_home) -> RunStore:
    return RunStore(settings.database_url())


def assert_same(store: RunStore, one: str, other: str) -> None:
    assert store.get(one).state == store.get(other).state == RunState.FINISHED
    assert store.get(one).experiment.training == store.get(other).experiment.training
    assert store.get(one).test_loss == store.get(other).test_loss
    mine, theirs = RunFiles(one).read_weights(), RunFiles(other).read_weights()
    for name, values in mine.items():
        np.testing.assert_array_equal(values, theirs[name])
    epochs = [[(e.loss, e.val_loss) for e in store.epochs(run_id)] for run_id in (one, other)]
    assert epochs[0] == epochs[1]


def beforehand(store: RunStore, chosen: Experiment) -> str:
    run_id = store.create(chosen, "me", "engine")
    train_run(run_id)
    return run_id


def by_hand(store: RunStore, chosen: Experiment, changes: list[dict]) -> Iterator[str]:
    """Paused at each change, which is then made; yields at each pause and once more at the end."""
    steering = Steering(store.engine)
    run_id = store.create(chosen, "me", "engine")
    for step in sorted({change["step"] for change in changes}):
        steering.set(run_id, until_step=step)
        train_run(run_id)
        run = store.get(run_id)
        assert (run.state, run.step) == (RunState.PAUSED, step)
        wanted = [Change(**change) for change in changes if change["step"] == step]
        steering.add(run_id, [change.model_copy(update={"step": 0}) for change in wanted])
        steering.settle(run_id)
        yield run_id
        store.move(run_id, RunState.QUEUED)
    steering.set(run_id, until_step=None)
    train_run(run_id)
    yield run_id


def test_changes_by_hand_in_a_paused_run_give_the_bits_of_changes_given_beforehand(
    store: RunStore, small_steps: None
):
    early = EarlyStopping(patience=3)
    chosen = changing(EVERYTHING, epochs=3, early_stopping=early)
    steered = list(by_hand(store, changing([], epochs=3, early_stopping=early), EVERYTHING))[-1]
    assert_same(store, beforehand(store, chosen), steered)


def test_a_run_pauses_before_its_first_step_and_is_recorded_there(store: RunStore):
    steering = Steering(store.engine)
    run_id = store.create(changing([]), "me", "engine")
    steering.set(run_id, until_step=0)
    train_run(run_id)
    assert (store.get(run_id).state, store.get(run_id).step) == (RunState.PAUSED, 0)
    checkpoint = RunFiles(run_id).read_checkpoint()
    assert (checkpoint.epoch, checkpoint.step) == (0, 0)
    assert Moments(run_id).steps() == [0]


def test_changes_while_it_trains_in_turns_can_be_repeated_to_the_bit(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
):
    """Another run has its turns in between; where each change was made, the run says itself."""
    monkeypatch.setattr("nnlab.work.turns.LEAST_SECONDS", 0.0)
    monkeypatch.setattr("nnlab.work.turns.MOST_SECONDS", 0.0)
    steering = Steering(store.engine)
    ids = [store.create(changing([], seed=seed, epochs=6), f"{seed}", "engine") for seed in (1, 2)]
    for run_id in ids:
        steering.set(run_id, speed=1.5)
    threads = [threading.Thread(target=train_run, args=(run_id,)) for run_id in ids]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 60
    for kind in ("dropout", "l2", "learning_rate"):
        before = store.get(ids[0]).step
        while store.get(ids[0]).step == before:
            assert time.monotonic() < until
            time.sleep(0.02)
        steering.add(ids[0], [Change(step=0, field=kind, value=0.2)])
        while len(store.get(ids[0]).experiment.training.changes or ()) == 0 or steering.waiting(
            ids[0]
        ):
            assert time.monotonic() < until
            time.sleep(0.02)
    for run_id in ids:
        steering.set(run_id, speed=None)
    for thread in threads:
        thread.join(60)
    made = store.get(ids[0]).experiment
    steps = [change.step for change in made.training.changes]
    assert len(set(steps)) == 3
    assert 0 < steps[0] < steps[2] < 6 * STEPS
    assert_same(store, beforehand(store, made), ids[0])


def test_a_speed_is_kept_and_a_pause_does_not_wait_for_it(store: RunStore):
    steering = Steering(store.engine)
    run_id = store.create(changing([], epochs=50), "me", "engine")
    steering.set(run_id, speed=1.0)
    thread = threading.Thread(target=train_run, args=(run_id,))
    thread.start()
    while store.get(run_id).step < 3:
        time.sleep(0.02)
    first, began = store.get(run_id).step, time.monotonic()
    time.sleep(1.5)
    made = store.get(run_id).step - first
    assert made == pytest.approx(STEPS * (time.monotonic() - began), rel=0.35)
    points = [point.step for point in store.points(run_id)]
    assert max(np.diff(points)) <= 6  # small pieces, so that it looks smooth
    steering.set(run_id, speed=0.01)
    time.sleep(0.5)
    store.request(run_id, "pause")
    began = time.monotonic()
    thread.join(10)
    assert store.get(run_id).state == RunState.PAUSED
    assert time.monotonic() - began < 1.0
