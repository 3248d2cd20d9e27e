"""What every test of a page needs: an engine that starts no worker, and no shared leftovers."""

from collections.abc import Iterator

import pytest
import streamlit as st

from nnlab.work.engine import Engine


@pytest.fixture
def idle_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages get an engine whose workers never start; caches are empty before and after."""
    monkeypatch.setattr(Engine, "start", lambda self: self)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()
