"""Ink on paper that is not even: a photograph or a scan, with shadows and noise."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from nnlab.drawing.image import brightest

# Up to this difference, of 255, a pixel still has the paper's colour exactly.
_EXACT = 6
# Where less than this of what is no clear ink has the paper's colour exactly: a photograph. Clear
# ink differs from the paper by at least half as much as the clearest.
_EVEN = 0.75
# Longer side at which the paper is estimated, and of the window whose middle value is taken: ink
# covers less than half of any such window.
_COARSE, _WINDOW = 32, 17
# Ink stands out from the paper by this much of 255, or there is none.
_CONTRAST = 32

Pixels = NDArray[np.uint8]


def is_photo(distance: Pixels) -> bool:
    """Whether the paper is uneven, from how far each pixel (height, width) is from its colour."""
    exact = np.count_nonzero(distance <= _EXACT)
    return bool(exact < _EVEN * np.count_nonzero(distance < distance.max() / 2))


def photographed_ink(colours: Pixels) -> Pixels:
    """Strength of the ink, uint8 (height, width), of colours (height, width, 3); 0 without ink.

    The paper is the median of a wide window, at a coarse size; ink is what differs from it by
    more than Otsu's threshold, full from a half more on (N. Otsu, "A threshold selection method
    from gray-level histograms", 1979).
    """
    distance = brightest(np.abs(colours.astype(np.int16) - _paper(colours)))
    threshold, contrast = _otsu(np.bincount(distance.ravel(), minlength=256))
    if contrast < _CONTRAST:
        return np.zeros(distance.shape, np.uint8)
    return (255 * np.clip(2 * distance / threshold - 1.5, 0, 1)).astype(np.uint8)


def _paper(colours: Pixels) -> NDArray[np.int16]:
    from scipy.ndimage import median_filter

    height, width = colours.shape[:2]
    scale = min(1.0, _COARSE / max(height, width))
    shape = (max(1, round(width * scale)), max(1, round(height * scale)))
    coarse = np.asarray(Image.fromarray(colours).resize(shape, Image.Resampling.BOX))
    paper = Image.fromarray(median_filter(coarse, (_WINDOW, _WINDOW, 1)))
    return np.asarray(paper.resize((width, height), Image.Resampling.BILINEAR), np.int16)


def _otsu(counts: NDArray[np.int64]) -> tuple[float, float]:
    """The value that parts a histogram best, and how far apart the means of both parts are."""
    values = np.arange(len(counts))
    below = np.cumsum(counts)[:-1]
    above = counts.sum() - below
    sums = np.cumsum(counts * values)[:-1]
    low = sums / np.maximum(below, 1)
    high = ((counts * values).sum() - sums) / np.maximum(above, 1)
    best = int(np.argmax(below * above * (high - low) ** 2))
    return best + 1.0, float(high[best] - low[best])
