"""The store's tests are made on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

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
