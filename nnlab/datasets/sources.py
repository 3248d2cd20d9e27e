"""Where the files of a set are: the first place that has them counts.

In order: the folders of `NNLAB_DATA_DIR`, the system's Fashion-MNIST folder, our cache of
downloads. A damaged file is reported, never passed over: whoever put it there wants to know.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nnlab import settings
from nnlab.datasets.arrays import Arrays
from nnlab.datasets.builtin import BUILT_IN, read_table, table_path
from nnlab.datasets.catalog import DatasetInfo, info
from nnlab.datasets.errors import DatasetCorrupt, DatasetError, DatasetUnavailable
from nnlab.datasets.idx import IDX_NAMES, check_idx, read_idx
from nnlab.datasets.npz import check_npz, read_npz
from nnlab.experiment import OWN_IMAGES

Place = Literal["folder", "system", "cache", "built in"]

MADE = "Ready: made from a formula, needs no file."
OWN = "Ready: kept for who uploaded it."

# Where Debian's and Ubuntu's package dataset-fashion-mnist puts its files.
SYSTEM_FOLDERS = {"fashion_mnist": Path("/usr/share/datasets/fashion-mnist")}

# Folders with the four idx files; both sets use the same file names. The last is torchvision's.
IDX_FOLDERS = {
    "mnist": ("mnist", "MNIST/raw"),
    "fashion_mnist": ("fashion-mnist", "fashion_mnist", "FashionMNIST/raw"),
}


@dataclass(frozen=True)
class Source:
    """Files that hold one set: an `.npz`, a table, or four idx files in the order of PARTS."""

    name: str
    place: Place
    kind: Literal["npz", "idx", "table"]
    files: tuple[Path, ...]

    @property
    def path(self) -> Path:
        """The file, or the folder of several files."""
        return self.files[0] if len(self.files) == 1 else self.files[0].parent


@dataclass(frozen=True)
class Availability:
    """Whether a set can be used: ready, after a download, or broken; and what to do.

    `size_bytes` is the size of the files on disk, or of the download.
    """

    state: Literal["ready", "download", "broken"]
    where: str
    size_bytes: int
    message: str


def download_dir() -> Path:
    """Our cache of downloaded files."""
    return settings.cache_dir() / "downloads"


def find(name: str) -> Source | None:
    """The place that counts for the set `name`, None when it is nowhere. Opens no file.

    Points in the plane are in no place: they are made.

    Raises:
        UnknownDataset: no such set.
    """
    if name == OWN_IMAGES or not info(name).has_images:
        return None
    if name in BUILT_IN:
        table = table_path(name)
        return Source(name, "built in", "table", (table,)) if table else None
    return next(_places(name), None)


def require(name: str) -> Source:
    """As `find`, for those who cannot do without.

    Raises:
        UnknownDataset: no such set.
        DatasetUnavailable: the set is not here; says how to get it.
    """
    if name == OWN_IMAGES:
        raise DatasetUnavailable("Own images are found by an experiment, not by name.")
    source = find(name)
    if source is None and not info(name).has_images:
        raise DatasetUnavailable(f"{info(name).title} has no file: it is made from a formula.")
    if source is None:
        raise DatasetUnavailable(_absent(name).message)
    return source


def status(name: str) -> Availability:
    """Whether the set `name` can be used. Cheap: looks at headers, reads no images.

    Raises:
        UnknownDataset: no such set.
    """
    if not info(name).has_images:
        return Availability("ready", "made from a formula", 0, MADE)
    if name == OWN_IMAGES:
        return Availability("ready", "kept for its owner", 0, OWN)
    source = find(name)
    if source is None:
        return _absent(name)
    try:
        check(source)
    except DatasetError as error:
        return _unusable(source, error)
    size = sum(file.stat().st_size for file in source.files)
    return Availability("ready", str(source.path), size, _READY[source.place])


def check(source: Source) -> None:
    """Look at what the files declare, without reading them.

    Raises:
        DatasetCorrupt: a file does not hold what it should; names it and what to do.
        DatasetUnavailable: a file is missing or cannot be opened.
    """
    with _remedy(source):
        if source.kind == "npz":
            check_npz(source.files[0], info(source.name))
        elif source.kind == "idx":
            check_idx(source.files, info(source.name))
        else:
            _check_present(source.files[0])


def read(source: Source) -> Arrays:
    """Read the files whole.

    Raises:
        DatasetCorrupt, DatasetUnavailable: see `check`.
    """
    described = info(source.name)
    with _remedy(source):
        if source.kind == "npz":
            return read_npz(source.files[0], described)
        if source.kind == "idx":
            return read_idx(source.files, described)
        return read_table(source.files[0], described)


def _places(name: str) -> Iterator[Source]:
    for folder in settings.data_dirs():
        yield from _in_data_folder(name, folder)
    if name in SYSTEM_FOLDERS:
        yield from _idx_source(name, "system", SYSTEM_FOLDERS[name])
    yield from _npz_source(name, "cache", download_dir())
    yield from _idx_source(name, "cache", download_dir() / IDX_FOLDERS[name][0])


def _in_data_folder(name: str, folder: Path) -> Iterator[Source]:
    yield from _npz_source(name, "folder", folder)
    for inner in IDX_FOLDERS[name]:
        yield from _idx_source(name, "folder", folder / inner)
    # `NNLAB_DATA_DIR` may name the folder of idx files itself; only its name tells which set.
    if folder.name in IDX_FOLDERS[name]:
        yield from _idx_source(name, "folder", folder)


def _npz_source(name: str, place: Place, folder: Path) -> Iterator[Source]:
    file = folder / f"{name}.npz"
    if os.path.isfile(file):  # unlike Path.is_file, False for a folder closed to us
        yield Source(name, place, "npz", (file,))


def _idx_source(name: str, place: Place, folder: Path) -> Iterator[Source]:
    """Four files make a set; in a folder of the user's, fewer are reported when opened."""
    files = tuple(_packed_or_not(folder / file) for file in IDX_NAMES)
    present = [os.path.isfile(file) for file in files]
    if all(present) or (place == "folder" and any(present)):
        yield Source(name, place, "idx", files)


