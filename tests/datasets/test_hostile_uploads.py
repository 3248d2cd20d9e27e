"""Uploads that would do harm: each refused with a clear message, nothing run, nothing unpacked."""

import io
import os
import pickle
import random
import re
import stat
import struct
import tomllib
import tracemalloc
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from upload_files import folders, npz, png, shapes, zipped

from nnlab.datasets.uploaded import (
    MOST_BYTES,
    NotAnImageSet,
    Preparation,
    read_images,
    require_size,
)
from nnlab.datasets.uploaded import zipped as zip_reader

TWELVE = Preparation(side=12)
ROOT = Path(__file__).resolve().parents[2]


class Runs:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = str(mark)

    def __reduce__(self) -> Any:
        return os.mkdir, (self.mark,)


def refused(content: bytes) -> str:
    with pytest.raises(NotAnImageSet) as caught:
        read_images(content, TWELVE)
    text = str(caught.value)
    assert len(text) < 300
    assert not set(text) & set("<>`\\"), text
    return text


def with_size(content: bytes, name: str, size: int) -> bytes:
    """The zip, in whose list of entries one says that it unpacks to `size` bytes."""
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(name)] != name.encode():
        at = content.index(b"PK\x01\x02", at + 1)
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


def test_what_is_too_large_is_refused_by_the_size_it_says_it_has():
    with pytest.raises(NotAnImageSet, match="The file has 2,147 MB; at most 30 MB are read"):
        require_size(2**31)
    limits = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert limits["server"]["maxUploadSize"] * 1_000_000 == MOST_BYTES
    for file, limit in (("nginx.conf", r"client_max_body_size (\d+)m"), ("Caddyfile", r"(\d+)MB")):
        found = re.search(limit, (ROOT / "deploy" / file).read_text())
        assert found is not None
        assert (
            50 > int(found[1]) > 1.1 * limits["server"]["maxUploadSize"]
        )  # MiB, and a form's head
    entry = "cats/0.png"
    two_gigabytes = with_size(zipped(folders()), entry, 2**31)
    assert "unpack to more than 300 MB" in refused(two_gigabytes)
    assert "unpacks to 30 MB; at most 20 MB" in refused(
        with_size(zipped(folders()), entry, 30_000_000)
    )


def test_a_bomb_in_a_zip_costs_nothing():
    zeros = bytes(21_000_000)
    bomb = zipped([*folders(), *((f"cats/b{i}.png", zeros) for i in range(3))])
    assert len(bomb) < 200_000
    tracemalloc.start()
    assert "at most 20 MB" in refused(bomb)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_an_image_with_too_many_pixels_is_not_decoded():
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = lambda kind, data: (  # noqa: E731
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    )
    big = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99)))
    assert "too many pixels" in refused(zipped([*folders(), ("cats/big.png", big)]))
    wide = png(np.zeros((10, 3_000_000), np.uint8))
    assert "(3,000,000 × 10)" in refused(zipped([*folders(), ("cats/wide.png", wide)]))


def test_all_pixels_together_are_limited(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zip_reader, "MOST_PIXELS_TOGETHER", 1500)
    assert "Make them smaller first" in refused(zipped(folders()))


def test_too_many_entries_are_counted_before_they_are_listed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zip_reader, "MOST_ENTRIES", 11)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # not even opened
    assert "too many files" in refused(b"PK" + b"PK\x01\x02" * 12)


