"""Who is in which room."""

import secrets
from typing import Literal

from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nnlab.joining.nickname import nickname_key
from nnlab.rooms.access import enter, lock, open_room, visible_room
from nnlab.rooms.opening import Opening
from nnlab.rooms.room import Member, Room, RoomNotFound, RoomRefused
from nnlab.runs.room_tables import RoomMemberRow, RoomVisitRow
from nnlab.runs.run import utc_now

# A class is some 30; removed nicknames count too, so that nobody can fill the table.
MOST_MEMBERS = 100


class Membership(Opening):
    """Joining, leaving and coming back."""

    def current(self, asker: str) -> Room | None:
        """The room that the asker is in, None for none (any more)."""
        with Session(self.engine) as session:
            visit = session.get(RoomVisitRow, asker)
            if visit is None:
                return None
            try:
                return visible_room(session, visit.code, asker)
            except RoomNotFound:
                return None

    def enter(self, code: str, asker: str) -> None:
        """Go (back) into a room that one teaches or has joined.

        Raises:
            RoomNotFound: the asker has no part in it.
        """
        with Session(self.engine) as session, session.begin():
            visible_room(session, code, asker)
            enter(session, code, asker)

    def leave(self, asker: str) -> None:
        """Be in no room. Nickname and runs stay on the wall; one may enter again."""
        with self.engine.begin() as connection:
            connection.execute(delete(RoomVisitRow).where(RoomVisitRow.visitor == asker))

    def parting(self, code: str, asker: str) -> Literal["ended", "removed"] | None:
        """Why the asker has no part in a room in which they were; None if they have one still."""
        with Session(self.engine) as session:
            try:
                visible_room(session, code, asker)
            except RoomNotFound:
                return "removed" if _was_removed(session, code, asker) else "ended"
        return None

    def join(self, code: str, asker: str, nickname: str) -> None:
        """Take part under a nickname (already validated), or change the one that one has.

        Raises:
            RoomNotFound: no such room.
            RoomRefused: it is frozen or full, the nickname is taken, or the asker was removed.
        """
        try:
            with Session(self.engine) as session, session.begin():
                lock(session, code)
                if open_room(session, code).frozen_at is not None:
                    raise RoomRefused("The teacher has frozen this room; nobody can join just now.")
                _seat(session, code, asker, nickname)
                session.flush()
                enter(session, code, asker)
        except IntegrityError as error:
            raise _taken() from error

    def members(self, code: str, asker: str) -> list[Member]:
        """Everybody in the room by nickname, for those who have a part in it.

        Raises:
            RoomNotFound: the asker has none.
        """
        query = (
            select(RoomMemberRow)
            .where(RoomMemberRow.code == code, RoomMemberRow.removed_at.is_(None))
            .order_by(RoomMemberRow.nickname_key)
        )
        with Session(self.engine) as session:
            visible_room(session, code, asker)
            return [Member(row.id, row.nickname) for row in session.scalars(query)]


def _was_removed(session: Session, code: str, asker: str) -> bool:
    try:
        open_room(session, code)
    except RoomNotFound:
        return False
    of_asker = (RoomMemberRow.code == code, RoomMemberRow.visitor == asker)
    query = select(RoomMemberRow.id).where(*of_asker, RoomMemberRow.removed_at.is_not(None))
    return session.scalar(query) is not None


def _seat(session: Session, code: str, asker: str, nickname: str) -> None:
    key = nickname_key(nickname)
    rows = select(RoomMemberRow).where(RoomMemberRow.code == code)
    either = or_(RoomMemberRow.visitor == asker, RoomMemberRow.nickname_key == key)
    found = list(session.scalars(rows.where(either)))
    if any(row.visitor == asker and row.removed_at for row in found):
        raise RoomRefused("The teacher has taken you out of this room; you cannot join it again.")
    if any(row.visitor != asker for row in found):
        raise _taken()
    if found:
        found[0].nickname, found[0].nickname_key = nickname, key
        return
    if (session.scalar(select(func.count()).select_from(rows.subquery())) or 0) >= MOST_MEMBERS:
        raise RoomRefused(f"This room is full: it has {MOST_MEMBERS} members.")
    session.add(
        RoomMemberRow(
            id=secrets.token_hex(8),
            code=code,
            visitor=asker,
            nickname=nickname,
            nickname_key=key,
            joined_at=utc_now(),
        )
    )


def _taken() -> RoomRefused:
    return RoomRefused("Nickname: somebody in this room has it already; choose another.")
