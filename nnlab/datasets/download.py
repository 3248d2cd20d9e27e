"""Fetch the sets that do not come with a package, from where Keras fetches them too.

The SHA-256 of `mnist.npz` is the one in Keras's source. Those of Fashion-MNIST belong to the
files whose MD5 Zalando publishes; a test rebuilds these files from Debian's copy, in which only
the gzip headers differ, and compares both sums.
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nnlab.datasets import sources
from nnlab.datasets.catalog import DatasetInfo, info
from nnlab.datasets.errors import DatasetCorrupt, DatasetError, DatasetUnavailable
from nnlab.datasets.leftovers import sweep
from nnlab.datasets.transfer import Silence, transfer

BASE_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"

# Seconds without a byte; with what comes before and after, the answer is there within 5 s.
TIMEOUT = 4.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RemoteFile:
    """A file to fetch: its place under `BASE_URL` and our downloads, its size, its SHA-256."""

    name: str
    folder: str
    size: int
    sha256: str


def _fashion(name: str, size: int, sha256: str) -> RemoteFile:
    return RemoteFile(name, sources.IDX_FOLDERS["fashion_mnist"][0], size, sha256)


FILES: dict[str, tuple[RemoteFile, ...]] = {
    "mnist": (
        RemoteFile(
            "mnist.npz", "", 11_490_434,
            "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
        ),
    ),
    "fashion_mnist": (
        _fashion(
            "train-images-idx3-ubyte.gz", 26_421_880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        ),
        _fashion(
            "train-labels-idx1-ubyte.gz", 29_515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        ),
        _fashion(
            "t10k-images-idx3-ubyte.gz", 4_422_102,
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        ),
        _fashion(
            "t10k-labels-idx1-ubyte.gz", 5_148,
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ),
    ),
}  # fmt: skip


def fetch(
    name: str,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Make sure that the set `name` is on this computer; where it is (a file or a folder).

    A set found elsewhere is not downloaded; files already downloaded are checked, not fetched
    again. `progress` gets (bytes so far, bytes in all); it and `cancelled` are called several
    times a second, in the caller's thread. Interrupting is safe at any moment: a file appears
    whole or not at all.

    Raises:
        UnknownDataset: no such set.
        DatasetUnavailable: no connection, the server refused, or a package is missing.
        DatasetCorrupt: a wrong SHA-256 (the file was removed), or a damaged file of the user's.
        DownloadCancelled: `cancelled` returned True.
        DatasetError: the file cannot be written, for example because the disk is full.
    """
    source = sources.find(name)
    if name not in FILES or (source is not None and source.place != "cache"):
        found = sources.require(name)
        sources.check(found)
        return found.path
    _fetch_files(info(name), progress or _ignore, cancelled or _never)
    return sources.require(name).path


def _ignore(_done: int, _total: int) -> None:
    pass


def _never() -> bool:
    return False


def _fetch_files(wanted: DatasetInfo, progress: Progress, cancelled: Callable[[], bool]) -> None:
    files = FILES[wanted.name]
    done, total = 0, sum(file.size for file in files)
    for file in files:
        _fetch_file(wanted, file, _reporter(progress, done, file.size, total), cancelled)
        done += file.size
        progress(done, total)


def _reporter(progress: Progress, before: int, size: int, total: int) -> Callable[[int], None]:
    # pooch counts in whole chunks, so the last one overshoots.
    return lambda received: progress(before + min(received, size), total)


def _fetch_file(
    wanted: DatasetInfo,
    file: RemoteFile,
    report: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> None:
    import requests

    target = sources.download_dir() / file.folder / file.name
    sweep(target.parent, "tmp*")
    try:
        transfer(
            BASE_URL + file.name, target, file.sha256,
            report=report, cancelled=cancelled, timeout=TIMEOUT,
        )  # fmt: skip
    except requests.HTTPError as error:
        raise DatasetUnavailable(_refused(wanted, error)) from error
    except (requests.RequestException, Silence) as error:
        raise DatasetUnavailable(_no_connection(wanted)) from error
    except OSError as error:
        raise DatasetError(_not_written(target, error)) from error
    except ValueError as error:
        raise DatasetCorrupt(target, _WRONG_HASH, _TRY_AGAIN) from error


_WRONG_HASH = "the download does not have the expected SHA-256 and was removed"
_TRY_AGAIN = "Try again; if it stays so, something on the way changes the file."


def _instead(wanted: DatasetInfo) -> str:
    return (
        f"Try again later, use the built-in set mnist_5k, or put the files of {wanted.title}"
        " in a folder and name it in NNLAB_DATA_DIR."
    )


def _no_connection(wanted: DatasetInfo) -> str:
    return f"No connection: {wanted.title} cannot be downloaded now. {_instead(wanted)}"


def _refused(wanted: DatasetInfo, error: Exception) -> str:
    return f"The server does not hand out {wanted.title} ({error}). {_instead(wanted)}"


def _not_written(target: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: {target.name} does not fit in {target.parent}. Free some space."
    return f"{target} cannot be written ({error.strerror or error})."
