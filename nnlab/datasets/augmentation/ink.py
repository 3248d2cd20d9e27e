"""Where the ink of an image is: its box, its tips, its centre of mass."""

import numpy as np

# Fainter than this is the soft edge of a stroke.
FAINT = 0.3


def ink_box(images: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """First and last row, first and last column with ink, each (n,), of images (n, side, side).

    An image without ink has the box of the whole image.
    """
    ink = np.greater(images, FAINT)
    rows, columns = ink.any(axis=2), ink.any(axis=1)
    last = images.shape[1] - 1
    return (
        rows.argmax(axis=1),
        last - rows[:, ::-1].argmax(axis=1),
        columns.argmax(axis=1),
        last - columns[:, ::-1].argmax(axis=1),
    )


def column_in(images: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The mean column (n,) of the ink in one row (n,) of each image; the middle if it has none."""
    line = images[np.arange(len(images)), rows]
    line = np.where(line > FAINT, line, 0.0) + 1e-6
    return (line * np.arange(images.shape[2])).sum(axis=1) / line.sum(axis=1)


def centre_of_mass(images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Row and column, each (n,); the middle of an empty image."""
    places = np.arange(images.shape[1])
    by_row, by_column = images.sum(axis=2) + 1e-6, images.sum(axis=1) + 1e-6
    return (
        (by_row * places).sum(axis=1) / by_row.sum(axis=1),
        (by_column * places).sum(axis=1) / by_column.sum(axis=1),
    )
