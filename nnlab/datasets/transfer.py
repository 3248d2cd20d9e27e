"""Download one file, watched: it can be cancelled at any time, and silence ends it.

The download runs in a thread of its own. Time-outs of a socket do not cover looking up the
host's name nor trying its many addresses in turn, so this thread's silence is what is timed;
and the callbacks run in the caller's thread, as Streamlit needs.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from nnlab.datasets.errors import DownloadCancelled

CHUNK_BYTES = 1 << 16
_POLL_SECONDS = 0.05
_GRACE_SECONDS = 1.0


class Silence(Exception):
    """Nothing came for too long."""


class _Abandoned(Exception):
    """Raised inside the download's thread to end it."""


class _Download:
    """What the two threads share. Stands in for a progress bar, which is all pooch reports to."""

    def __init__(self) -> None:
        self.total = 0
        self.received = 0
        self.last_sign = time.monotonic()
        self.abandoned = False
        self.error: Exception | None = None

    def update(self, count: int) -> None:
        if self.abandoned:
            raise _Abandoned
        self.received += count
        self.last_sign = time.monotonic()

    def reset(self) -> None:
        self.received = 0

    def close(self) -> None:
        """Part of a progress bar; there is nothing to close."""


def transfer(
    url: str,
    target: Path,
    sha256: str,
    *,
    report: Callable[[int], None],
    cancelled: Callable[[], bool],
    timeout: float,
) -> None:
    """Download `url` to `target`, unless a file with that SHA-256 is there already.

    `target` appears whole or not at all. `report` gets the bytes so far; `timeout` is in seconds
    without a single byte.

    Raises:
        DownloadCancelled: `cancelled` returned True.
        Silence: nothing came for `timeout` seconds.
        requests.RequestException: no connection, it broke, or the server refused.
        ValueError: another SHA-256; the file was removed.
        OSError: the file cannot be written.
    """
    import pooch  # noqa: F401  (slow to import; not part of the time allowed for an answer)

    download = _Download()
    arguments = (download, url, target, sha256, timeout)
    thread = threading.Thread(target=_run, args=arguments, daemon=True)
    thread.start()
    try:
        _watch(download, thread, report, cancelled, timeout)
    finally:
        download.abandoned = True
    if download.error is not None:
        raise download.error


def _watch(
    download: _Download,
    thread: threading.Thread,
    report: Callable[[int], None],
    cancelled: Callable[[], bool],
    timeout: float,
) -> None:
    while thread.is_alive():
        thread.join(_POLL_SECONDS)
        report(download.received)
        if cancelled():
            download.abandoned = True
            thread.join(_GRACE_SECONDS)  # time to remove its temporary file
            raise DownloadCancelled("The download was stopped; nothing was kept of it.")
        if thread.is_alive() and time.monotonic() - download.last_sign > timeout:
            raise Silence


def _run(download: _Download, url: str, target: Path, sha256: str, timeout: float) -> None:
    import pooch

    pooch.get_logger().setLevel("WARNING")
    downloader = pooch.HTTPDownloader(
        progressbar=download,
        chunk_size=CHUNK_BYTES,
        timeout=timeout,
        # The files' own bytes: a server must not unpack or pack them on the way.
        headers={"Accept-Encoding": "identity"},
    )
    try:
        pooch.retrieve(url, f"sha256:{sha256}", target.name, target.parent, downloader=downloader)
    except Exception as error:  # handed to the thread that waits
        download.error = error
