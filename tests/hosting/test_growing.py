"""More than one machine, played by processes: PostgreSQL, a scheduler, workers, two apps.

Workers come and go, one is killed in mid-run, an app process is killed while its run trains: each
run ends once, with the figures of a run that nobody disturbed.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from app_process import OWNER
from helping import long
from helping import wait_for as wait_for_seconds
from ports import free_port
from postgres import drop_database, fresh_database
from processes import App, Process, environment, scheduler, worker

from nnlab.logs import short_hash
from nnlab.runs.files import RunFiles

pytestmark = pytest.mark.fault

EPOCHS = 120
# After so much of it nobody can say that the run was over before it was disturbed.
EARLY = 4
DEAD_AFTER_SECONDS = 2
NAME = "Distinctive name"


@dataclass
class Site:
    """Everything that runs, and a folder that all of it shares."""

    folder: Path
    variables: dict[str, str]
    port: int
    apps: dict[str, App] = field(default_factory=dict)
    workers: list[Process] = field(default_factory=list)
    scheduler: Process | None = None

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start_scheduler(self) -> None:
        self.scheduler = scheduler(self.folder, self.variables, self.port)

    def start_app(self, place: str) -> App:
        self.apps[place] = App(self.folder, place, self.variables)
        return self.apps[place]

    def start_worker(self) -> Process:
        self.workers.append(worker(self.folder, self.address, self.variables))
        return self.workers[-1]

    def busiest(self) -> Process:
        """The worker that trains: the one that uses the processor."""
        before = [each.processor_seconds() for each in self.workers]
        time.sleep(1.0)
        used = [
            each.processor_seconds() - was for each, was in zip(self.workers, before, strict=True)
        ]
        return self.workers[used.index(max(used))]

    def lose(self, lost: Process) -> None:
        self.workers.remove(lost)
        lost.kill()

    def close(self) -> None:
        for process in [*self.apps.values(), *self.workers, self.scheduler]:
            if process is not None:
                process.kill()


@pytest.fixture
def site(postgresql: str, tmp_path: Path) -> Iterator[Site]:
    url = fresh_database(postgresql)
    variables = environment(
        NNLAB_HOME=str(tmp_path / "shared"),
        NNLAB_DATABASE_URL=url,
        NNLAB_ENGINE_SECONDS=str(DEAD_AFTER_SECONDS),
        NNLAB_LOG="json",
    )
    port = free_port()
    site = Site(tmp_path, variables | {"NNLAB_SCHEDULER": f"tcp://127.0.0.1:{port}"}, port)
    try:
        site.start_scheduler()
        yield site
    finally:
        site.close()
        drop_database(url)


def wait_for(condition: Callable[[], bool]) -> None:
    """Long enough for four processes that load TensorFlow on two cores."""
    wait_for_seconds(condition, 300)


def experiment() -> dict[str, Any]:
    return long(epochs=EPOCHS).model_dump(mode="json") | {"name": NAME}


def wait_for_end(app: App, run_id: str) -> dict[str, Any]:
    wait_for(lambda: app.ask("look", run_id)["state"] not in ("queued", "running"))
    return app.ask("look", run_id)


def wait_for_epoch(app: App, run_id: str, epoch: int) -> None:
    wait_for(lambda: app.ask("look", run_id)["epoch"] >= epoch)
    assert app.ask("look", run_id)["state"] == "running"


def figures(run: dict[str, Any]) -> dict[str, Any]:
    """What must not depend on what happened on the way: all but times."""
    epochs = [{k: v for k, v in record.items() if k != "seconds"} for record in run["epochs"]]
    return {"state": run["state"], "test": run["test"], "epochs": epochs}


def kept(site: Site, run_id: str) -> int:
    """Up to which step a run could go on from its files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NNLAB_HOME", site.variables["NNLAB_HOME"])
        checkpoint = RunFiles(run_id).read_checkpoint()
    assert checkpoint is not None
    return checkpoint.epoch * site.apps["there"].ask("look", run_id)["steps_per_epoch"] + (
        checkpoint.step
    )


