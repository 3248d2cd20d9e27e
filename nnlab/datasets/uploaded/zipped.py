"""A zip with a folder for each class. It is read entry by entry; nothing is unpacked to disk."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets.uploaded.limits import (
    MOST_ENTRIES,
    MOST_FILE,
    MOST_FILES,
    MOST_PIXELS_TOGETHER,
    NotAnImageSet,
    UploadRefused,
    megabytes,
    require_count,
    require_numbers,
    shown,
)
from nnlab.datasets.uploaded.picture import Preparation, open_picture, prepared
from nnlab.datasets.uploaded.progress import Tell
from nnlab.experiment.names import harmless

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
_ENTRY = b"PK\x01\x02"
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
# What zipfile raises over content that somebody has tampered with.
_DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError,
    NotImplementedError,
)  # fmt: skip
_TEST_FOLDERS = {"test", "testing"}
_TOLD_AFTER = 50  # images


@dataclass
class Collected:
    """What came of a zip: images with the class and part of each, and what was left out."""

    images: list[NDArray[np.uint8]] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    for_test: list[bool] = field(default_factory=list)
    coloured: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class _Entry:
    info: zipfile.ZipInfo
    label: str
    test: bool


def read_zip(content: bytes, preparation: Preparation, tell: Tell) -> Collected:
    """The images of all class folders, prepared.

    Raises:
        NotAnImageSet: it is no zip or a damaged one, too large in any way, names files outside
            itself, or holds images outside folders or what is no image.
    """
    with open_zip(content) as archive:
        found = Collected()
        entries = _entries(archive, found)
        if not entries:
            raise NotAnImageSet(
                "The zip holds no images in folders. It should have a folder for each class, with "
                f"images in it ({', '.join(SUFFIXES)})."
            )
        _require_classes(entries)
        _decode(archive, entries, preparation, tell, found)
    return found


@contextmanager
def open_zip(content: bytes) -> Iterator[zipfile.ZipFile]:
    """A zip of which nothing is unpacked yet, with as many entries as are allowed, all harmless.

    Raises:
        NotAnImageSet: here, or while entries are read: it is damaged or no zip.
    """
    # Before the list of entries is read, as each takes some hundred bytes of memory.
    if content.count(_ENTRY) > MOST_ENTRIES:
        raise NotAnImageSet(f"The zip holds too many files; at most {MOST_ENTRIES:,} are read.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                _require_harmless(info)
            yield archive
    except UploadRefused:
        raise
    except _DAMAGES:
        raise NotAnImageSet("The zip is damaged, or is none.") from None


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """What an entry unpacks to.

    Raises:
        NotAnImageSet: it is, or says that it is, larger than `most` bytes.
    """
    if info.file_size > most:
        raise NotAnImageSet(
            f"“{shown(info.filename)}” unpacks to {megabytes(info.file_size)}; at most "
            f"{megabytes(most)} are read."
        )
    with archive.open(info) as member:
        # Reading past the end also makes zipfile compare the checksum.
        return member.read(most + 1)


def _require_harmless(info: zipfile.ZipInfo) -> None:
    name = shown(info.filename)
    raw = info.orig_filename.replace("\\", "/")
    if _DRIVE.match(raw) or raw.startswith("/") or ".." in raw.split("/") or "\0" in raw:
        raise NotAnImageSet(
            f"The zip names a file outside of itself, “{name}”. Such a file is not read at all."
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise NotAnImageSet(f"“{name}” is a link to a file, not the file.")
    if info.flag_bits & _ENCRYPTED:
        raise NotAnImageSet("The zip has a password. Make one without.")
    if info.compress_type not in _COMPRESSIONS:
        raise NotAnImageSet(f"“{name}” is packed in an unusual way. Use an ordinary zip.")


def _entries(archive: zipfile.ZipFile, found: Collected) -> list[_Entry]:
    """The image files by folder; what is something else is counted."""
    entries = []
    for info in archive.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
        if info.is_dir() or hidden or path.name.lower() in ("thumbs.db", "desktop.ini"):
            continue
        if path.suffix.lower() not in SUFFIXES:
            found.left_out[shown(path.name)] += 1
            continue
        if len(path.parts) < 2:
            raise NotAnImageSet(
                f"“{shown(path.name)}” lies in no folder. The folder of an image is its class."
            )
        test = any(part.lower() in _TEST_FOLDERS for part in path.parts[:-2])
        entries.append(_Entry(info, path.parts[-2], test))
    require_count(len(entries))
    if sum(entry.info.file_size for entry in entries) > MOST_FILES:
        raise NotAnImageSet(f"The images unpack to more than {megabytes(MOST_FILES)}, the most.")
    return entries


def _require_classes(entries: list[_Entry]) -> None:
    """Before any image is decoded, which can take long."""
    named: dict[str, str] = {}
    for label in {entry.label for entry in entries}:
        name = harmless(label)
        if not name:
            raise NotAnImageSet("A folder has a name without letters or digits. Rename it.")
        if named.setdefault(name, label) != label:
            raise NotAnImageSet(
                f"Two folders are called “{name}”, once signs that could do harm are taken out and "
                "long names are cut. Rename one."
            )
    counts = {harmless(entry.label): 0 for entry in entries}
    for entry in entries:
        counts[harmless(entry.label)] += not entry.test
    require_numbers(counts, sum(entry.test for entry in entries))


def _decode(
    archive: zipfile.ZipFile,
    entries: list[_Entry],
    preparation: Preparation,
    tell: Tell,
    found: Collected,
) -> None:
    size = pixels = 0
    for number, entry in enumerate(entries):
        content = read_entry(archive, entry.info, MOST_FILE)
        opened = open_picture(content, entry.info.filename, preparation.side)
        size, pixels = size + len(content), pixels + opened.pixels
        if size > MOST_FILES or pixels > MOST_PIXELS_TOGETHER:
            raise NotAnImageSet(
                f"All images together have more than {MOST_PIXELS_TOGETHER // 1_000_000} million "
                "pixels. Make them smaller first, or upload fewer."
            )
        found.images.append(prepared(opened.grey, preparation))
        found.classes.append(harmless(entry.label))
        found.for_test.append(entry.test)
        found.coloured += opened.coloured
        if number % _TOLD_AFTER == 0:
            tell(number / len(entries))
