"""A file from outside → own images: the one place where an upload is found to hold some.

Nothing in a file is ever run, unpacked to disk or believed: sizes are checked before anything is
unpacked, and again while it is.
"""

from nnlab.datasets.uploaded.limits import MOST_BYTES, NotAnImageSet, require_size
from nnlab.datasets.uploaded.picture import Preparation
from nnlab.datasets.uploaded.reading import Uploaded, read_images

__all__ = [
    "MOST_BYTES", "NotAnImageSet", "Preparation", "Uploaded", "read_images", "require_size",
]  # fmt: skip
