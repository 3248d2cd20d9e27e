"""Home: what this is, a first step, recipes and one's own runs."""

from nnlab.ui.frame import page

with page("nnlab", "See a neural network learn.") as state:
    pass