def _packed_or_not(file: Path) -> Path:
    packed = file.with_name(file.name + ".gz")
    return packed if os.path.isfile(packed) or not os.path.isfile(file) else file


def _check_present(file: Path) -> None:
    if not os.path.isfile(file):
        raise DatasetUnavailable(f"{file}: is missing.")


@contextmanager
def _remedy(source: Source) -> Iterator[None]:
    """Add to an error of the readers what to do, which depends on the place."""
    what = _REMEDIES[source.place].format(name=source.name)
    try:
        yield
    except DatasetCorrupt as error:
        raise DatasetCorrupt(error.file, error.problem, what) from error
    except DatasetUnavailable as error:
        raise DatasetUnavailable(f"{error} {what}") from error


def _absent(name: str) -> Availability:
    described = info(name)
    if name in BUILT_IN:
        package = BUILT_IN[name][0]
        missing = f"{described.title} comes with the Python package {package}, which is missing."
        return Availability("broken", package, 0, f"{missing} {_REMEDIES['built in']}")
    return _download(described, f"{described.title} is not on this computer yet.")


def _unusable(source: Source, error: DatasetError) -> Availability:
    if source.place == "cache":
        return _download(info(source.name), f"The downloaded copy is damaged: {error}")
    return Availability("broken", str(source.path), 0, str(error))


def _download(described: DatasetInfo, reason: str) -> Availability:
    size = described.download_bytes
    message = (
        f"{reason} It needs a download of {size / 1e6:.0f} MB: on the Data page, or with"
        f" `python -m nnlab datasets fetch {described.name}`. Without a network, take mnist_5k:"
        " it is built in."
    )
    return Availability("download", "download", size, message)


_READY: dict[Place, str] = {
    "folder": "Ready: found in a folder of NNLAB_DATA_DIR.",
    "system": "Ready: installed on this computer.",
    "cache": "Ready: downloaded before.",
    "built in": "Ready: built in, needs no network.",
}
_REMEDIES: dict[Place, str] = {
    "folder": "Put a good copy in its place, or move it away: the set is then sought elsewhere.",
    "system": "Install the system package dataset-fashion-mnist again, or remove it.",
    "cache": "Download it again: Data page, or `python -m nnlab datasets fetch {name}`.",
    "built in": "Install it again: `pip install -r requirements.txt`.",
}
