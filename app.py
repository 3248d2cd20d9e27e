"""Home: what this is, a first step, recipes and one's own runs."""

from nnlab.ui.frame import page
from nnlab.ui.home.recipe_cards import recipe_cards
from nnlab.ui.home.runs_table import runs_table
from nnlab.ui.home.start_here import start_here
from nnlab.ui.share.arrival import arrival

INTRO = (
    "Build a neural network, press Train and watch real Keras learn, live. Then look at what it "
    "gets wrong, and draw a digit for it to read."
)

with page("See a neural network learn", INTRO) as state:
    arrival(state)
    start_here(state)
    recipe_cards(state)
    runs_table(state)
