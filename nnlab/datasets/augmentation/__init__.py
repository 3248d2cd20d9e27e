"""Changed copies of images, made with NumPy alone.

The modules know nothing else of ours but each other: an exported script holds their source.
"""

from nnlab.datasets.augmentation.copies import augment

__all__ = ["augment"]
