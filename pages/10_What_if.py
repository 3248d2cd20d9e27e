"""What if: a trained network, or its test images, with something changed."""

from nnlab.ui.frame import page
from nnlab.ui.what_if.panel import what_if

INTRO = (
    "Change something about a trained network or its test images, and see what becomes of its "
    "answers. The run itself stays as it is."
)

with page("What if", INTRO) as state:
    what_if(state)