def is_settled(run: dict[str, Any], heir: str) -> bool:
    """Taken over, or at its end before that was necessary: its worker went on without the app."""
    return run["engine"] == heir or run["state"] == "finished"


def test_workers_and_apps_come_and_go_and_no_run_is_lost(site: Site):
    here, there = site.start_app("here"), site.start_app("there")
    site.start_worker()

    # A run of one app is seen in the other, while it goes on and with all its figures at its end.
    undisturbed = here.ask("train", experiment())
    wait_for_epoch(there, undisturbed, 1)
    site.start_worker()  # comes while the other trains
    reference = wait_for_end(there, undisturbed)
    assert reference["state"] == "finished", reference["message"]
    assert len(reference["epochs"]) == EPOCHS
    assert here.ask("look", undisturbed) == reference

    # Two workers, two runs: each has one. The worker of one is lost with its host.
    wait_for(lambda: there.ask("workers") == [2, 2])
    disturbed = [app.ask("train", experiment()) for app in (here, there)]
    for run_id in disturbed:
        wait_for_epoch(here, run_id, EARLY)
    site.lose(site.busiest())
    ends = [wait_for_end(here, run_id) for run_id in disturbed]
    assert [figures(end) for end in ends] == [figures(reference)] * 2

    # The app is lost while its runs train: the other one takes over what is its now.
    orphans = [here.ask("train", experiment()) for _ in range(4)]
    wait_for_epoch(there, orphans[0], EARLY)
    lost, heir = here.ask("identity"), there.ask("identity")
    assert {there.ask("look", run_id)["engine"] for run_id in orphans} == {lost}
    here.kill()
    wait_for(lambda: all(is_settled(there.ask("look", run_id), heir) for run_id in orphans))
    assert heir in {there.ask("look", run_id)["engine"] for run_id in orphans}
    ends = [wait_for_end(there, run_id) for run_id in orphans]
    assert [figures(end) for end in ends] == [figures(reference)] * len(orphans)

    # The last worker goes in good order and another one comes.
    last = there.ask("train", experiment())
    wait_for_epoch(there, last, EARLY)
    site.workers.pop().terminate()
    assert kept(site, last) == there.ask("look", last)["step"]
    site.start_worker()
    assert figures(wait_for_end(there, last)) == figures(reference)
    _logs_tell_events_and_name_nobody(site, [undisturbed, *disturbed, *orphans, last])


def test_a_scheduler_is_started_anew_and_the_run_goes_on(site: Site):
    app = site.start_app("there")
    site.start_worker()
    run_id = app.ask("train", experiment())
    wait_for_epoch(app, run_id, EARLY)
    assert site.scheduler is not None
    site.scheduler.kill()
    site.workers.pop().kill()
    site.start_scheduler()
    site.start_worker()
    run = wait_for_end(app, run_id)
    assert (run["state"], len(run["epochs"])) == ("finished", EPOCHS), run["message"]


def _logs_tell_events_and_name_nobody(site: Site, run_ids: list[str]) -> None:
    texts = {path.name: path.read_text() for path in site.folder.glob("*.log")}
    for secret in (NAME, OWNER, *run_ids):
        assert not any(secret in text for text in texts.values()), secret
    lines = [json.loads(line) for line in texts["there.log"].splitlines()]
    assert all({"time", "level", "name", "event"} <= line.keys() for line in lines)
    told = [json.loads(line) for text in texts.values() for line in text.splitlines()
            if line.startswith("{")]  # fmt: skip
    ended = [line for line in told if line["event"] == "run finished"]
    assert sorted(line["run"] for line in ended) == sorted(map(short_hash, run_ids))
    assert all(line["seconds"] > 0 and line["steps"] > 0 for line in ended)
    workers = [line["workers"] for line in lines if line["event"] == "workers"]
    assert 1 in workers[workers.index(2) :]  # two were there, and one was lost
