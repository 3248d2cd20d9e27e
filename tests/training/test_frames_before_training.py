"""The picture of a run that was held or stopped before its first step; real files, no workers."""

import keras
import numpy as np
import pytest

from nnlab import settings
from nnlab.experiment import Change, Dataset, Dense, Experiment, Points, Training, with_settings
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.plane_frame import of_run, untrained

EXPERIMENT = Experiment(
    dataset=Dataset(name="circle", points=Points()),
    layers=(Dense(units=6, activation="tanh"),),
    training=Training(seed=4, l2=0.01),
)


@pytest.fixture
def store(nnlab_home) -> RunStore:
    return RunStore(settings.database_url())


@pytest.mark.parametrize("state", [RunState.PAUSED, RunState.STOPPED])
def test_before_the_first_step_it_has_the_start_weights(store: RunStore, state: RunState):
    run_id = store.create(EXPERIMENT, "a", "e")
    store.move(run_id, state)
    shown, start = of_run(run_id, None), untrained(EXPERIMENT)
    assert (shown.run, shown.step, shown.epoch) == (run_id, 0, 0.0)
    np.testing.assert_array_equal(shown.field, start.field)
    assert shown.test == start.test
    edit = Change(field="weight", layer=0, unit=1, input=0, value=3.0)
    edited = of_run(run_id, None, (edit,))
    assert edited.layers[0].kernel[0, 1] == 3.0


def test_what_the_experiment_changes_at_its_beginning_is_in_the_picture(store: RunStore):
    edit = Change(field="weight", layer=0, unit=1, input=0, value=3.0)
    edited = with_settings(EXPERIMENT, {"training.changes": [edit.model_dump(mode="json")]})
    run_id = store.create(edited, "a", "e")
    store.move(run_id, RunState.PAUSED)
    np.testing.assert_array_equal(of_run(run_id, None).field, untrained(edited).field)


def test_a_run_that_goes_on_from_another_begins_with_its_weights(store: RunStore):
    before = store.create(EXPERIMENT, "a", "e")
    drawn = np.random.default_rng(1)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(6), keras.layers.Dense(2)])
    weights = {f"model.{i}": drawn.normal(size=v.shape).astype("float32")
               for i, v in enumerate(model.weights)}  # fmt: skip
    result = Result(np.full((2, 2), 0.5, np.float32), np.zeros(2, np.int32))
    RunFiles(before).write_final(weights, result, {})
    store.move(before, RunState.RUNNING)
    store.move(before, RunState.FINISHED, test_loss=1.0, test_accuracy=0.5)
    run_id = store.create(with_settings(EXPERIMENT, {"training.start_from": before}), "a", "e")
    store.move(run_id, RunState.PAUSED)
    shown = of_run(run_id, None)
    np.testing.assert_array_equal(shown.layers[0].kernel, weights["model.0"])
    np.testing.assert_array_equal(shown.layers[1].bias, weights["model.3"])
    store.delete(before, "a")
    with pytest.raises(RunNotFound):
        of_run(run_id, None)


def test_a_run_that_took_steps_and_has_no_checkpoint_has_no_picture(store: RunStore):
    run_id = store.create(EXPERIMENT, "a", "e")
    store.move(run_id, RunState.RUNNING)
    store.move(run_id, RunState.PAUSED, step=5)
    with pytest.raises(RunNotFound):
        of_run(run_id, None)
