"""A room's task is on its members' Train pages as long as it lasts."""

from nnlab.rooms.room import Room
from nnlab.ui.share.banner import left_with_room
from nnlab.ui.state import State


def follow_task(state: State, room: Room | None) -> None:
    """Set the visitor's experiment up as the room's task has it, or back to their own.

    Cheap where nothing has changed: called once for every drawing of a page.
    """
    if room is not None and room.me is not None and room.task is not None:
        state.take(room.task.assignment, f"room:{room.code}")
    elif left_with_room(state):
        state.leave_task()
