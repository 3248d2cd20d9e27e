"""My handwriting: drawings that are kept, what networks make of them, and learning from them."""

from nnlab.ui.draw.handwriting.confirm import confirm
from nnlab.ui.draw.handwriting.panel import my_handwriting

__all__ = ["confirm", "my_handwriting"]
