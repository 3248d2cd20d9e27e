"""A worker puts a run into a zip."""

import io
import json
import zipfile

import numpy as np
import pytest
from helping import OWNER, WAIT_SECONDS, long, quick, wait_for, wait_for_end

from nnlab.datasets import arrays_of
from nnlab.experiment import Adam, Dataset, Experiment, Output, Training, parse_experiment
from nnlab.export import MEMBERS
from nnlab.export.kept import read_member, read_progress, zip_path
from nnlab.figures.points import reach_of
from nnlab.runs.files import RunFiles
from nnlab.runs.run import RunNotFound
from nnlab.work.boundary import SIDE
from nnlab.work.engine import Engine


def test_a_run_as_a_zip(engine: Engine):
    run_id = engine.train(quick(), OWNER)
    run = wait_for_end(engine, run_id)
    engine.export(run_id).result(timeout=WAIT_SECONDS)
    with zipfile.ZipFile(zip_path(run_id)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    for member in MEMBERS:
        assert any(name.startswith(member.name) for name in names), member.name
    assert parse_experiment(json.loads(read_member(run_id, "experiment.json"))) == run.experiment
    figures = f"test loss {run.test_loss:.4f}, test accuracy {run.test_accuracy:.4f}"
    assert figures in read_member(run_id, "script.py").decode()
    report = read_member(run_id, "report.html").decode()
    assert f"{run.test_accuracy:.2%}" in report
    rows = read_member(run_id, "history.csv").decode().splitlines()
    assert len(rows) == 1 + 3
    progress = read_progress(run_id)
    assert progress is not None
    assert 0 < progress.share < 1
    with np.load(io.BytesIO(read_member(run_id, "digits.npz"))) as arrays:
        assert len(arrays["labels"]) == 1797
    engine.delete(run_id, OWNER)
    assert not RunFiles(run_id).folder.exists()


def test_a_run_that_learned_numbers_as_a_zip(engine: Engine):
    experiment = Experiment(
        dataset=Dataset(name="plane"),
        layers=(),
        output=Output(activation="linear"),
        training=Training(epochs=3, optimizer=Adam(learning_rate=0.01), loss="huber"),
    )
    run_id = engine.train(experiment, OWNER)
    run = wait_for_end(engine, run_id)
    result = RunFiles(run_id).read_result()
    off = np.abs(result.probabilities[:, 0] - result.y_test)
    assert run.test_mean_absolute_error == pytest.approx(off.mean(), rel=1e-5)
    assert run.test_accuracy is None
    reach = reach_of(arrays_of(experiment.dataset).x_train)
    assert engine.boundary(run_id, None, reach, OWNER).shape == (SIDE, SIDE, 1)
    engine.export(run_id).result(timeout=WAIT_SECONDS)
    error = f"{run.test_mean_absolute_error:.4f}"
    figures = f"test loss {run.test_loss:.4f}, test mean absolute error {error}"
    assert figures in read_member(run_id, "script.py").decode()
    written = read_member(run_id, "report.html").decode().split("<h1>")[1]
    assert error in written
    for name in ("README.txt", "history.csv", "points.csv", "script.py"):
        written += read_member(run_id, name).decode()
    assert "accuracy" not in written.casefold()


def test_only_a_run_that_has_ended_has_a_zip(engine: Engine):
    run_id = engine.train(long(), OWNER)
    wait_for(lambda: engine.run(run_id).step > 0)
    with pytest.raises(RunNotFound):
        engine.export(run_id)
    engine.stop(run_id, OWNER)
    run = wait_for_end(engine, run_id)
    engine.export(run_id).result(timeout=WAIT_SECONDS)
    assert f"StopAfter({run.step})" in read_member(run_id, "script.py").decode()


def test_a_network_that_went_on_from_another_takes_its_weights_along(engine: Engine):
    first = engine.train(quick(), OWNER)
    wait_for_end(engine, first)
    second = engine.train(quick(start_from=first, epochs=1), OWNER)
    wait_for_end(engine, second)
    engine.export(second).result(timeout=WAIT_SECONDS)
    begun = RunFiles(first).read_weights()
    with np.load(io.BytesIO(read_member(second, "start_weights.npz"))) as arrays:
        assert len(arrays.files) == 4
        np.testing.assert_array_equal(arrays["0"], begun["model.0"])
