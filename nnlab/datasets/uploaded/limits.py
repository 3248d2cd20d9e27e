"""How large an upload may be, packed and unpacked, and how it is told that it is not."""

from nnlab.experiment.names import NAME_LENGTH, harmless
from nnlab.experiment.own_images import IMAGE_CLASSES, IMAGE_COUNTS, IMAGES_A_CLASS

# Of the file as it is sent. The server itself takes no larger one (`server.maxUploadSize` in
# .streamlit/config.toml): Keras's mnist.npz has 11.5 MB, its test part as a table of pixels 18.
MOST_BYTES = 30_000_000
# Files and folders in a zip.
MOST_ENTRIES = 20_000
# Unpacked: one image file, all of them, and all arrays of an `.npz`.
MOST_FILE = 20_000_000
MOST_FILES = 300_000_000
MOST_ARRAYS = 250_000_000
# Pixels of one image, and of all images that are decoded one by one: some seconds of work.
MOST_PIXELS = 25_000_000
MOST_PIXELS_TOGETHER = 500_000_000


class UploadRefused(ValueError):
    """A file from outside that is not used; says why, and what is allowed."""


class NotAnImageSet(UploadRefused):
    """A file does not give images in classes; says where and what is allowed."""


def require_size(size: int, most: int = MOST_BYTES) -> None:
    """Refuse a file by the size that it is said to have, before it is read.

    Raises:
        NotAnImageSet: it is empty or too large.
    """
    if size <= 0:
        raise NotAnImageSet("The file is empty.")
    if size > most:
        raise NotAnImageSet(f"The file has {megabytes(size)}; at most {megabytes(most)} are read.")


def require_numbers(counts: dict[str, int], n_test: int = 0) -> None:
    """Refuse too few or too many images or classes.

    Args:
        counts: images to learn from, by the name of the class.
        n_test: images for testing only.

    Raises:
        NotAnImageSet: with the class or the number, and what is allowed.
    """
    low, high = IMAGE_CLASSES
    if not low <= len(counts) <= high:
        raise NotAnImageSet(f"A set has {low} to {high} classes (got {len(counts):,}).")
    for name, count in counts.items():
        if count < IMAGES_A_CLASS:
            raise NotAnImageSet(
                f"Class “{name}” has {count} images to learn from; each class needs "
                f"{IMAGES_A_CLASS} at least."
            )
    require_count(sum(counts.values()) + n_test)


def require_count(count: int) -> None:
    """Refuse more images than a set has.

    Raises:
        NotAnImageSet: with the number that is allowed.
    """
    if count > IMAGE_COUNTS[1]:
        raise NotAnImageSet(f"A set has at most {IMAGE_COUNTS[1]:,} images (got {count:,}).")


def megabytes(size: int) -> str:
    """E.g. `30 MB`, `2,147 MB` or `0.5 MB`."""
    return f"{size / 1e6:,.0f} MB" if size >= 10_000_000 else f"{size / 1e6:,.1f} MB"


def shown(name: str) -> str:
    """The end of a name from a file, as it can be told."""
    return harmless(name[-NAME_LENGTH:]) or "without a name"
