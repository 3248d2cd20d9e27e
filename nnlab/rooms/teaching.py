"""What only the teachers of a room can do."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from nnlab.experiment import Assignment
from nnlab.rooms.access import enter, lock, open_room, task_of, taught_room
from nnlab.rooms.base import OnStore
from nnlab.rooms.room import RoomNotFound, RoomRefused
from nnlab.runs.room_tables import (
    RoomMemberRow,
    RoomRow,
    RoomRunRow,
    RoomTaskRow,
    RoomTeacherRow,
)
from nnlab.runs.run import utc_now

MOST_TEACHERS = 20
MOST_TASKS = 100


class Teaching(OnStore):
    """Steering a room, and its tasks."""

    def teacher_token(self, code: str, asker: str) -> str:
        """What makes its holder a teacher; told to teachers only.

        Raises:
            RoomNotFound: the asker is none.
        """
        with Session(self.engine) as session:
            return taught_room(session, code, asker).teacher_token

    def teach(self, token: str, asker: str) -> str:
        """Become a teacher of the token's room and enter it; its code.

        Raises:
            RoomNotFound: no open room has this token.
            RoomRefused: it has too many teachers.
        """
        with Session(self.engine) as session, session.begin():
            row = session.scalar(select(RoomRow).where(RoomRow.teacher_token == token))
            if row is None:
                raise RoomNotFound
            lock(session, row.code)
            open_room(session, row.code)
            if session.get(RoomTeacherRow, (row.code, asker)) is None:
                of_room = select(func.count()).where(RoomTeacherRow.code == row.code)
                if (session.scalar(of_room) or 0) >= MOST_TEACHERS:
                    raise RoomRefused(f"This room has {MOST_TEACHERS} teachers; no more can come.")
                session.add(RoomTeacherRow(code=row.code, visitor=asker))
            enter(session, row.code, asker)
            return row.code

    def freeze(self, code: str, asker: str, frozen: bool) -> None:
        """Let no more runs be started and nobody join, or let them again; for teachers.

        Raises:
            RoomNotFound: the asker is none.
        """
        with Session(self.engine) as session, session.begin():
            lock(session, code)
            row = taught_room(session, code, asker)
            row.frozen_at = (row.frozen_at or utc_now()) if frozen else None

    def remove(self, code: str, asker: str, member: str) -> None:
        """Take a member out, and their runs off the wall; for teachers.

        The nickname cannot be taken again in this room, nor can its visitor join again.

        Raises:
            RoomNotFound: the asker is no teacher of it.
        """
        with Session(self.engine) as session, session.begin():
            lock(session, code)
            taught_room(session, code, asker)
            row = session.get(RoomMemberRow, member)
            if row is None or row.code != code:
                return
            row.removed_at = row.removed_at or utc_now()
            session.execute(delete(RoomRunRow).where(RoomRunRow.member == member))
        self.walls.forget(code)

    def start_task(self, code: str, asker: str, assignment: Assignment) -> int:
        """Set the room a task, in place of the one before; its number. For teachers.

        The task that is set already goes on.

        Raises:
            RoomNotFound: the asker is none.
            RoomRefused: there were too many.
        """
        with Session(self.engine) as session, session.begin():
            lock(session, code)
            room = taught_room(session, code, asker)
            set_now = task_of(session, room)
            if set_now is not None and set_now.assignment == assignment:
                return set_now.number
            of_room = select(func.max(RoomTaskRow.number)).where(RoomTaskRow.code == code)
            number = (session.scalar(of_room) or 0) + 1
            if number > MOST_TASKS:
                raise RoomRefused(f"A room has {MOST_TASKS} tasks at most; open another room.")
            session.add(
                RoomTaskRow(
                    code=code,
                    number=number,
                    assignment=assignment.model_dump(mode="json"),
                    started_at=utc_now(),
                )
            )
            room.task = number
            return number

    def end_task(self, code: str, asker: str) -> None:
        """Leave the room without a task; for teachers.

        Raises:
            RoomNotFound: the asker is none.
        """
        with Session(self.engine) as session, session.begin():
            lock(session, code)
            taught_room(session, code, asker).task = None