@pytest.mark.parametrize(
    "name",
    ["../evil.png", "cats/../../evil.png", "/etc/evil.png", "C:\\evil.png", "..\\..\\evil.png"],
)
def test_names_outside_the_zip(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert "outside of itself" in refused(zipped([*folders(), (name, png(shapes(1)[0]))]))
    assert list(tmp_path.rglob("*")) == []


def test_links_passwords_and_unusual_packing():
    link = zipfile.ZipInfo("cats/link.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "is a link" in refused(zipped([*folders(), (link, b"/etc/passwd")]))
    assert "unusual way" in refused(zipped(folders(), zipfile.ZIP_LZMA))
    locked = bytearray(zipped(folders()))
    for at in range(len(locked)):
        if locked[at : at + 4] == b"PK\x01\x02":
            locked[at + 8] |= 1
    assert "password" in refused(bytes(locked))


def test_what_is_no_image_says_so_whatever_its_name():
    for content in (b"<svg onload=alert(1)>", b"%PDF-1.4", png(shapes(1)[0])[:60], b""):
        entry = ("cats/<script>.png", content)
        assert "“cats/‹script›.png” is no image" in refused(zipped([*folders(), entry]))
    assert "lies in no folder" in refused(zipped([*folders(), ("x.png", png(shapes(1)[0]))]))
    assert "no images in folders" in refused(zipped([("a/b.txt", b"x"), ("c.zip", zipped([]))]))


def test_html_in_names_is_taken_out():
    evil = "<img src=x onerror=alert(1)>"
    own = read_images(zipped(folders((evil, "[dogs](http://x)"))), TWELVE).own
    assert not set("".join(own.classes)) & set("<>[]`*")
    long = "a" * 40
    assert "Two folders are called" in refused(zipped(folders((long + "1", long + "2"))))
    assert "without letters" in refused(zipped(folders(("\u202e\u200b", "dogs"))))
    own = read_images(npz(x=shapes(10), y=np.array(["<b>", "ok"] * 5)), TWELVE).own
    assert own.classes == ("ok", "‹b›")
    assert "same name" in refused(npz(x=shapes(12), y=np.array(["<b>", "‹b›", "c"] * 4)))


def test_pickles_are_never_opened(tmp_path: Path):
    mark = tmp_path / "ran"
    evil = np.array([Runs(mark)], dtype=object)
    array = io.BytesIO()
    np.save(array, evil, allow_pickle=True)
    for content in (
        pickle.dumps(Runs(mark)),
        npz(x=evil, y=np.zeros(1, int)),
        npz(x=shapes(1), y=evil),
        array.getvalue(),
        zipped([("x.npy", pickle.dumps(Runs(mark))), ("y.npy", pickle.dumps(Runs(mark)))]),
    ):
        refused(content)
    assert not mark.exists()
    assert "pickled" in refused(pickle.dumps(Runs(mark)))
    assert "pickled" in refused(npz(x=shapes(1), y=evil))


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"a": shapes(3)}, "needs the arrays x and y"),
        ({"x": shapes(10)[0], "y": np.zeros(12, int)}, "“x” has the shape (12, 12); images are"),
        ({"x": shapes(10), "y": np.zeros(9, int)}, "“y” has the shape (9,); for 10 images"),
        ({"x": shapes(10), "y": np.eye(10)}, "not one-hot"),
        ({"x": shapes(10), "y": np.zeros(10)}, "“y” has the type float64"),
        ({"x": shapes(10) * 1j, "y": np.zeros(10, int)}, "“x” has the type complex128"),
        ({"x": shapes(10) - 3.5, "y": np.zeros(10, int)}, "values from -3.5"),
        ({"x": shapes(10) * np.nan, "y": np.zeros(10, int)}, "values from nan"),
        ({"x": np.zeros((0, 9, 9)), "y": np.zeros(0, int)}, "has the shape (0, 9, 9)"),
        ({"x": np.zeros((10, 9, 9, 7)), "y": np.zeros(10, int)}, "(n, height, width, 3)"),
        ({"x": shapes(10), "y": np.zeros(10, int)}, "2 to 50 classes (got 1)"),
        ({"x": shapes(10), "y": np.arange(10)}, "Class “0” has 1 images to learn from"),
        ({"x": shapes(60), "y": np.arange(60)}, "2 to 50 classes (got 60)"),
    ],
)
def test_arrays_of_the_wrong_kind(arrays: dict[str, Any], said: str):
    assert said in refused(npz(**arrays))


def test_an_array_is_refused_by_the_shape_that_it_says_it_has():
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': (60000, 28, 28), }"
    huge = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head
    labels = io.BytesIO()
    np.save(labels, np.zeros(60_000, np.uint8))
    content = zipped([("x.npy", huge), ("y.npy", labels.getvalue())])
    assert "unpack to 376 MB; at most 250 MB" in refused(content)
    short = huge.replace(b"60000", b"00010").replace(b"<f8", b"|u1")
    labels = io.BytesIO()
    np.save(labels, np.arange(10) % 2)
    content = zipped([("x.npy", short.replace(b"00010", b"   10")), ("y.npy", labels.getvalue())])
    assert "not as long as it says" in refused(content)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b,c\n1,2,3", "A row has 3 columns"),
        ("0," + ",".join("1" * 16) + "\n1,2", "Row 2 has 2 columns, the first one 17"),
        ("0," + ",".join("1" * 16) + "\n1," + ",".join("1" * 15) + ",=cmd()", "Row 2, column 17"),
        ("0," + ",".join(["900"] * 16) + "\n1," + ",".join("1" * 16), "values from 1 to 900"),
        ("0," + ",".join("1" * 16), "no rows"),
        ("\0\1\2", "no file that can be read"),
        ("ä".encode("latin-1").decode("latin-1"), "no rows"),
    ],
)
def test_tables_of_the_wrong_kind(text: str, said: str):
    assert said in refused(text.encode())


def test_damaged_files_are_refused_or_read_but_never_an_error():
    draw = random.Random(4)
    whole = [
        zipped(folders(each=5, side=8)),
        npz(x=shapes(10), y=np.arange(10) % 2),
        ("\n".join(f"{i % 2}," + ",".join(["7"] * 64) for i in range(10))).encode(),
    ]
    read = 0
    for _ in range(600):
        content = bytearray(draw.choice(whole))
        for _ in range(draw.randint(1, 6)):
            content[draw.randrange(len(content))] = draw.randrange(256)
        cut = content[: draw.randrange(len(content))] if draw.random() < 0.2 else content
        try:
            read_images(bytes(cut), TWELVE)
            read += 1
        except NotAnImageSet:
            pass
    assert 0 < read < 600
