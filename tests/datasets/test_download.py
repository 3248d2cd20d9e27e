import errno
import gzip
import hashlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from skipping import skip_or_fail

from nnlab.datasets import (
    CATALOG,
    DatasetCorrupt,
    DatasetError,
    DatasetUnavailable,
    DownloadCancelled,
    UnknownDataset,
    download,
    fetch,
    sources,
)
from nnlab.datasets.download import FILES, RemoteFile

CONTENT = bytes(range(256)) * 2000  # 512 kB
SHORT = 0.4  # seconds


class Server(ThreadingHTTPServer):
    """Serves CONTENT under every name, in the way of `behaviour`."""

    daemon_threads = True
    behaviour = "good"
    requests = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.requests += 1
        if self.server.behaviour == "refuses":
            self.send_error(403)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        getattr(self, f"send_{self.server.behaviour}")()

    def send_good(self) -> None:
        self.wfile.write(CONTENT)

    def send_wrong(self) -> None:
        self.wfile.write(CONTENT[::-1])

    def send_half(self) -> None:
        self.wfile.write(CONTENT[: len(CONTENT) // 2])

    def send_half_then_silence(self) -> None:
        self.send_half()
        time.sleep(3 * SHORT)

    def send_slowly(self) -> None:
        step = len(CONTENT) // 40
        for start in range(0, len(CONTENT), step):
            self.wfile.write(CONTENT[start : start + step])
            time.sleep(0.05)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Server(("127.0.0.1", 0), Handler) as running:
        monkeypatch.setattr(download, "BASE_URL", running.url)
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(autouse=True)
def short_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Sets of files that all hold CONTENT, and no system folder."""
    digest = hashlib.sha256(CONTENT).hexdigest()
    for name, files in FILES.items():
        short = tuple(replace(file, size=len(CONTENT), sha256=digest) for file in files)
        monkeypatch.setitem(FILES, name, short)
    monkeypatch.setitem(sources.SYSTEM_FOLDERS, "fashion_mnist", tmp_path / "system")


def kept() -> list[str]:
    return sorted(path.name for path in sources.download_dir().rglob("*") if path.is_file())


def soon(condition: Callable[[], bool]) -> bool:
    """Whether it comes true within 3 seconds: a given-up download ends in its own thread."""
    deadline = time.monotonic() + 3
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@pytest.mark.usefixtures("server")
def test_one_file():
    seen: list[tuple[int, int]] = []
    path = fetch("mnist", progress=lambda done, total: seen.append((done, total)))
    assert path == sources.download_dir() / "mnist.npz"
    assert path.read_bytes() == CONTENT
    assert kept() == ["mnist.npz"]
    assert seen == sorted(seen)
    assert seen[-1] == (len(CONTENT), len(CONTENT))


@pytest.mark.usefixtures("server")
def test_four_files_count_as_one_download():
    seen: list[tuple[int, int]] = []
    path = fetch("fashion_mnist", progress=lambda done, total: seen.append((done, total)))
    assert path == sources.download_dir() / "fashion-mnist"
    assert len(kept()) == 4
    assert seen == sorted(seen)
    assert seen[-1] == (4 * len(CONTENT), 4 * len(CONTENT))


def test_progress_is_reported_on_the_way_and_in_the_callers_thread(server: Server):
    server.behaviour = "slowly"
    seen: list[int] = []
    threads = set()

    def progress(done: int, _total: int) -> None:
        seen.append(done)
        threads.add(threading.current_thread())

    fetch("mnist", progress)
    assert len({done for done in seen if 0 < done < len(CONTENT)}) >= 3
    assert threads == {threading.current_thread()}


def test_what_is_there_is_checked_and_not_fetched_again(server: Server):
    path = fetch("mnist")
    fetch("mnist")
    assert server.requests == 1
    path.write_bytes(b"damaged")
    assert fetch("mnist").read_bytes() == CONTENT
    assert server.requests == 2


def test_only_what_is_missing_is_fetched_after_an_interruption(server: Server):
    folder = fetch("fashion_mnist")
    (folder / "t10k-images-idx3-ubyte.gz").unlink()
    fetch("fashion_mnist")
    assert server.requests == 5


@pytest.mark.fault
def test_a_wrong_hash_is_refused_and_the_file_removed(server: Server):
    server.behaviour = "wrong"
    with pytest.raises(DatasetCorrupt, match=r"mnist\.npz.*SHA-256.*removed"):
        fetch("mnist")
    assert kept() == []


@pytest.mark.fault
@pytest.mark.parametrize("behaviour", ["half", "half_then_silence"])
def test_a_broken_connection_leaves_nothing(
    server: Server, behaviour: str, monkeypatch: pytest.MonkeyPatch
):
    server.behaviour = behaviour
    with monkeypatch.context() as patch:
        patch.setattr(download, "TIMEOUT", SHORT)
        with pytest.raises(DatasetUnavailable, match="No connection"):
            fetch("mnist")
    assert soon(lambda: kept() == [])
    server.behaviour = "good"
    assert fetch("mnist").read_bytes() == CONTENT


@pytest.mark.fault
def test_a_server_that_refuses_is_quoted(server: Server):
    server.behaviour = "refuses"
    with pytest.raises(DatasetUnavailable, match=r"403.*mnist_5k"):
        fetch("mnist")


@pytest.mark.fault
def test_cancelled_at_once_and_without_a_trace(server: Server):
    server.behaviour = "slowly"
    seen: list[int] = []
    started = time.monotonic()
    with pytest.raises(DownloadCancelled):
        fetch("mnist", lambda done, _total: seen.append(done), lambda: max(seen, default=0) > 0)
    assert time.monotonic() - started < 5
    assert kept() == []


@pytest.mark.fault
def test_a_page_that_goes_away_ends_the_download(server: Server):
    """Streamlit stops a script by an exception in whatever it calls."""
    server.behaviour = "slowly"

    def progress(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch("mnist", progress)
    assert soon(lambda: kept() == [])
    time.sleep(2 * SHORT)
    assert kept() == []


@pytest.mark.fault
def test_a_closed_port_is_no_connection(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setattr(download, "BASE_URL", f"http://127.0.0.1:{unused.getsockname()[1]}/")
    started = time.monotonic()
    with pytest.raises(DatasetUnavailable, match=r"No connection.*mnist_5k.*NNLAB_DATA_DIR"):
        fetch("mnist")
    assert time.monotonic() - started < 5
    assert kept() == []


@pytest.fixture
def black_hole(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server that takes connections and never says a word."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        monkeypatch.setattr(download, "BASE_URL", url)
        yield


@pytest.mark.fault
@pytest.mark.usefixtures("black_hole")
def test_a_silent_server_is_given_up_within_five_seconds():
    started = time.monotonic()
    with pytest.raises(DatasetUnavailable, match="No connection"):
        fetch("mnist")
    assert 1 < time.monotonic() - started < 5
    assert soon(lambda: kept() == [])


@pytest.mark.fault
@pytest.mark.usefixtures("black_hole")
def test_a_silent_server_can_be_cancelled_before():
    started = time.monotonic()
    with pytest.raises(DownloadCancelled):
        fetch("mnist", cancelled=lambda: time.monotonic() - started > 0.1)
    assert time.monotonic() - started < 5


@pytest.mark.fault
def test_a_name_that_nobody_answers_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch):
    """Looking up a name knows no time-out; it must not hold up the page."""
    monkeypatch.setattr(download, "BASE_URL", "http://nowhere.invalid/")
    monkeypatch.setattr(download, "TIMEOUT", SHORT)

    def getaddrinfo(*_arguments: object, **_options: object) -> list[object]:
        time.sleep(5 * SHORT)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    started = time.monotonic()
    with pytest.raises(DatasetUnavailable, match="No connection"):
        fetch("mnist")
    assert time.monotonic() - started < 5


@pytest.mark.fault
@pytest.mark.usefixtures("server")
def test_a_full_disk_is_said_and_leaves_no_half_file(monkeypatch: pytest.MonkeyPatch):
    import pooch

    def write(_downloader: object, _url: str, output_file: str, _pooch: object) -> None:
        Path(output_file).write_bytes(CONTENT[:1000])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", write)
    with pytest.raises(DatasetError, match="disk is full"):
        fetch("mnist")
    assert kept() == []


@pytest.mark.fault
@pytest.mark.usefixtures("server")
def test_a_cache_that_cannot_be_written_is_said(nnlab_home: Path):
    (nnlab_home / "cache").write_text("a file where a folder should be")
    with pytest.raises(DatasetError, match="cannot be written"):
        fetch("mnist")


def test_sets_found_elsewhere_are_not_downloaded(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    assert fetch("mnist_5k").name == "mnist_5k.csv.gz"
    monkeypatch.setenv("NNLAB_DATA_DIR", str(tmp_path))
    (tmp_path / "mnist.npz").write_bytes(b"damaged")
    with pytest.raises(DatasetCorrupt, match="good copy"):
        fetch("mnist")
    assert server.requests == 0


def test_unknown_name():
    with pytest.raises(UnknownDataset):
        fetch("cifar")


REAL_FILES = {name: tuple(files) for name, files in FILES.items()}

# As Zalando publishes them with Fashion-MNIST.
MD5 = {
    "train-images-idx3-ubyte.gz": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
    "train-labels-idx1-ubyte.gz": "25c81989df183df01b3e8a0aad5dffbe",
    "t10k-images-idx3-ubyte.gz": "bef4ecab320f06d8554ea6380940ec79",
    "t10k-labels-idx1-ubyte.gz": "bb300cfdad3c16e7a12a480ee83cd310",
}
# Seconds since 1970 in the headers of the published files: 31 August 2017.
PACKED_AT = {"train": 1_504_176_606, "t10k": 1_504_176_627}


@pytest.mark.parametrize("name", list(REAL_FILES))
def test_the_catalogue_knows_the_size_of_the_download(name: str):
    assert sum(file.size for file in REAL_FILES[name]) == CATALOG[name].download_bytes


@pytest.mark.parametrize("file", REAL_FILES["fashion_mnist"], ids=lambda file: file.name)
def test_the_hashes_are_those_of_the_published_fashion_files(file: RemoteFile):
    """Debian's files lack the original name and time in their gzip headers; put them back."""
    installed = Path("/usr/share/datasets/fashion-mnist", file.name)
    if not installed.exists():
        skip_or_fail("the system package dataset-fashion-mnist is not installed")
    content = installed.read_bytes()
    if content[3] != 0:
        skip_or_fail("another build of dataset-fashion-mnist")
    original = file.name.removesuffix(".gz")
    time_packed = struct.pack("<I", PACKED_AT[file.name.split("-")[0]])
    rebuilt = b"".join(
        [content[:3], b"\x08", time_packed, content[8:10], original.encode(), b"\0", content[10:]]
    )
    assert gzip.decompress(rebuilt)[:3] == b"\0\0\x08"
    assert hashlib.md5(rebuilt).hexdigest() == MD5[file.name]
    assert hashlib.sha256(rebuilt).hexdigest() == file.sha256
    assert len(rebuilt) == file.size
