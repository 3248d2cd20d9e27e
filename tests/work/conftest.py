"""A real engine with real worker processes; started once, since TensorFlow loads slowly."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helping import WAIT_SECONDS

from nnlab.work.engine import Engine


@pytest.fixture(scope="session")
def engine_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine's home."""
    return tmp_path_factory.mktemp("engine-home")


@pytest.fixture(scope="session")
def engine(engine_folder: Path) -> Iterator[Engine]:
    """Two workers on a home of their own."""
    with pytest.MonkeyPatch.context() as patch:  # for these tests only, not for what follows them
        _set_up(patch, engine_folder)
        engine = Engine(n_workers=2).start()
        engine.wait_until_ready(WAIT_SECONDS)
    yield engine
    engine.close()


@pytest.fixture(autouse=True)
def engine_home(
    engine: Engine, engine_folder: Path, monkeypatch: pytest.MonkeyPatch, nnlab_home: Path
) -> None:
    """This process looks at the engine's files, not at a fresh home."""
    _set_up(monkeypatch, engine_folder)


def _set_up(patch: pytest.MonkeyPatch, folder: Path) -> None:
    patch.setenv("NNLAB_HOME", str(folder))
    patch.delenv("NNLAB_DATABASE_URL", raising=False)
    patch.delenv("NNLAB_SCHEDULER", raising=False)
    patch.setenv("NNLAB_LARGE_THREADS", "2")
    patch.setenv("NNLAB_READY_MADE", "0")
