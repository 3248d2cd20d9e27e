"""Draw."""

from nnlab.ui.frame import page

with page("Draw", "") as state:
    pass
