"""The store's tests are made on SQLite and on PostgreSQL; time passes when they say so."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from postgres import drop_database, fresh_database

from nnlab import settings


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, nnlab_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """URL of an empty database, which `NNLAB_DATABASE_URL` names."""
    if request.param == "sqlite":
        yield settings.database_url()
        return
    url = fresh_database(request.getfixturevalue("postgresql"))
    monkeypatch.setenv("NNLAB_DATABASE_URL", url)
    yield url
    drop_database(url)


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets time pass."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)

    def passes(seconds: float) -> None:
        clock.now += seconds

    return passes
