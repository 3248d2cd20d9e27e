"""Class: a room with a code, and a wall of all that is trained in it."""

from nnlab.ui.frame import page
from nnlab.ui.room.panel import class_room

with page("Class", "Train together: everybody's runs on one wall, live.") as state:
    class_room(state)
