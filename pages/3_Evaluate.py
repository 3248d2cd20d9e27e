"""Evaluate."""

from nnlab.ui.frame import page

with page("Evaluate", "") as state:
    pass
