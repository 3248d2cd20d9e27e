"""Logs: events of known fields, one JSON object a line, and nobody's data in them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy.exc import SQLAlchemyError

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.logs import NamelessFormatter, event, set_up, short_hash
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.runs.tables import DraftRow

RUN, OWNER, HOUSE = "0123456789abcdef", "ab" * 16, "house-0123456789abcdef"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a hosted app writes; logging is as it was afterwards."""
    monkeypatch.setenv("NNLAB_LOG", "json")
    root, events = logging.getLogger(), logging.getLogger("nnlab.events")
    before = (root.handlers, events.level)
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("nnlab.logs._OTHERS", ())
    set_up()
    set_up()
    yield written
    root.handlers = before[0]
    events.setLevel(before[1])


def lines(log: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_run_is_told_from_queue_to_end(log: io.StringIO, nnlab_home):
    store = RunStore(settings.database_url())
    run_id = store.create(Experiment(name="Secret name"), OWNER, "engine")
    store.move(run_id, RunState.RUNNING)
    store.move(run_id, RunState.FAILED, message="Secret message")
    assert not store.move(run_id, RunState.PAUSED)
    told = lines(log)
    assert [line["event"] for line in told] == ["run queued", "run running", "run failed"]
    assert {line["run"] for line in told} == {short_hash(run_id)}
    assert told[-1]["seconds"] >= 0
    assert told[-1].keys() == {"time", "level", "name", "event", "run", "state", "seconds", "steps"}
    assert not any(secret in log.getvalue() for secret in (run_id, OWNER, "Secret"))


def test_keys_are_hashed_wherever_they_come_from(log: io.StringIO):
    logging.getLogger("some.library").error("task of %s for %s, %s", RUN, OWNER, HOUSE)
    (line,) = lines(log)
    expected = f"task of {short_hash(RUN)} for {short_hash(OWNER)}, {short_hash(HOUSE)}"
    assert line["event"] == expected
    assert short_hash(RUN) != short_hash(OWNER)


def test_what_dask_quotes_of_a_task_stays_out(log: io.StringIO):
    worker = logging.getLogger("distributed.worker")
    worker.warning("Task: %s Exception: %r", [0.5, 0.7], ValueError("typed by Ada"))
    (line,) = lines(log)
    assert line["event"] == "Task: %s Exception: %r"
    assert "Ada" not in log.getvalue()
    assert "0.5" not in log.getvalue()


def test_errors_are_told_by_kind_and_place_only(log: io.StringIO):
    try:
        try:
            raise KeyError("drawn by Ada")
        except KeyError as cause:
            raise ValueError("typed by Ada") from cause
    except ValueError:
        logging.getLogger("nnlab.anywhere").exception("it failed")
    (line,) = lines(log)
    assert "Ada" not in log.getvalue()
    assert line["event"] == "it failed"
    assert line["exc_info"].startswith("ValueError: test_logs.py:")
    assert "KeyError: test_logs.py:" in line["exc_info"]


def test_errors_of_the_database_do_not_quote_what_was_to_be_stored(nnlab_home):
    store = RunStore(settings.database_url())
    DraftRow.__table__.drop(store.engine)
    from nnlab.runs.drafts import Drafts

    with pytest.raises(SQLAlchemyError) as failed:
        Drafts(store.engine).put(OWNER, "experiment", "typed by Ada")
    assert "Ada" not in str(failed.value)
    assert OWNER not in str(failed.value)


def test_an_event_has_no_field_for_what_somebody_typed():
    with pytest.raises(ValueError, match="nickname"):
        event("joined", nickname="Ada")


def test_what_is_below_a_warning_is_left_out_but_for_events(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
):
    chatter = logging.getLogger("nnlab.anywhere")
    monkeypatch.setattr(chatter, "level", logging.DEBUG)
    chatter.info("192.0.2.7 - accepted")
    event("refused", why="runs at once", count=3)
    (line,) = lines(log)
    assert (line["event"], line["why"], line["count"]) == ("refused", "runs at once", 3)


def test_text_is_left_to_the_terminal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_LOG", "text")
    set_up()
    handlers = logging.getLogger().handlers
    assert not any(isinstance(each.formatter, NamelessFormatter) for each in handlers)
    monkeypatch.setenv("NNLAB_LOG", "xml")
    with pytest.raises(ValueError, match="NNLAB_LOG must be text or json, not 'xml'"):
        set_up()


def test_a_librarys_own_handlers_are_taken_out(monkeypatch: pytest.MonkeyPatch, log: io.StringIO):
    monkeypatch.setattr("nnlab.logs._OTHERS", ("a_library",))
    theirs = logging.getLogger("a_library.part")
    theirs.addHandler(logging.StreamHandler(log))
    theirs.propagate = False
    set_up()
    theirs.warning("careful")
    assert [line["event"] for line in lines(log)] == ["careful"]
