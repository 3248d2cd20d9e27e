"""The network that comes with the product, with a store that is real and workers that are not."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from nnlab.experiment import Experiment
from nnlab.recipes import HANDWRITING_READY, RECIPES
from nnlab.runs.run import HOUSE, Run, RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work import ready_made
from nnlab.work.ready_made import ReadyMade, ready_made_id, ready_made_run

VISITOR = "a" * 32


class Engine:
    """Queues runs, and pauses and resumes them at once."""

    def __init__(self, folder: Path) -> None:
        self.store = RunStore(f"sqlite:///{folder / 'runs.sqlite3'}")

    def train(self, experiment: Experiment, owner: str, run_id: str | None = None) -> str:
        return self.store.create(experiment, owner, "engine", run_id)

    def pause(self, run_id: str, owner: str) -> None:
        self.store.move(self.store.get(run_id, owner).id, RunState.PAUSED)

    def resume(self, run_id: str, owner: str) -> None:
        self.store.move(self.store.get(run_id, owner).id, RunState.QUEUED)

    def house_run(self) -> Run:
        run = ready_made_run(self.store)
        assert run is not None
        return run


@pytest.fixture
def images_at_hand(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Whether MNIST is on this computer; it is."""
    answer = SimpleNamespace(state="ready")
    monkeypatch.setattr(ready_made, "status", lambda _: answer)
    return answer


@pytest.fixture
def engine(tmp_path: Path, images_at_hand: SimpleNamespace) -> Engine:
    return Engine(tmp_path)


def begun(engine: Engine, passing: Callable[[float], None]) -> ReadyMade:
    """Workers were idle long enough: its run is queued."""
    maker = ReadyMade(engine)  # type: ignore[arg-type]
    maker.look()
    passing(ready_made.IDLE_SECONDS)
    maker.look()
    return maker


def test_it_begins_when_nobody_has_trained_for_a_while(
    engine: Engine, passing: Callable[[float], None]
) -> None:
    maker = ReadyMade(engine)  # type: ignore[arg-type]
    maker.look()
    passing(ready_made.IDLE_SECONDS - 1)
    maker.look()
    assert ready_made_run(engine.store) is None
    passing(1)
    maker.look()
    run = engine.house_run()
    assert (run.owner, run.state) == (HOUSE, RunState.QUEUED)
    assert run.experiment == RECIPES[HANDWRITING_READY].experiment
    maker.look()
    assert len(engine.store.active_runs()) == 1


def test_it_gives_way_to_a_visitor_and_goes_on_afterwards(
    engine: Engine, passing: Callable[[float], None]
) -> None:
    maker = begun(engine, passing)
    engine.store.move(ready_made_id(), RunState.RUNNING)
    visitors = engine.train(Experiment(), VISITOR)
    maker.look()
    assert engine.house_run().state == RunState.PAUSED
    passing(ready_made.IDLE_SECONDS)
    maker.look()
    assert engine.house_run().state == RunState.PAUSED
    engine.store.move(visitors, RunState.STOPPED)
    maker.look()
    passing(ready_made.IDLE_SECONDS)
    maker.look()
    assert engine.house_run().state == RunState.QUEUED


def test_it_waits_for_its_images(
    engine: Engine, passing: Callable[[float], None], images_at_hand: SimpleNamespace
) -> None:
    images_at_hand.state = "missing"
    maker = ReadyMade(engine)  # type: ignore[arg-type]
    maker.look()
    passing(1000)
    maker.look()
    assert ready_made_run(engine.store) is None
    images_at_hand.state = "ready"
    maker.look()
    assert ready_made_run(engine.store) is not None


def test_two_app_processes_make_one(engine: Engine, passing: Callable[[float], None]) -> None:
    first, second = ReadyMade(engine), ReadyMade(engine)  # type: ignore[arg-type]
    for maker in (first, second):
        maker.look()
    passing(ready_made.IDLE_SECONDS)
    second._begin()
    first._begin()  # as if both had found none in the same moment
    assert len(engine.store.active_runs()) == 1


def test_a_failure_is_tried_once_more_and_no_oftener(
    engine: Engine, passing: Callable[[float], None]
) -> None:
    maker = begun(engine, passing)
    states = []
    for _ in range(3):
        engine.store.move(ready_made_id(), RunState.FAILED, message="no memory")
        maker.look()
        states.append(engine.house_run().state)
    assert states == [RunState.QUEUED, RunState.FAILED, RunState.FAILED]


def test_a_setting_does_without_it(
    engine: Engine, passing: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNLAB_READY_MADE", "0")
    maker = ReadyMade(engine)  # type: ignore[arg-type]
    maker.look()
    passing(1000)
    maker.look()
    assert ready_made_run(engine.store) is None


def test_everybody_may_use_it_and_nobody_may_steer_it(engine: Engine) -> None:
    run_id = engine.train(Experiment(), HOUSE, ready_made_id())
    assert engine.store.readable(run_id, VISITOR).id == run_id
    with pytest.raises(RunNotFound):
        engine.store.get(run_id, VISITOR)
    with pytest.raises(RunNotFound):
        engine.store.delete(run_id, VISITOR)
    mine = engine.train(Experiment(), VISITOR)
    with pytest.raises(RunNotFound):
        engine.store.readable(mine, "b" * 32)
