"""A lesson is linked with its controls where they stand."""

from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nnlab.ui.learn import share
from nnlab.ui.learn.desk import Desk
from nnlab.ui.learn.positions import Control, positions
from nnlab.work.engine import Engine
from nnlab.work.status import ClusterStatus

PAGE = "pages/5_Learn.py"
ANSWERS = ("logits", "exponentials", "stable_exponentials", "naive", "stable")
OpenPage = Callable[..., AppTest]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What the last drawings asked the workers, which answer the logits lesson at once."""
    asked: list[dict] = []

    def run_lesson(self: Engine, lesson: str, function: str, **arguments: object) -> object:
        asked.append(arguments)
        return {name: np.full(10, 0.1) for name in ANSWERS}

    monkeypatch.setattr(Engine, "run_lesson", run_lesson)
    monkeypatch.setattr(Engine, "status", ClusterStatus("ready", 1, 1))
    return asked


def desk_of(at: AppTest) -> Desk:
    return at.session_state["nnlab_desk_logits"]


def test_a_link_sets_the_controls(open_page: OpenPage, asked: list[dict]):
    at = open_page(PAGE, lesson="logits", z3="-4.5", shift="20", numbers="yes")
    assert asked[-1]["logits"][3] == -4.5
    assert asked[-1]["shift"] == 20
    assert len(at.dataframe) == 1
    assert dict(at.query_params) == {"lesson": "logits"}
    again = open_page(PAGE, lesson="logits")  # as after a reload
    assert desk_of(again).values["shift"] == 20
    assert not at.warning


def test_what_cannot_be_is_told_with_what_can(open_page: OpenPage, asked: list[dict]):
    at = open_page(PAGE, lesson="logits", z3="99", z4="x", numbers="maybe", z5="2", z10="1")
    told = at.warning[0].value.replace("\\", "")
    assert "z3 must be a number from -10 to 10 (got '99')" in told
    assert "z4 must be a number from -10 to 10 (got 'x')" in told
    assert "numbers must be one of yes, no (got 'maybe')" in told
    assert "z10 is no control here; allowed: z0, z1" in told
    assert "z5" not in told.split("allowed:")[0]
    assert desk_of(at).values["z5"] == 2
    assert all(-10 <= z <= 10 for z in asked[-1]["logits"])


def test_the_link_that_is_shown_leads_back(
    open_page: OpenPage, asked: list[dict], monkeypatch: pytest.MonkeyPatch
):
    shown = []
    monkeypatch.setattr(share, "large_sign", lambda _key, url, _title: shown.append(url))
    at = open_page(PAGE, lesson="logits", z3="-4.5", shift="20")
    at.button(key="logits-share").click().run()
    parameters = dict(parse_qsl(urlsplit(shown[0]).query))
    assert parameters == {"lesson": "logits", "z3": "-4.5", "shift": "20"}
    before = asked[-1]
    asked.clear()
    st.cache_resource.clear()  # the answer is there already
    open_page(PAGE, "2" * 32, **parameters)
    assert asked[-1] == before


@pytest.mark.parametrize(
    ("control", "text", "value"),
    [
        (Control(-3, 0), "-1.5", -1.5),
        (Control(0, 5), "5", 5),
        (Control(), "no", False),
        (Control(options=("a b", "c")), "a b", "a b"),
    ],
)
def test_a_position_is_read(control: Control, text: str, value: object):
    assert control.parse(text) == value
    assert positions({"it": control}, {"it": value}, {}) == {"it": text}


@pytest.mark.parametrize("text", ["", "-", "--1", "nan", "1e999", "inf", "6", "-1", "9" * 5000])
def test_a_position_out_of_place_is_refused(text: str):
    with pytest.raises(ValueError, match="must be a number from 0 to 5"):
        Control(0, 5).parse(text)


def test_rounding_errors_of_a_slider_are_not_written():
    values = SimpleNamespace(it=0.1 + 0.2)
    assert positions({"it": Control(0, 1)}, vars(values), {}) == {"it": "0.3"}
