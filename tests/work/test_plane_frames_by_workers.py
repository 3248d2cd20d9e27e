"""Frames of runs on points, with real workers."""

import json

import numpy as np
import pytest
from helping import OWNER, quick, wait_for, wait_for_end

from nnlab.experiment import Dataset, Dense, Experiment, InvalidExperiment, Points, Training
from nnlab.runs.feed import feed_folder
from nnlab.runs.frames import frame_name
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine


def circle(**training: object) -> Experiment:
    return Experiment(
        dataset=Dataset(name="circle", points=Points()),
        layers=(Dense(units=6, activation="tanh"),),
        training=Training(**{"batch_size": 10, **training}),  # type: ignore[arg-type]
    )


def test_a_run_is_seen_from_its_start_to_its_end(engine: Engine):
    before = engine.untrained_frame(circle(epochs=150))
    run_id = engine.train(circle(epochs=150), OWNER)
    path = feed_folder() / frame_name(run_id, OWNER)
    wait_for(lambda: path.exists() and json.loads(path.read_text())["step"] > 0)
    engine.pause(run_id, OWNER)
    paused = wait_for_end(engine, run_id)
    assert paused.state == RunState.PAUSED
    shown, told = engine.plane_frame(run_id, None, OWNER), json.loads(path.read_text())
    assert shown.step == told["step"] == paused.step
    assert shown.to_dict()["layers"] == told["layers"]
    start = engine.plane_frame(run_id, 0, OWNER)
    np.testing.assert_array_equal(start.field, before.field)
    engine.stop(run_id, OWNER)
    ended = wait_for_end(engine, run_id)
    final = engine.plane_frame(run_id, None, OWNER)
    assert final.test["loss"] == pytest.approx(ended.test_loss, rel=1e-4)
    with pytest.raises(RunNotFound):
        engine.plane_frame(run_id, None, "somebody else")
    engine.delete(run_id, OWNER)
    assert not path.exists()


def test_what_has_no_picture_is_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(InvalidExperiment, match="should be a set of points"):
        engine.untrained_frame(quick())
    monkeypatch.setenv("NNLAB_MAX_PARAMETERS", "10")
    with pytest.raises(InvalidExperiment, match="parameters"):
        engine.untrained_frame(circle())
