"""How a visitor looks at the wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from nnlab.rooms.wall import WallRun
from nnlab.runs.states import ACTIVE, COMPLETE, RunState

_KEY = "nnlab_room_look"
EVERYBODY = ""
ANY_TASK, NO_TASK = 0, -1

View = Literal["table", "curves", "scatter"]
Watched = Literal["figure", "loss"]
# Names of states that a class asks for.
STATES: dict[str, frozenset[RunState]] = {
    "All runs": frozenset(RunState),
    "Training": ACTIVE,
    "Done": COMPLETE,
    "Unfinished": frozenset(RunState) - ACTIVE - COMPLETE,
}


@dataclass
class Look:
    """What is shown of a room's wall.

    Attributes:
        code: of the room.
        view: as a table, all curves in one chart, or a setting against test accuracy.
        metric: what curves show: the loss, or the figure that stands beside it.
        member: whose runs; `EVERYBODY` for all.
        state: a name in `STATES`.
        task: its number, `ANY_TASK` or `NO_TASK`.
        setting: dotted path for the scatter; None for the first.
    """

    code: str
    view: View = "table"
    metric: Watched = "figure"
    member: str = EVERYBODY
    state: str = "All runs"
    task: int = ANY_TASK
    setting: str | None = None

    @property
    def filters(self) -> tuple[str, str, str, int]:
        """All that decides which runs are shown."""
        return self.code, self.member, self.state, self.task

    def admits(self, run: WallRun) -> bool:
        """Whether the filters let a run through."""
        return (
            self.member in (EVERYBODY, run.member)
            and run.run.state in STATES[self.state]
            and self.task in (ANY_TASK, run.task or NO_TASK)
        )

    def of(self, runs: Sequence[WallRun]) -> list[WallRun]:
        """The runs that are shown, newest first."""
        return [run for run in reversed(runs) if self.admits(run)]


def look_at(code: str) -> Look:
    """This visitor's look at a room, as it was left."""
    look = st.session_state.get(_KEY)
    if look is None or look.code != code:
        look = st.session_state[_KEY] = Look(code)
    return look
