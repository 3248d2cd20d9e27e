"""Fine-tuning with real workers: who may, what it gives, and what is told when it cannot be."""

import random

import numpy as np
import pytest
from helping import OWNER, quick, wait_for, wait_for_end

from nnlab import settings
from nnlab.datasets import DatasetUnavailable
from nnlab.experiment import Dense, Drawn, Experiment, Flatten, with_settings
from nnlab.handwriting.fine_tuning import fine_tuned, freeze
from nnlab.handwriting.halves import halves
from nnlab.handwriting.rendering import prepared
from nnlab.runs.drawings import Drawing, KeptDrawing
from nnlab.runs.files import RunFiles
from nnlab.runs.run import utc_now
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine
from nnlab.work.lineage import StartNotFound


def strange_sevens(count: int) -> list[KeptDrawing]:
    """An L upside down and mirrored with a foot: no network has seen a seven like it."""
    rng = random.Random(0)
    found = []
    for i in range(count):
        x, y = rng.uniform(60, 90), rng.uniform(40, 70)
        strokes = (((x, y), (x, y + 200.0), (x + 150.0, y + 200.0), (x + 150.0, y + 120.0)),)
        found.append(KeptDrawing(i, utc_now(), Drawing(7, 336, (22.0,), strokes)))
    return found


@pytest.fixture(scope="module")
def base(engine: Engine) -> str:
    run = wait_for_end(engine, engine.train(quick(epochs=20), OWNER))
    assert run.complete
    return run.id


def plan_of(engine: Engine, base: str, learned: tuple[KeptDrawing, ...]) -> Experiment:
    drawn = freeze([each.drawing for each in learned], "digits")
    return fine_tuned(engine.run(base).experiment, base, drawn)


def right(engine: Engine, run_id: str, drawings: tuple[KeptDrawing, ...]) -> int:
    images = np.stack([prepared(each.drawing, 8) for each in drawings])
    return int((engine.predict(run_id, images, OWNER).argmax(axis=1) == 7).sum())


def test_a_strange_hand_is_learned_and_the_old_images_are_not_forgotten(
    engine: Engine, base: str
) -> None:
    learned, held = halves(strange_sevens(20))
    assert right(engine, base, held) == 0
    plan = plan_of(engine, base, learned)
    plan = with_settings(plan, {"training.optimizer.learning_rate": 0.005})
    tuned = wait_for_end(engine, engine.train(plan, OWNER))
    assert tuned.state == RunState.FINISHED, tuned.message
    assert right(engine, tuned.id, held) == 10
    assert tuned.test_accuracy > engine.run(base).test_accuracy - 0.03
    assert right(engine, base, held) == 0  # the old network stays as it is


def test_the_same_again_to_the_bit_with_or_without_a_pause(engine: Engine, base: str) -> None:
    plan = plan_of(engine, base, halves(strange_sevens(10))[0])
    plan = with_settings(plan, {"training.epochs": 40, "training.batch_size": 4})
    first = wait_for_end(engine, engine.train(plan, OWNER))
    second = engine.train(plan, OWNER)
    wait_for(lambda: engine.run(second).step > 0)
    engine.pause(second, OWNER)
    assert wait_for_end(engine, second).state == RunState.PAUSED
    engine.resume(second, OWNER)
    assert wait_for_end(engine, second).state == RunState.FINISHED
    weights, others = (RunFiles(run_id).read_weights() for run_id in (first.id, second))
    assert weights is not None
    assert others is not None
    for name, value in weights.items():
        np.testing.assert_array_equal(others[name], value)


def test_nobody_goes_on_from_another_ones_run(engine: Engine, base: str) -> None:
    plan = with_settings(quick(), {"training.start_from": base})
    with pytest.raises(StartNotFound, match="may have been deleted"):
        engine.train(plan, "somebody else")
    stolen = engine.store.create(plan, "somebody else", engine.identity)
    engine.take_over(engine.store.get(stolen))
    run = wait_for_end(engine, stolen)
    assert run.state == RunState.FAILED
    assert "cannot be used" in run.message


def test_what_does_not_fit_or_is_not_there_is_told_before_it_begins(
    engine: Engine, base: str
) -> None:
    other = quick().model_copy(update={"layers": (Flatten(), Dense(units=17))})
    with pytest.raises(StartNotFound, match="other layers"):
        engine.train(with_settings(other, {"training.start_from": base}), OWNER)
    with pytest.raises(StartNotFound):
        engine.train(with_settings(quick(), {"training.start_from": "0" * 16}), OWNER)
    missing = quick().dataset.model_copy(update={"drawings": Drawn(id="0" * 64, count=5)})
    with pytest.raises(DatasetUnavailable, match="no longer kept"):
        engine.train(quick().model_copy(update={"dataset": missing}), OWNER)


def test_drawings_or_a_run_that_go_while_it_waits_are_told_on_the_run(engine: Engine) -> None:
    start = wait_for_end(engine, engine.train(quick(seed=77), OWNER)).id
    plan = plan_of(engine, start, halves(strange_sevens(14))[0])
    first = engine.store.create(plan, OWNER, engine.identity)
    engine.delete(start, OWNER)
    engine.take_over(engine.store.get(first))
    assert "may have been deleted" in wait_for_end(engine, first).message
    assert plan.dataset.drawings is not None
    (settings.drawings_dir() / f"{plan.dataset.drawings.id}.npz").unlink()
    other = with_settings(plan, {"dataset.split_seed": 5})  # or a worker still has the images
    second = engine.store.create(other, OWNER, engine.identity)
    engine.take_over(engine.store.get(second))
    run = wait_for_end(engine, second)
    assert run.state == RunState.FAILED
    assert "no longer kept here. Fine-tune again" in run.message
