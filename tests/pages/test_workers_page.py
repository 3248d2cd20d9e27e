"""The Workers page: load, queue and limits, without a word of whose a run is."""

import pytest

from nnlab.experiment import Experiment
from nnlab.runs.records import Point
from nnlab.runs.states import RunState
from nnlab.ui.resources import engine
from nnlab.work.slots import LARGE, SMALL
from nnlab.work.status import ClusterStatus, WorkerStatus

PAGE = "pages/8_Workers.py"
VISITOR = "0" * 32
STRANGER = "f" * 32
READY = ClusterStatus(
    "ready",
    2,
    each=(
        WorkerStatus("tcp://1", SMALL, 2, True, 500_000_000, 2_000_000_000, 97.0),
        WorkerStatus("tcp://2", SMALL, 2, False),
        WorkerStatus("tcp://3", LARGE, 1, True),
    ),
)


def texts(at) -> str:
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption, *at.info))


def metrics(at) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def table(at, column: str):
    return next(frame.value for frame in at.dataframe if column in frame.value.columns)


def test_without_workers_and_runs_it_says_what_to_expect(open_page):
    at = open_page(PAGE)
    assert "No worker is there yet" in texts(at)
    assert "press" in texts(at)
    assert "Nobody trains" in texts(at)


def test_load_queue_and_reasons_are_told_and_no_stranger(open_page, monkeypatch):
    monkeypatch.setenv("NNLAB_RUNS_AT_ONCE", "1")
    at = open_page(PAGE)
    service = engine()
    mine = service.store.create(Experiment(name="My own"), VISITOR, "engine")
    theirs = service.store.create(Experiment(name="Secret"), STRANGER, "engine")
    for run_id, worker in ((mine, "tcp://1"), (theirs, "tcp://1")):
        service.store.move(run_id, RunState.RUNNING, steps_per_epoch=1688)
        service.leases.take(run_id, worker)
    service.store.add_points(mine, [Point(1688, 1.0, 0.5, 0.8, images_per_second=54_000)])
    service.store.create(Experiment(name="Secret, too"), STRANGER, "engine")
    service._status = READY
    service._count()
    at.run()
    assert not at.exception
    assert metrics(at)["Workers ready"] == "2 of 3"
    assert metrics(at)["Runs in training"] == "2"
    workers = table(at, "Runs in hand")
    assert sorted(workers["Runs in hand"]) == ["0 of 1", "0 of 2", "2 of 2"]
    training = table(at, "Progress")
    assert list(training["Run"]) == ["yours: My own", "another visitor's"]
    assert training["Progress"][0] == pytest.approx(0.2)
    assert list(table(at, "Waits because")["Waits because"]) == ["other runs of this visitor train"]
    everything = texts(at) + "".join(frame.value.to_string() for frame in at.dataframe)
    for private in ("Secret", STRANGER, theirs, "tcp://"):
        assert private not in everything


def test_limits_are_those_of_the_environment(open_page, monkeypatch):
    monkeypatch.setenv("NNLAB_MAX_EPOCHS", "20")
    limits = table(open_page(PAGE), "Set by").set_index("Set by")["At most"]
    assert limits["NNLAB_MAX_EPOCHS"] == 20
    assert limits["NNLAB_RUNS_AT_ONCE"] == 4
