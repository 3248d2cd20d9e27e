"""Rooms are opened, found, and end."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from nnlab import settings
from nnlab.joining.code import new_code
from nnlab.rooms.access import enter, open_room, taught_room, told_room
from nnlab.rooms.base import OnStore
from nnlab.rooms.room import Room, RoomRefused
from nnlab.runs.room_tables import RoomMemberRow, RoomRow, RoomTeacherRow
from nnlab.runs.run import utc_now

MOST_ROOMS = 10
_TOKEN_LENGTH = 24  # bytes


class Opening(OnStore):
    """The life of a room."""

    def create(self, asker: str) -> str:
        """Open a room, whose teacher the asker is and which the asker enters; its code.

        Raises:
            RoomRefused: the asker has too many open.
        """
        self.forget_old()
        now = utc_now()
        code = new_code()
        row = RoomRow(
            code=code,
            owner=asker,
            teacher_token=secrets.token_urlsafe(_TOKEN_LENGTH),
            created_at=now,
            ends_at=now + timedelta(hours=settings.room_hours()),
        )
        of_owner = select(func.count()).where(RoomRow.owner == asker)
        with Session(self.engine) as session, session.begin():
            if (session.scalar(of_owner) or 0) >= MOST_ROOMS:
                raise RoomRefused(
                    f"You have {MOST_ROOMS} rooms open; delete one before you open another."
                )
            session.add(row)
            session.flush()
            session.add(RoomTeacherRow(code=code, visitor=asker))
            enter(session, code, asker)
        return code

    def get(self, code: str, asker: str) -> Room:
        """The room of a code, for anybody who knows it.

        Raises:
            RoomNotFound: there is none, or its time is over.
        """
        with Session(self.engine) as session:
            return told_room(session, open_room(session, code), asker)

    def of(self, asker: str) -> list[Room]:
        """The open rooms that the asker teaches or has joined, newest first."""
        teaches = select(RoomTeacherRow.code).where(RoomTeacherRow.visitor == asker)
        joined = select(RoomMemberRow.code).where(
            RoomMemberRow.visitor == asker, RoomMemberRow.removed_at.is_(None)
        )
        query = (
            select(RoomRow)
            .where(or_(RoomRow.code.in_(teaches), RoomRow.code.in_(joined)))
            .where(RoomRow.ends_at > utc_now())
            .order_by(RoomRow.created_at.desc(), RoomRow.code)
        )
        with Session(self.engine) as session:
            return [told_room(session, row, asker) for row in session.scalars(query)]

    def delete(self, code: str, asker: str) -> None:
        """End a room before its time; only for its teachers. The runs stay their owners'.

        Raises:
            RoomNotFound: it is not the asker's to end.
        """
        with Session(self.engine) as session, session.begin():
            session.delete(taught_room(session, code, asker))

    def forget_old(self) -> None:
        """Delete the rooms whose time is over."""
        with self.engine.begin() as connection:
            connection.execute(delete(RoomRow).where(RoomRow.ends_at <= utc_now()))
