"""Fixtures for all tests: a home of their own, and the data folder where there is one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import postgres
import pytest
from real_data import data_folder
from skipping import skip_or_fail

# What starts processes of its own: these tests never run beside each other.
HEAVY = ("browser", "hosting", "work")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Two test processes: one for all heavy tests, one for the others meanwhile, file by file."""
    from xdist.scheduler import LoadScopeScheduling

    class TwoLanes(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", maxsplit=1)[0]
            return "heavy" if file.split("/")[1] in HEAVY else file

    return TwoLanes(config, log)


@pytest.fixture(autouse=True)
def nnlab_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh NNLAB_HOME; nothing of the developer's own runs or settings is touched."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("NNLAB_HOME", str(folder))
    for name in ("NNLAB_DATA_DIR", "NNLAB_SCHEDULER", "NNLAB_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def shared_data() -> Path:
    """Folder with real MNIST (`mnist.npz`) and pen-written digits, beside the project."""
    folder = data_folder()
    if not (folder / "mnist.npz").exists():
        skip_or_fail(f"no mnist.npz in {folder}; set NNLAB_TEST_DATA")
    return folder


@pytest.fixture(scope="session")
def postgresql(postgres_programs_here: Path) -> Iterator[str]:
    """URL of a PostgreSQL server of our own, without a database."""
    server = postgres.Server(postgres_programs_here)
    yield server.url
    server.close()


@pytest.fixture(scope="session")
def postgres_programs_here() -> Path:
    """Where PostgreSQL is installed."""
    programs = postgres.postgres_programs()
    if programs is None:
        skip_or_fail("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    assert programs is not None
    return programs
