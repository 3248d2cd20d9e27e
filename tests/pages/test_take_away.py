"""The panel "Take away": who gets which files, and settings that come in from a file."""

from collections.abc import Callable
from concurrent.futures import Future

import numpy as np
import pytest
from ended_run import ended_run
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.experiment import Experiment, InvalidExperiment, with_settings
from nnlab.export.kept import Progress, write_progress, zip_path
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.resources import shares
from nnlab.ui.take_away.bring_in import MOST_BYTES, read_settings
from nnlab.work.engine import Engine

TRAIN, EVALUATE = "pages/2_Train.py", "pages/3_Evaluate.py"
OWNER, STRANGER = "a" * 32, "b" * 32
OpenPage = Callable[..., AppTest]
DIGITS = with_settings(Experiment(), {"dataset.name": "digits"})
ALONE = ["Keras script", "Notebook", "Settings", "Epochs as CSV", "Curve as CSV"]


@pytest.fixture
def run_id(nnlab_home) -> str:
    """A finished run of the owner's."""
    return ended_run(DIGITS, OWNER, lambda y: np.eye(10, dtype=np.float32)[y])


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Future:
    """Stands in for the worker's answer."""
    future: Future = Future()
    monkeypatch.setattr(Engine, "export", lambda *_: future)
    return future


def take_away(open_page: OpenPage, page: str, key: str, visitor: str, **query: str) -> AppTest:
    at = open_page(page, visitor, **query)
    if page == TRAIN:
        at.session_state["train-tabs"] = "Take away"
    else:
        at.session_state[f"{key}-panel"] = True
    at.run()
    assert not at.exception
    return at


def offered(at: AppTest) -> list[str]:
    return [button.label for button in at.download_button]


@pytest.mark.parametrize(("page", "key"), [(TRAIN, "train-take"), (EVALUATE, "evaluate-take")])
def test_files_at_once_and_the_zip_when_it_is_made(
    page: str, key: str, open_page: OpenPage, run_id: str, worker: Future
):
    at = take_away(open_page, page, key, OWNER)
    assert set(ALONE) <= set(offered(at))
    at.button(key=f"{key}-make").click().run()
    assert not any(button.key == f"{key}-make" for button in at.button)
    write_progress(run_id, Progress("report.html", 0.5))
    at.run()
    assert not at.exception
    assert "Everything as zip" not in offered(at)
    zip_path(run_id).write_bytes(b"")
    worker.set_result(None)
    at.run()
    assert "Everything as zip" in offered(at)


def test_a_zip_that_cannot_be_made_says_why(open_page: OpenPage, run_id: str, worker: Future):
    at = take_away(open_page, EVALUATE, "evaluate-take", OWNER)
    at.button(key="evaluate-take-make").click().run()
    worker.set_exception(MemoryError())
    at.run()
    assert any("out of memory" in error.value for error in at.error)
    assert at.button(key="evaluate-take-make")


def test_a_run_under_way_has_its_text_files_only(open_page: OpenPage, nnlab_home):
    store = RunStore(settings.database_url())
    store.move(store.create(DIGITS, OWNER, "test"), RunState.RUNNING)
    at = take_away(open_page, TRAIN, "train-take", OWNER)
    assert set(ALONE) <= set(offered(at))
    assert not any(button.key == "train-take-make" for button in at.button)


def test_who_has_the_link_may_take_it_until_it_is_withdrawn(
    open_page: OpenPage, run_id: str, worker: Future
):
    at = take_away(open_page, EVALUATE, "evaluate-take", STRANGER)
    assert not offered(at)  # a stranger's page knows no such run
    token = shares().share(run_id, OWNER)
    at = take_away(open_page, EVALUATE, "shared-take", STRANGER, shared=token)
    assert set(ALONE) <= set(offered(at))
    shares().withdraw(run_id, OWNER)
    at.run()
    assert not offered(at)


def test_settings_come_in_from_a_file():
    assert read_settings(DIGITS.model_dump_json().encode()) == DIGITS
    assert read_settings(b"training: {epochs: 7}").training.epochs == 7


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "neither JSON nor YAML"),
        (b"a: [", "neither JSON nor YAML"),
        (b"[" * 50_000, "neither JSON nor YAML"),
        (b"training: {epochs: " + b"9" * 5000 + b"}", "neither JSON nor YAML"),
        (b"!!python/object/apply:os.getcwd []", "neither JSON nor YAML"),
        (b" " * (MOST_BYTES + 1), "too long"),
    ],
)
def test_what_is_no_file_of_settings_is_refused(content: bytes, words: str):
    with pytest.raises(ValueError, match=words):
        read_settings(content)


@pytest.mark.parametrize("content", [b"3", b"training: {epochs: 0}", b"unknown: 1", b""])
def test_settings_that_are_not_allowed_are_named(content: bytes):
    with pytest.raises(InvalidExperiment):
        read_settings(content)
