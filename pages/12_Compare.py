"""Compare: any number of runs side by side, and whether they differ by more than seed noise."""

from nnlab.ui.compare.panel import compare_panel
from nnlab.ui.frame import page

INTRO = "Your runs side by side, and whether they differ by more than luck."

with page("Compare", INTRO) as state:
    compare_panel(state)
