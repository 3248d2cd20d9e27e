"""The SQL tables of class rooms. With a room goes all that refers to it; its runs stay."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nnlab.runs.tables import Base

_ROOM = "rooms.code"


class RoomRow(Base):
    """A class room. Who has the teacher token may become a teacher of it. Times are UTC."""

    __tablename__ = "rooms"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    teacher_token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(DateTime)
    ends_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    frozen_at: Mapped[datetime | None] = mapped_column(DateTime, default=None)
    task: Mapped[int | None] = mapped_column(Integer, default=None)


class RoomTeacherRow(Base):
    """Who steers a room: its creator, and who has opened the teacher link."""

    __tablename__ = "room_teachers"

    code: Mapped[str] = mapped_column(ForeignKey(_ROOM, ondelete="CASCADE"), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(64), primary_key=True)


class RoomMemberRow(Base):
    """A visitor with a nickname. Who was removed stays here and keeps the nickname from others."""

    __tablename__ = "room_members"
    __table_args__ = (UniqueConstraint("code", "nickname_key"), UniqueConstraint("code", "visitor"))

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey(_ROOM, ondelete="CASCADE"))
    visitor: Mapped[str] = mapped_column(String(64), index=True)
    nickname: Mapped[str] = mapped_column(String(40))
    nickname_key: Mapped[str] = mapped_column(String(400))
    joined_at: Mapped[datetime] = mapped_column(DateTime)
    removed_at: Mapped[datetime | None] = mapped_column(DateTime, default=None)


class RoomVisitRow(Base):
    """The one room that a visitor is in."""

    __tablename__ = "room_visits"

    visitor: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(ForeignKey(_ROOM, ondelete="CASCADE"), index=True)


class RoomTaskRow(Base):
    """A task that a teacher started; tasks of a room are numbered from 1."""

    __tablename__ = "room_tasks"

    code: Mapped[str] = mapped_column(ForeignKey(_ROOM, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    assignment: Mapped[dict[str, Any]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(DateTime)


class RoomRunRow(Base):
    """A run that a member began in a room.

    `key` is its name on the wall: the run's own id is not told to other members.
    """

    __tablename__ = "room_runs"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    code: Mapped[str] = mapped_column(ForeignKey(_ROOM, ondelete="CASCADE"), index=True)
    member: Mapped[str] = mapped_column(ForeignKey("room_members.id", ondelete="CASCADE"))
    task: Mapped[int | None] = mapped_column(Integer, default=None)
