"""What all parts of `Rooms` work on."""

from sqlalchemy import Engine

from nnlab.rooms.wall import Walls
from nnlab.runs.store import RunStore


class OnStore:
    """The run store and the walls as this process has read them."""

    def __init__(self, store: RunStore) -> None:
        self.store = store
        self.engine: Engine = store.engine
        self.walls = Walls(store.engine)
