"""A run shown by its link: all of it to look at, nothing to change, only while it is shared."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from ended_run import ended_run
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from nnlab.experiment import Experiment, with_settings
from nnlab.ui.resources import shares
from nnlab.ui.state import State

PAGE = "pages/3_Evaluate.py"
OWNER, STRANGER = "a" * 32, "b" * 32
OpenPage = Callable[..., AppTest]
DIGITS = with_settings(Experiment(), {"dataset.name": "digits", "name": "Ada's <b>run</b>"})


@pytest.fixture
def run_id(nnlab_home) -> str:
    """A finished run of the owner's, every answer right but one."""
    return ended_run(DIGITS, OWNER, _all_right_but_one)


def _all_right_but_one(y: NDArray) -> NDArray[np.float32]:
    probabilities = np.full((len(y), 10), 0.01, np.float32)
    probabilities[np.arange(len(y)), y] = 0.91
    probabilities[0] = np.roll(probabilities[0], 1)
    return probabilities


def state_of(at: AppTest) -> State:
    return at.session_state["nnlab_state"]


def shared_link(open_page: OpenPage) -> str:
    """The owner presses "Share this run"; returns the token in the link."""
    at = open_page(PAGE, OWNER)
    at.button(key="evaluate-share").click().run()
    assert not at.exception
    url = next(shown.value for shown in at.code if "shared=" in shown.value)
    return url.split("shared=")[1]


def test_a_stranger_sees_everything_by_the_link(open_page: OpenPage, run_id: str):
    at = open_page(PAGE, STRANGER, shared=shared_link(open_page))
    metrics = {metric.label: metric.value for metric in at.metric}
    assert metrics["Test accuracy"] == "98.76 %"
    assert {header.value for header in at.header} == {
        "How it learned", "Image by image", "What is taken for what", "Class by class",
        "How sure, and how often right",
    }  # fmt: skip
    assert any("learning rate 0.001" in caption.value for caption in at.caption)
    assert any("read-only, shared" in mark.value for mark in at.markdown)
    assert any("Ada's <b>run</b>" in text.value for text in at.text)  # as typed, no markup


def test_nothing_that_is_shown_changes_the_run(open_page: OpenPage, run_id: str):
    at = open_page(PAGE, STRANGER, shared=shared_link(open_page))
    labels = " ".join(button.label for button in at.button)
    assert not re.search("pause|stop|resume|delete|rename|withdraw|share", labels, re.IGNORECASE)
    assert state_of(at).run_id is None  # other pages do not look at it
    assert OWNER not in repr(at.main)


def test_the_link_stays_and_the_visitors_own_pages_do_not_show_the_run(
    open_page: OpenPage, run_id: str
):
    token = shared_link(open_page)
    at = open_page(PAGE, STRANGER, shared=token)
    assert at.query_params["shared"] == token
    at = open_page(PAGE, STRANGER)
    assert any("Nothing to evaluate yet" in sub.value for sub in at.subheader)


def test_the_filters_work_and_ask_again_each_time(open_page: OpenPage, run_id: str):
    at = open_page(PAGE, STRANGER, shared=shared_link(open_page))
    which = next(c for c in at.segmented_control if c.label == "Which images")
    which.set_value("errors").run()
    assert not at.exception
    assert any("1 error" in mark.value for mark in at.markdown)
    shares().withdraw(run_id, OWNER)
    which = next(c for c in at.segmented_control if c.label == "Which images")
    which.set_value("all").run()
    assert "Not found" in at.error[0].value
    assert not at.metric


def test_the_experiment_can_be_taken_over(open_page: OpenPage, run_id: str):
    at = open_page(PAGE, STRANGER, shared=shared_link(open_page))
    at.button(key="shared-open").click().run()
    assert not at.exception
    assert state_of(at).experiment == DIGITS


@pytest.mark.parametrize("token", ["AAAAAAAAAAAAAAAAAAAAAA", "x", ""])
def test_an_unknown_token_is_not_found(open_page: OpenPage, run_id: str, token: str):
    at = open_page(PAGE, STRANGER, shared=token)
    assert "Not found" in at.error[0].value
    assert not at.metric


def test_a_foreign_run_id_is_not_found_in_any_parameter(open_page: OpenPage, run_id: str):
    shared_link(open_page)
    for name in ("shared", "run"):
        at = open_page(PAGE, STRANGER, **{name: run_id})
        assert "Not found" in at.error[0].value
        assert not at.metric


def test_withdrawing_ends_it(open_page: OpenPage, run_id: str):
    token = shared_link(open_page)
    owner = open_page(PAGE, OWNER)
    owner.button(key="evaluate-withdraw").click().run()
    assert not owner.exception
    assert "Not found" in open_page(PAGE, STRANGER, shared=token).error[0].value
