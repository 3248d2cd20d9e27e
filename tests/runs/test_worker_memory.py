"""The memory of workers, from a setting or the machine."""

import pytest

from nnlab import settings
from nnlab.work import memory


@pytest.mark.parametrize(
    ("written", "size"),
    [("2 GiB", 2**31), ("2GiB", 2**31), ("1.5 GB", 1_500_000_000), ("2048 MiB", 2**31)],
)
def test_a_size_is_read(monkeypatch: pytest.MonkeyPatch, written: str, size: int):
    monkeypatch.setenv("NNLAB_WORKER_MEMORY", written)
    assert settings.worker_memory() == size
    assert memory.memory_of_each(3) == size


@pytest.mark.parametrize("written", ["2", "lots", "-1 GiB", "512 MiB", "1 GB", "0x10 GiB", "GiB"])
def test_what_is_none_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, written: str):
    monkeypatch.setenv("NNLAB_WORKER_MEMORY", written)
    with pytest.raises(ValueError, match='NNLAB_WORKER_MEMORY must look like "2 GiB"'):
        settings.worker_memory()


def test_without_it_the_machine_is_shared_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NNLAB_WORKER_MEMORY", raising=False)
    monkeypatch.setattr(memory, "MEMORY_LIMIT", 10 * 2**30)
    assert settings.worker_memory() is None
    assert memory.memory_of_each(4) == 2 * 2**30
    assert memory.memory_of_each(64) == settings.LEAST_WORKER_MEMORY
