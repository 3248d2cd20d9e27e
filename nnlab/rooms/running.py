"""The runs in a room: begun by its members, seen by all who have a part in it."""

import dataclasses
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.rooms.access import lock, member_row, task_of, visible_room
from nnlab.rooms.membership import Membership
from nnlab.rooms.room import Member, Room, RoomRefused, SharedRun, Task
from nnlab.rooms.wall import WallRun
from nnlab.runs.room_tables import RoomMemberRow, RoomRow, RoomRunRow, RoomVisitRow
from nnlab.runs.run import RunNotFound, utc_now


class Running(Membership):
    """Starting runs in a room, and looking at them."""

    def check_start(self, asker: str) -> None:
        """Find that a run of the asker's may be started now.

        Raises:
            RoomRefused: the asker is a member of a room that is frozen.
        """
        room = self.current(asker)
        if room is not None and room.me is not None and room.frozen:
            raise RoomRefused(
                f"Not started: the teacher has frozen room {room.code}, so no new runs just now."
                " What trains already goes on. Leave the room on Class to train on your own."
            )

    def record(self, run_id: str, asker: str, experiment: Experiment) -> bool:
        """Put a run that the asker has just begun on the wall of the room that they are in.

        It counts for the room's task if the task allows its settings.

        Returns:
            Whether it is on a wall: not without a room, nor in one that was frozen meanwhile.
        """
        with Session(self.engine) as session, session.begin():
            visit = session.get(RoomVisitRow, asker)
            if visit is None:
                return False
            lock(session, visit.code)
            room = session.get(RoomRow, visit.code)
            member = member_row(session, visit.code, asker)
            if room is None or member is None or room.frozen_at or room.ends_at <= utc_now():
                return False
            task = task_of(session, room)
            session.add(
                RoomRunRow(
                    run_id=run_id,
                    key=secrets.token_hex(8),
                    code=room.code,
                    member=member.id,
                    task=task.number if task and _allows(task, experiment) else None,
                )
            )
            return True

    def wall(self, code: str, asker: str) -> tuple[Room, tuple[WallRun, ...]]:
        """The room as it stands, and its runs, oldest first, as they stood a moment ago.

        Raises:
            RoomNotFound: the asker has no part in the room.
        """
        with Session(self.engine) as session:
            room = visible_room(session, code, asker)
        return room, self.walls.read(code)

    def run(self, code: str, asker: str, key: str) -> SharedRun:
        """One run of the wall by its name there, to be looked at.

        Raises:
            RoomNotFound: the asker has no part in the room.
            RunNotFound: it is none of this room's.
        """
        query = (
            select(RoomRunRow, RoomMemberRow)
            .join(RoomMemberRow, RoomRunRow.member == RoomMemberRow.id)
            .where(RoomRunRow.key == key, RoomRunRow.code == code)
        )
        with Session(self.engine) as session:
            visible_room(session, code, asker)
            found = session.execute(query).first()
        if found is None:
            raise RunNotFound(key)
        row, member = found
        return SharedRun(
            Member(member.id, member.nickname),
            row.task,
            dataclasses.replace(self.store.get(row.run_id), owner="", engine=None),
        )


def _allows(task: Task, experiment: Experiment) -> bool:
    try:
        task.assignment.check(experiment)
    except InvalidExperiment:
        return False
    return True
