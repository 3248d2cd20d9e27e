"""A class room as it is told to those who are in it."""

from dataclasses import dataclass
from datetime import datetime

from nnlab.experiment import Assignment
from nnlab.runs.run import Run


class RoomRefused(ValueError):
    """It cannot be done; the message says why in words for the page."""


class RoomNotFound(RoomRefused, LookupError):
    """No such room, or not one that this visitor has a part in: the two are told alike."""

    def __init__(self) -> None:
        super().__init__(
            "Code: there is no open room of that code, or you are not in it. Rooms end after a"
            " set time."
        )


@dataclass(frozen=True)
class Task:
    """What a teacher set the room. Tasks are numbered from 1."""

    number: int
    assignment: Assignment


@dataclass(frozen=True)
class Member:
    """A member as everybody in the room may see them; `id` says nothing of the visitor."""

    id: str
    nickname: str


@dataclass(frozen=True)
class Room:
    """A room as the one who asks may see it.

    Attributes:
        code: finds it.
        ends_at: when it is deleted, UTC.
        frozen: nobody can join and no run can be started in it.
        teacher: the one who asks steers it.
        me: the one who asks, as a member; None for who has not joined.
        members: how many are in it now, without those who have left.
        task: what is set now, None for nothing.
    """

    code: str
    ends_at: datetime
    frozen: bool
    teacher: bool
    me: Member | None
    members: int
    task: Task | None

    @property
    def mine(self) -> bool:
        """The one who asks has a part in it."""
        return self.teacher or self.me is not None


@dataclass(frozen=True)
class SharedRun:
    """A member's run, to be looked at only.

    Attributes:
        member: whose it is.
        task: number of the task that it was found fit for, None where there was none.
        run: without its owner, so that nothing can be done with it.
    """

    member: Member
    task: int | None
    run: Run
