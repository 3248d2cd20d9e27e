"""Files of weights that would do harm: refused, and read where a crash ends nothing else."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from nnlab.keras_file import NotANetwork, weights
from nnlab.keras_file.hdf5_process import MOST_OBJECTS, Refused, arrays_in

KERNEL = "layers/dense/vars/0"
GOOD = {
    KERNEL: np.arange(640, dtype=np.float32).reshape(64, 10) / 7,
    "layers/dense/vars/1": np.linspace(-1, 1, 10, dtype=np.float32),
    "layers/dropout/seed_generator/vars/0": np.array([1, 2**32 - 1], np.uint32),
}


def written(change: Callable[[h5py.File], object] = lambda _: None) -> bytes:
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        for path, array in GOOD.items():
            file[path] = array
        change(file)
    return content.getvalue()


def replaced(make: Callable[[h5py.File], object]) -> bytes:
    def change(file: h5py.File) -> None:
        del file[KERNEL]
        make(file)

    return written(change)


def test_another_process_reads_the_same_arrays():
    found = weights.read_weights(written())
    assert list(found) == list(arrays_in(written()))
    assert set(found) == set(GOOD)
    for path, array in GOOD.items():
        np.testing.assert_array_equal(found[path], array)
        assert found[path].dtype == array.dtype
    with pytest.raises(NotANetwork, match="hold a link"):
        weights.read_weights(replaced(lambda file: file.__setitem__(KERNEL, h5py.SoftLink("/"))))


VIRTUAL = h5py.VirtualLayout((64, 10), "f4")
VIRTUAL[:] = h5py.VirtualSource("/etc/passwd", "x", (64, 10))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda file: file.__setitem__(KERNEL, h5py.ExternalLink("/etc/passwd", "x")), "a link"),
        (lambda file: file.__setitem__(KERNEL, h5py.SoftLink("/layers")), "hold a link"),
        (lambda file: file.create_virtual_dataset(KERNEL, VIRTUAL), "unusual way"),
        (
            lambda file: file.create_dataset(
                KERNEL, (64, 10), "f4", external=[("/etc/hosts", 0, 2560)]
            ),
            "unusual way",
        ),
        (
            lambda file: file.create_dataset(KERNEL, (60_000, 9_000), "f4", compression="gzip"),
            "unusual way",
        ),
        (
            lambda file: file.create_dataset(
                KERNEL, data=np.array(["a"], object), dtype=h5py.string_dtype()
            ),
            "unusual way",
        ),
        (
            lambda file: file.create_dataset(KERNEL, (60_000, 9_000), "f4", chunks=(10, 10)),
            "more weights than fit",
        ),
        (lambda file: file.__setitem__(KERNEL, file["layers"]), "more weights than fit"),
    ],
    ids=["external", "soft", "virtual", "outside", "bomb", "objects", "sparse", "endless"],
)
def test_what_reaches_out_or_unpacks_to_much_is_refused(
    make: Callable[[h5py.File], object], said: str
):
    with pytest.raises(Refused, match=said):
        arrays_in(replaced(make))


def test_many_objects_are_not_walked_through():
    many = written(lambda file: [file.create_group(f"g{i}") for i in range(MOST_OBJECTS + 1)])
    with pytest.raises(Refused, match="more weights than fit"):
        arrays_in(many)


@pytest.mark.parametrize("content", [written()[:3000], b"\x89HDF\r\n\x1a\n" + bytes(500), b""])
def test_damaged_content_is_refused(content: bytes):
    with pytest.raises(NotANetwork, match="damaged, or do not belong"):
        weights.read_weights(content)


LIMITED = """
import sys
sys.path.append({folder!r})
import hdf5_process
hdf5_process.limit_this_process(1000)
"""


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", True),
        ("import time; time.sleep(60)", True),
        ("import numpy as np; print(np.ones(10**8, np.int64).sum())", True),
        ("open('/etc/hosts')", True),
        ("sys.stdout.write('said'); sys.exit(hdf5_process.REFUSED)", False),
    ],
    ids=["crash", "time", "memory", "files", "none of these"],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")
def test_a_reader_that_breaks_off_refuses_the_file(
    code: str, broken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    reader = tmp_path / "reader.py"
    folder = str(weights._READER.parent)
    reader.write_text(LIMITED.format(folder=folder) + code)
    monkeypatch.setattr(weights, "_READER", reader)
    monkeypatch.setattr(weights, "MOST_SECONDS", 3.0 if "sleep" in code else 60.0)
    with pytest.raises(NotANetwork, match="broke off" if broken else "^said$"):
        weights.read_weights(b"any")
