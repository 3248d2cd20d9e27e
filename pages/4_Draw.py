"""Draw: a digit by hand, read after each stroke."""

from nnlab.ui.draw.desk import desk
from nnlab.ui.draw.network import choose_network, train_first
from nnlab.ui.frame import page

with page(
    "Draw", "Draw a digit, as large and as crooked as you like, and see what the network reads."
) as state:
    run = choose_network(state)
    if run is None:
        train_first(state)
    else:
        desk(state, run)
