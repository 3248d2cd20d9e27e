"""Inside: the weights, activations and arithmetic of a network, at any moment of its training."""

from nnlab.ui.frame import page
from nnlab.ui.inside.choice import choose_inside
from nnlab.ui.inside.page import inside

INTRO = "What a network's weights look like, and what they make of an image, number by number."

with page("Inside", INTRO) as visitor_state:
    run = choose_inside(visitor_state)
    if run is not None:
        inside(visitor_state, run)
