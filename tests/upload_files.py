"""Files as visitors upload them, made in memory."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def png(levels: NDArray[Any], format: str = "PNG", **options: Any) -> bytes:
    """An image file of the array."""
    file = io.BytesIO()
    Image.fromarray(levels).save(file, format, **options)
    return file.getvalue()


def zipped(entries: Iterable[tuple[Any, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of names, or ZipInfos, and contents."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def npz(**arrays: Any) -> bytes:
    """An `.npz` of the arrays."""
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def shapes(n: int, side: int = 12, seed: int = 0) -> NDArray[np.uint8]:
    """Images (n, side, side), all different."""
    return np.random.default_rng(seed).integers(0, 256, (n, side, side), np.uint8)


def folders(
    names: tuple[str, ...] = ("cats", "dogs"), each: int = 6, side: int = 12
) -> list[tuple[str, bytes]]:
    """Entries of a zip with a folder a class."""
    images = shapes(len(names) * each, side)
    return [
        (f"{name}/{i}.png", png(images[k * each + i]))
        for k, name in enumerate(names)
        for i in range(each)
    ]
