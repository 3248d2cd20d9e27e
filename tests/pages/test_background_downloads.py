import threading
import time
from collections.abc import Callable

import pytest

from nnlab.datasets import DatasetUnavailable, DownloadCancelled
from nnlab.ui.data import downloads as module
from nnlab.ui.data.downloads import Download, Downloads


class FakeFetch:
    """Stands in for `fetch`: reports a quarter, then waits to be released, cancelled or failed."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.release = threading.Event()
        self.error: Exception | None = None

    def __call__(
        self, name: str, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> None:
        self.calls.append(name)
        progress(1_000_000, 4_000_000)
        while not self.release.wait(0.01):
            if cancelled():
                raise DownloadCancelled("Stopped.")
        if self.error:
            raise self.error


@pytest.fixture
def fake_fetch(monkeypatch: pytest.MonkeyPatch) -> FakeFetch:
    fake = FakeFetch()
    monkeypatch.setattr(module, "fetch", fake)
    return fake


def ended(downloads: Downloads, name: str = "mnist") -> Download:
    """The download, once it no longer runs."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        download = downloads.of(name)
        assert download is not None
        if download.state != "running":
            return download
        time.sleep(0.01)
    raise AssertionError("still running")


def test_two_visitors_share_one_download(fake_fetch: FakeFetch):
    downloads = Downloads()
    downloads.start("mnist")
    downloads.start("mnist")
    fake_fetch.release.set()
    assert ended(downloads).state == "finished"
    assert fake_fetch.calls == ["mnist"]


def test_two_sets_at_once(fake_fetch: FakeFetch):
    downloads = Downloads()
    downloads.start("mnist")
    downloads.start("fashion_mnist")
    downloads.cancel("mnist")
    assert ended(downloads).state == "cancelled"
    other = downloads.of("fashion_mnist")
    assert other is not None
    assert other.state == "running"
    fake_fetch.release.set()
    assert ended(downloads, "fashion_mnist").state == "finished"


@pytest.mark.parametrize(
    ("error", "said"),
    [(DatasetUnavailable("No connection."), "No connection."), (RuntimeError("x"), "RuntimeError")],
)
def test_a_failure_is_told_and_can_be_tried_again(
    fake_fetch: FakeFetch, error: Exception, said: str
):
    downloads = Downloads()
    fake_fetch.error = error
    fake_fetch.release.set()
    downloads.start("mnist")
    download = ended(downloads)
    assert download.state == "failed"
    assert said in download.message
    fake_fetch.error = None
    downloads.start("mnist")
    assert ended(downloads).state == "finished"


def test_an_old_failure_is_forgotten(fake_fetch: FakeFetch, monkeypatch: pytest.MonkeyPatch):
    downloads = Downloads()
    fake_fetch.error = DatasetUnavailable("No connection.")
    fake_fetch.release.set()
    downloads.start("mnist")
    ended(downloads)
    monkeypatch.setattr(module, "REMEMBER_SECONDS", 0)
    assert downloads.of("mnist") is None


def test_share_of_what_is_here():
    download = Download("mnist", total=4)
    assert download.share == 0
    download.report(3, 4)
    assert download.share == 0.75
    download.report(5, 4)
    assert download.share == 1
