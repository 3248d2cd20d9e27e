"""From the pixels of a drawing canvas to the image a network was trained on.

A network trained on MNIST has only seen digits that were prepared in one way: cropped to the ink,
fitted into 20×20 with their aspect kept, moved so that the centre of mass sits in the middle of
28×28 (LeCun, Cortes and Burges, "The MNIST database of handwritten digits"). A drawing has to go
the same way, or the network looks at something it does not know. More steps are added: ink is told
from paper, stray dots are left out, slanted writing is set half upright, and the pen is brought
nearer to that of MNIST's writers. Several digits side by side are separated first.
"""

from nnlab.drawing.frame import Frame, frame_for
from nnlab.drawing.image import is_empty
from nnlab.drawing.number import Part, separate
from nnlab.drawing.pieces import TooManyPieces
from nnlab.drawing.stages import Stages, prepare, prepare_in_stages

__all__ = [
    "Frame",
    "Part",
    "Stages",
    "TooManyPieces",
    "frame_for",
    "is_empty",
    "prepare",
    "prepare_in_stages",
    "separate",
]
