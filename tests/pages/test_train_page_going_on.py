"""The Train page with a fine-tuning in its form."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from nnlab.experiment import Experiment, with_settings
from nnlab.ui.resources import engine

VISITOR = "f" * 32


@pytest.fixture
def page(open_page: Callable[..., AppTest]) -> AppTest:
    changes = {
        "dataset.name": "mnist_5k",
        "training.start_from": "0123456789abcdef",
        "dataset.drawings": {"id": "0" * 64, "count": 9, "repeat": 4},
    }
    experiment = with_settings(Experiment(), changes)
    engine().drafts.put(VISITOR, "experiment", experiment.model_dump(mode="json"))
    return open_page("pages/2_Train.py", VISITOR)


def said(page: AppTest) -> str:
    return "\n".join(info.value for info in page.info)


def test_it_says_what_it_begins_with_and_what_its_script_reads(page: AppTest) -> None:
    assert "goes on from the network of another run" in said(page)
    assert "learns from 9 drawings as well, each 4 times" in said(page)
    files = "mnist_5k.npz and drawings.npz and start_weights.npz"
    assert any(files in caption.value for caption in page.caption)
    assert "model.set_weights" in page.code[0].value


def test_a_run_that_is_gone_is_told_and_nothing_is_queued(page: AppTest) -> None:
    page.button(key="train").click().run()
    assert not page.exception
    assert "cannot be used" in page.toast[0].value
    assert not engine().store.runs_of(VISITOR)


def test_it_can_begin_afresh(page: AppTest) -> None:
    page.button(key="train-afresh").click().run()
    assert not page.exception
    assert "another run" not in said(page)
    assert page.code
    page.button(key="train").click().run()
    (run,) = engine().store.runs_of(VISITOR)
    assert run.experiment.training.start_from is None
    assert run.experiment.dataset.drawings is None
