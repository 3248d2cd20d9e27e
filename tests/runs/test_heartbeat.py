"""App processes that live and die, with a store that is real and workers that are not."""

from collections.abc import Callable
from datetime import timedelta

import psutil
import pytest

from nnlab.experiment import Experiment
from nnlab.runs import engines as engines_module
from nnlab.runs.engines import KEPT, Engines
from nnlab.runs.run import Run, utc_now
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work import heartbeat as module
from nnlab.work.heartbeat import Heartbeat, Silence
from nnlab.work.identity import engine_identity, is_of_this_host
from nnlab.work.status import ClusterStatus, WorkerStatus

ME = "a" * 32
ELSEWHERE, FAR = "other/1:20:1700000000", "far/7:1:1700000000"
SECONDS = 20


class Engine:
    """Takes runs over and does nothing with them."""

    def __init__(self, database: str, identity: str) -> None:
        self.store = RunStore(database)
        self.identity = identity
        self.status = ClusterStatus("ready", 2, each=(WorkerStatus("one", "train", 40, True),))
        self.taken: list[str] = []

    def take_over(self, run: Run) -> None:
        self.taken.append(run.id)

    def knows(self, run_id: str) -> bool:
        return run_id in self.taken


@pytest.fixture
def engine(database: str) -> Engine:
    return Engine(database, engine_identity())


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers are a cluster's."""
    monkeypatch.setenv("NNLAB_SCHEDULER", "tcp://127.0.0.1:1")
    monkeypatch.setenv("NNLAB_ENGINE_SECONDS", str(SECONDS))


def heart(engine: Engine, passing: Callable[[float], None]) -> Heartbeat:
    """One that looks each time: its next look is never a matter of time."""
    beating = Heartbeat(engine)  # type: ignore[arg-type]
    passing(SECONDS)
    return beating


def test_who_is_silent_elsewhere_is_dead_after_a_while(
    engine: Engine, shared: None, passing: Callable[[float], None]
):
    engines = Engines(engine.store.engine)
    engines.beat(ELSEWHERE)
    run_id = engine.store.create(Experiment(), ME, ELSEWHERE)
    beating = heart(engine, passing)
    for _ in range(6):  # it beats: minutes go by and nothing happens
        beating.look()
        passing(SECONDS - 1)
        engines.beat(ELSEWHERE)
    beating.look()
    assert engine.taken == []
    passing(SECONDS - 1)
    beating.look()
    assert engine.taken == []
    passing(SECONDS / module.BEATS)
    beating.look()
    assert engine.taken == [run_id]
    assert engine.store.get(run_id).engine == engine.identity
    beating.look()
    assert engine.taken == [run_id]


def test_who_never_gave_a_sign_of_life_is_dead_too(
    engine: Engine, shared: None, passing: Callable[[float], None]
):
    run_id = engine.store.create(Experiment(), ME, ELSEWHERE)
    beating = heart(engine, passing)
    beating.look()
    assert engine.taken == []
    passing(SECONDS)
    beating.look()
    assert engine.taken == [run_id]


def test_who_ended_in_good_order_is_not_waited_for(
    engine: Engine, shared: None, passing: Callable[[float], None]
):
    engines = Engines(engine.store.engine)
    engines.beat(ELSEWHERE)
    engines.end(ELSEWHERE)
    running, queued, done = (engine.store.create(Experiment(), ME, ELSEWHERE) for _ in range(3))
    engine.store.move(running, RunState.RUNNING)
    engine.store.move(done, RunState.STOPPED)
    heart(engine, passing).look()
    assert engine.taken == [running, queued]
    assert engine.store.get(running).state == RunState.RUNNING


def test_who_came_back_is_alive_again(engine: Engine, passing: Callable[[float], None]):
    engines = Engines(engine.store.engine)
    engines.beat(ELSEWHERE)
    engines.end(ELSEWHERE)
    engines.beat(ELSEWHERE)
    assert Silence(SECONDS).dead([ELSEWHERE], engines.pulses()) == set()


def test_a_process_of_this_host_is_looked_up_by_its_id(
    engine: Engine, shared: None, passing: Callable[[float], None]
):
    gone = engine.identity.rsplit(":", 1)[0] + ":1000000000"  # our id, another time
    assert is_of_this_host(gone)
    parent = psutil.Process().parent()
    assert parent is not None
    living = f"{engine.identity.rsplit(':', 2)[0]}:{parent.pid}:{parent.create_time():.0f}"
    lost = engine.store.create(Experiment(), ME, gone)
    engine.store.create(Experiment(), ME, living)
    engine.taken = [engine.store.create(Experiment(), ME, engine.identity)]
    beating = heart(engine, passing)
    for _ in range(3):
        beating.look()
        passing(SECONDS)
    assert engine.taken[1:] == [lost]


def test_what_got_lost_between_store_and_workers_is_handed_out_again(
    engine: Engine, shared: None, passing: Callable[[float], None]
):
    run_id = engine.store.create(Experiment(), ME, engine.identity)
    beating = heart(engine, passing)
    beating.look()
    assert engine.taken == []  # it may be on its way
    for _ in range(3):
        passing(SECONDS)
        beating.look()
    assert engine.taken == [run_id]


def test_one_of_two_takes_over(database: str, shared: None, passing: Callable[[float], None]):
    both = [Engine(database, engine_identity()), Engine(database, FAR)]
    run_id = both[0].store.create(Experiment(), ME, ELSEWHERE)
    Engines(both[0].store.engine).beat(FAR)
    Engines(both[0].store.engine).end(ELSEWHERE)
    hearts = [heart(engine, passing) for engine in both]
    for beating in hearts:
        beating.look()
        passing(SECONDS)
        beating.look()
    assert [engine.taken for engine in both] == [[run_id], []] or [
        engine.taken for engine in both
    ] == [[], [run_id]]


def test_with_workers_of_its_own_the_dead_leave_runs_to_resume(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, passing: Callable[[float], None]
):
    monkeypatch.setenv("NNLAB_ENGINE_SECONDS", str(SECONDS))
    run_id = engine.store.create(Experiment(), ME, ELSEWHERE)
    done = engine.store.create(Experiment(), ME, ELSEWHERE)
    engine.store.move(done, RunState.STOPPED)
    here = engine.store.create(Experiment(), ME, engine.identity)
    engine.take_over(engine.store.get(here))
    beating = heart(engine, passing)
    beating.look()
    passing(SECONDS)
    beating.look()
    assert engine.taken == [here]
    assert engine.store.get(here).state == RunState.QUEUED
    assert engine.store.get(done).state == RunState.STOPPED
    run = engine.store.get(run_id)
    assert run.state == RunState.INTERRUPTED
    assert "Resume" in (run.message or "")


def test_it_beats_from_start_to_close(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_ENGINE_SECONDS", "2")
    monkeypatch.setattr(module, "BEATS", 100)
    engines = Engines(engine.store.engine)
    beating = Heartbeat(engine)  # type: ignore[arg-type]
    beating.start()
    while engines.pulses()[engine.identity].beats < 4:
        pass
    assert not engines.pulses()[engine.identity].ended
    beating.close()
    assert engines.pulses()[engine.identity].ended


def test_those_of_yesterday_are_forgotten(engine: Engine, monkeypatch: pytest.MonkeyPatch):
    engines = Engines(engine.store.engine)
    engines.beat(ELSEWHERE)
    now = utc_now() + KEPT + timedelta(seconds=1)
    monkeypatch.setattr(engines_module, "utc_now", lambda: now)
    engines.beat(FAR)
    engines.forget_old()
    assert set(engines.pulses()) == {FAR}
