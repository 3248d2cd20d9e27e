"""Sweep: one experiment trained with many settings, and what they do."""

from nnlab.ui.frame import page
from nnlab.ui.sweep.draft import draft
from nnlab.ui.sweep.setup import setup
from nnlab.ui.sweep.view import view

INTRO = (
    "Train one experiment many times with other settings, and see which of them matter. Say what "
    "you expect before it runs."
)

with page("Sweep", INTRO) as state:
    form = draft(state.owner)
    setup(state, form)
    view(state, form)
