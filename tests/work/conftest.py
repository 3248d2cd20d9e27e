"""A real engine with real worker processes; started once, since TensorFlow loads slowly."""

from collections.abc import Iterator

import pytest
from helping import WAIT_SECONDS

from nnlab.work.engine import Engine


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Two workers on a home of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NNLAB_HOME", str(tmp_path_factory.mktemp("engine-home")))
        patch.delenv("NNLAB_DATABASE_URL", raising=False)
        patch.delenv("NNLAB_SCHEDULER", raising=False)
        patch.setenv("NNLAB_LARGE_THREADS", "2")
        patch.setenv("NNLAB_READY_MADE", "0")
        engine = Engine(n_workers=2).start()
        engine.wait_until_ready(WAIT_SECONDS)
        yield engine
        engine.close()


@pytest.fixture(autouse=True)
def engine_home(engine: Engine, monkeypatch: pytest.MonkeyPatch, nnlab_home) -> None:
    """This process looks at the engine's files, not at a fresh home."""
    home = engine.store.engine.url.database
    assert home is not None
    monkeypatch.setenv("NNLAB_HOME", home.rsplit("/", 1)[0])
