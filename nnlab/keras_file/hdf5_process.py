"""Run by itself, in a process of its own: the arrays of an HDF5 file that came from outside.

HDF5 is read by a library in C, which damaged content may crash or have take all memory. Here that
ends this process and nothing else. It can open no file while it reads, so none can be reached from
within the content.

Imports nothing of ours: so it starts in a second, from its path alone.
"""

import contextlib
import io
import json
import sys
import zipfile  # noqa: F401  NumPy needs it at the end, when no file can be opened any more
from collections.abc import Iterator

import h5py
import numpy as np
from numpy.typing import NDArray

REFUSED = 3  # the exit code with which the output is a sentence
MOST_OBJECTS = 2000
MOST_SECONDS = 20  # of a processor
_OPEN_ALREADY = 3  # standard input, output and error
_SPARE = 100_000_000  # bytes
_DAMAGED = "The weights in the file are damaged, or do not belong to its layers."
_TOO_MANY = "The file says that it holds more weights than fit into it."
_LINK = "The weights hold a link to another place, which is not followed."
_UNUSUAL = "The weights are stored in an unusual way. Save the model with Keras 3."


class Refused(ValueError):
    """The content is not read on; says why."""


def arrays_in(content: bytes) -> dict[str, NDArray]:
    """Every array of the file, by its path; looked at as a whole before any number is read.

    Raises:
        Refused: it is no HDF5 file, holds links, other files' data or packed data, or says that it
            holds more numbers than fit into it.
    """
    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            found = dict(_datasets(file))
            if sum(data.nbytes for data in found.values()) > len(content):
                raise Refused(_TOO_MANY)
            return {path: data[()] for path, data in found.items()}
    except Refused:
        raise
    except Exception:  # HDF5 raises whatever damaged content brings about
        raise Refused(_DAMAGED) from None


def _datasets(file: h5py.File) -> Iterator[tuple[str, h5py.Dataset]]:
    waiting, objects = [("", file)], 0
    while waiting:
        place, group = waiting.pop()
        for name in group:
            objects += 1
            if objects > MOST_OBJECTS:  # a group may hold itself
                raise Refused(_TOO_MANY)
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise Refused(_LINK)
            found, path = group[name], f"{place}{name}"
            if isinstance(found, h5py.Dataset):
                _require_plain(found)
                yield path, found
            else:
                waiting.append((f"{path}/", found))


def _require_plain(data: h5py.Dataset) -> None:
    outside = data.is_virtual or data.external is not None
    packed = data.id.get_create_plist().get_nfilters() > 0
    if outside or packed or data.dtype.kind not in "fiu":
        raise Refused(_UNUSUAL)


def limit_this_process(size: int) -> None:
    """From now on: no new file, little time, and memory for some copies of `size` bytes.

    Where the system has no such limits, there is only the time that who started this waits.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    wanted = {resource.RLIMIT_CPU: MOST_SECONDS, resource.RLIMIT_CORE: 0,
              resource.RLIMIT_NOFILE: _OPEN_ALREADY}  # fmt: skip
    taken = _bytes_taken()
    if taken is not None:
        wanted[resource.RLIMIT_AS] = taken + _SPARE + 5 * size
    for what, most in wanted.items():
        with contextlib.suppress(ValueError, OSError):  # a stricter limit holds already
            resource.setrlimit(what, (most, most))


def _bytes_taken() -> int | None:
    """Of address space, as RLIMIT_AS counts it; None where it is not Linux that tells."""
    try:
        with open("/proc/self/status") as file:
            lines = dict(line.split(":", 1) for line in file)
        return int(lines["VmSize"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None


def main() -> int:
    """Standard input is the content, standard output an `.npz` of the arrays, or a sentence."""
    content = sys.stdin.buffer.read()
    limit_this_process(len(content))
    try:
        arrays = arrays_in(content)
    except Refused as error:
        sys.stdout.write(str(error))
        return REFUSED
    numbered = {str(number): array for number, array in enumerate(arrays.values())}
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, paths=np.array(json.dumps(list(arrays))), **numbered)
    sys.stdout.buffer.write(file.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
