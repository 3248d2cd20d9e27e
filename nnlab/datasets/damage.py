"""Turns whatever a damaged file makes a reader raise into one error that names the file."""

import gzip
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnlab.datasets.errors import DatasetCorrupt, DatasetUnavailable

# RuntimeError: an encrypted member, or a header nested too deeply; tokenize.TokenError: NumPy
# trying to mend a header. gzip.BadGzipFile is an OSError, so damage comes first below.
_DAMAGE = (
    EOFError, KeyError, MemoryError, RuntimeError, SyntaxError, ValueError,
    gzip.BadGzipFile, struct.error, tokenize.TokenError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Name `file` in every error of the block.

    Raises:
        DatasetCorrupt: the content is not what it should be.
        DatasetUnavailable: the file cannot be opened or read.
    """
    try:
        yield
    except _DAMAGE as error:
        reason = str(error) or type(error).__name__
        raise DatasetCorrupt(file, f"damaged or incomplete ({reason})") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise DatasetUnavailable(f"{file}: cannot be read ({reason}).") from error
