"""Numbers from the environment, and what is said of wrong ones."""

import os

import pytest

from nnlab import settings

READERS = {
    "NNLAB_WORKERS": settings.worker_count,
    "NNLAB_LARGE_THREADS": settings.large_worker_threads,
    "NNLAB_WORKER_THREADS": settings.worker_threads,
    "NNLAB_RUNS_AT_ONCE": settings.runs_at_once,
    "NNLAB_MAX_EPOCHS": settings.most_epochs,
}


@pytest.mark.parametrize("name", READERS)
def test_a_number_is_taken(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, "3")
    assert READERS[name]() == 3


def test_without_any_the_cores_decide(monkeypatch: pytest.MonkeyPatch):
    for name in READERS:
        monkeypatch.delenv(name, raising=False)
    assert settings.worker_count() == settings.large_worker_threads() == os.cpu_count()
    assert settings.worker_threads() == 1


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("value", ["-1", "many", "1.5", "2001"])
def test_others_are_refused_by_name_with_the_bounds(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=rf"{name} must be a whole number from \d+ to \d+, not"):
        READERS[name]()
