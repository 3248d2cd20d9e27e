"""What every test of a page needs: an engine that starts no worker, and no shared leftovers."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from drawing_by_hand import ONE, PAGE, Canvas, Network, finished_run
from drawing_by_hand import VISITOR as DRAWING_VISITOR
from streamlit.testing.v1 import AppTest

from nnlab.work.engine import Engine

APP = Path(__file__).resolve().parents[2] / "app.py"
VISITOR = "0" * 32

OpenPage = Callable[..., AppTest]


@pytest.fixture
def idle_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages get an engine whose workers never start; caches are empty before and after."""
    monkeypatch.setattr(Engine, "start", lambda self, **_: self)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def open_page(idle_engine: None) -> OpenPage:
    """Opens a page as a visitor would, e.g. `open_page("pages/5_Learn.py", lesson="tensors")`.

    Names after the visitor are the link's query. It fails if the page does.
    """

    def open_it(path: str, visitor: str = VISITOR, **query: str) -> AppTest:
        at = AppTest.from_file(APP, default_timeout=30).switch_page(path)
        # Cookies cannot be set in an AppTest; this is where the name from the cookie is kept.
        at.session_state["nnlab_visitor"] = visitor
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception, at.exception
        return at

    return open_it


@pytest.fixture
def canvas(monkeypatch: pytest.MonkeyPatch) -> Canvas:
    canvas = Canvas()
    module = SimpleNamespace(st_canvas=canvas)
    monkeypatch.setitem(sys.modules, "streamlit_drawable_canvas", module)
    return canvas


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network()
    monkeypatch.setattr(Engine, "read", lambda _, *asked: network.read(*asked))
    return network


@pytest.fixture
def opened(open_page: OpenPage, canvas: Canvas, network: Network) -> AppTest:
    """The page of a visitor with one network, nothing drawn yet."""
    finished_run()
    return open_page(PAGE, DRAWING_VISITOR)


@pytest.fixture
def seven(opened: AppTest, canvas: Canvas) -> AppTest:
    """The page after one stroke, which the network takes for a seven."""
    canvas.draw(ONE)
    opened.run()
    assert not opened.exception
    return opened
