"""Changed copies of training images, the same ones for the same seed."""

import numpy as np

from nnlab.datasets.augmentation.ink import centre_of_mass, ink_box
from nnlab.datasets.augmentation.warp import affine, bends, positions, sample, shifted
from nnlab.datasets.augmentation.writing import with_variants

# Images worked on together: all their arrays stay in the processor's cache.
TOGETHER = 250


def augment(
    images: np.ndarray,
    labels: np.ndarray,
    *,
    scale: float,
    seed: int,
    copies: int,
    **changes: float,
) -> tuple[np.ndarray, np.ndarray]:
    """The images followed by changed copies of them, and the labels of all.

    Args:
        images: uint8 (n, side, side), pixels from 0 to `scale`.
        labels: (n,).
        seed: the same seed gives the same copies.
        copies: of each image.
        changes: `rotation`, `zoom_height`, `zoom_width`, `shear`, `elastic`, `contrast` and
            `writing_variants`, as in `nnlab.experiment.Augmentation`.

    Returns:
        uint8 ((1 + copies) * n, side, side) and labels ((1 + copies) * n,); the copies stand in
        the order of their originals.
    """
    n = len(images)
    everything = np.empty((n * (1 + copies), *images.shape[1:]), np.uint8)
    everything[:n] = images
    for copy in range(copies):
        rng = np.random.default_rng([seed, copy])
        for start in range(0, n, TOGETHER):
            part = images[start : start + TOGETHER].astype(np.float32) / np.float32(scale)
            made = changed(part, labels[start : start + TOGETHER], rng, **changes)
            at = n * (1 + copy) + start
            everything[at : at + len(part)] = np.rint(made * scale)
    return everything, np.tile(labels, 1 + copies)


def changed(
    images: np.ndarray,
    labels: np.ndarray,
    rng: np.random.Generator,
    *,
    rotation: float,
    zoom_height: float,
    zoom_width: float,
    shear: float,
    elastic: float,
    contrast: float,
    writing_variants: float,
) -> np.ndarray:
    """One changed copy of each of some images, float32 (n, side, side) from 0 to 1."""
    n, side, _ = images.shape
    written = with_variants(images, labels, writing_variants, rng)
    matrices = affine(rng, n, rotation, (zoom_height, zoom_width), shear)
    matrices *= (_longer_side(written) / _longer_side(images))[:, None, None]
    where = positions(matrices, _middle(written), side)
    where += bends(rng, n, side, elastic * side)
    return _moved_back(_contrasted(sample(written, where), contrast, rng), images)


def _longer_side(images: np.ndarray) -> np.ndarray:
    top, bottom, left, right = ink_box(images)
    return np.maximum(bottom - top, right - left) + 1


def _middle(images: np.ndarray) -> np.ndarray:
    top, bottom, left, right = ink_box(images)
    return np.stack([top + bottom, left + right]) / 2


def _contrasted(images: np.ndarray, contrast: float, rng: np.random.Generator) -> np.ndarray:
    """Steeper edges, as a canvas has them; the level that stays makes strokes thin or thick."""
    n = len(images)
    gain = 1 + rng.uniform(0, contrast, (n, 1, 1)).astype(np.float32)
    level = rng.uniform(0.25, 0.65, (n, 1, 1)).astype(np.float32)
    return np.clip((images - level) * gain + level, 0, 1)


def _moved_back(images: np.ndarray, originals: np.ndarray) -> np.ndarray:
    """With the centre of mass where the original's is, by whole pixels."""
    here, there = centre_of_mass(images), centre_of_mass(originals)
    rows, columns = (np.rint(b - a).astype(int) for a, b in zip(here, there, strict=True))
    return shifted(images, rows, columns)
