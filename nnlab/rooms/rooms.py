"""Class rooms in the run store's database: opening, joining, steering, and the runs in them.

What is told never names a visitor; every access names the one who asks. When a room ends, it goes
with its members, tasks and its list of runs. The runs themselves are their owners' and stay.
"""

from nnlab.rooms.running import Running
from nnlab.rooms.teaching import Teaching


class Rooms(Running, Teaching):
    """All rooms of a store. Safe to use from several threads and processes."""
