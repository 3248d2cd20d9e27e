"""Workers: how busy they are, and what waits for them."""

from nnlab.ui.frame import page
from nnlab.ui.workers.panel import workers_panel

with page("Workers", "The processes that train, what they have in hand, and who waits.") as state:
    workers_panel(state)
