"""Who may see and do what in a room: asked here and nowhere else, at every access.

All functions work inside a session of the caller's.
"""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from nnlab.experiment import Assignment
from nnlab.rooms.room import Member, Room, RoomNotFound, Task
from nnlab.runs.room_tables import (
    RoomMemberRow,
    RoomRow,
    RoomTaskRow,
    RoomTeacherRow,
    RoomVisitRow,
)
from nnlab.runs.run import utc_now


def lock(session: Session, code: str) -> None:
    """Let one writer of this room in at a time, in every database, by a write without effect."""
    session.execute(update(RoomRow).where(RoomRow.code == code).values(owner=RoomRow.owner))


def open_room(session: Session, code: str) -> RoomRow:
    """The room of a code.

    Raises:
        RoomNotFound: there is none, or its time is over.
    """
    row = session.get(RoomRow, code)
    if row is None or row.ends_at <= utc_now():
        raise RoomNotFound
    return row


def taught_room(session: Session, code: str, asker: str) -> RoomRow:
    """The room, for its teachers only.

    Raises:
        RoomNotFound: for everybody else.
    """
    row = open_room(session, code)
    if not _teaches(session, code, asker):
        raise RoomNotFound
    return row


def visible_room(session: Session, code: str, asker: str) -> Room:
    """The room as told to a member or teacher.

    Raises:
        RoomNotFound: for everybody else, those who were removed included.
    """
    told = told_room(session, open_room(session, code), asker)
    if not told.mine:
        raise RoomNotFound
    return told


def told_room(session: Session, row: RoomRow, asker: str) -> Room:
    """What anybody who knows the code may know of a room, and the asker's part in it."""
    member = member_row(session, row.code, asker)
    return Room(
        code=row.code,
        ends_at=row.ends_at,
        frozen=row.frozen_at is not None,
        teacher=_teaches(session, row.code, asker),
        me=None if member is None else Member(member.id, member.nickname),
        members=_members_in(session, row.code),
        task=task_of(session, row),
    )


def member_row(session: Session, code: str, asker: str) -> RoomMemberRow | None:
    """The asker as a member who has not been removed."""
    return session.scalar(
        select(RoomMemberRow).where(
            RoomMemberRow.code == code,
            RoomMemberRow.visitor == asker,
            RoomMemberRow.removed_at.is_(None),
        )
    )


def task_of(session: Session, row: RoomRow) -> Task | None:
    """What the room is set now."""
    found = row.task and session.get(RoomTaskRow, (row.code, row.task))
    return Task(found.number, Assignment.model_validate(found.assignment)) if found else None


def _members_in(session: Session, code: str) -> int:
    """How many members are in the room now; who has left has no visit of it."""
    visits = (RoomVisitRow.visitor == RoomMemberRow.visitor) & (RoomVisitRow.code == code)
    query = select(func.count()).select_from(RoomMemberRow).join(RoomVisitRow, visits)
    here = (RoomMemberRow.code == code, RoomMemberRow.removed_at.is_(None))
    return session.scalar(query.where(*here)) or 0


def enter(session: Session, code: str, asker: str) -> None:
    """Be in this room and in no other."""
    visit = session.get(RoomVisitRow, asker)
    if visit is None:
        session.add(RoomVisitRow(visitor=asker, code=code))
    else:
        visit.code = code


def _teaches(session: Session, code: str, asker: str) -> bool:
    return session.get(RoomTeacherRow, (code, asker)) is not None
