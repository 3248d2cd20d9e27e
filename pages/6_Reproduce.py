"""Reproduce: the five courses' published figures beside ours."""

from nnlab.ui.frame import page
from nnlab.ui.reproduce.other_figures import other_figures
from nnlab.ui.reproduce.panel import reproduce_panel

INTRO = (
    "Five public courses, every network that they train, and the figures that they report. Run "
    "them here: ours stand beside theirs, and where they differ it says why."
)

with page("Reproduce", INTRO) as state:
    reproduce_panel(state)
    other_figures()
