"""The questions behind a curve, asked a few at a time while the visitor watches."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from nnlab.ui.once import once
from nnlab.ui.what_if.look import Look
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.wording import time_left
from nnlab.work.what_if import Question

# A drawing of the page may be this much later for questions that nobody waits for.
UNNOTICED_SECONDS = 0.25
# After so long a pause the pace is measured anew.
BREAK_SECONDS = 3.0
_PACE = "nnlab_what_if_pace"

Asked = tuple[Subject, Question]


@dataclass(frozen=True)
class Work:
    """What a curve needs.

    Attributes:
        name: of the curve; what was stopped stays stopped under this name.
        total: how many answers.
        open: those that are not known yet.
        look: knows whether it was stopped.
    """

    name: str
    total: int
    open: tuple[Asked, ...]
    look: Look

    @property
    def stopped(self) -> bool:
        """Whether the visitor has stopped it."""
        return self.name in self.look.stopped

    @property
    def goes_on(self) -> bool:
        """Whether there is anything to be done without being told to."""
        return bool(self.open) and not self.stopped

    def advance(self) -> None:
        """Ask as long as nobody would notice the wait, and at least once."""
        if not self.goes_on:
            return
        started = time.monotonic()
        asked = 0
        for subject, question in self.open:
            subject.ask(question)
            asked += 1
            if time.monotonic() - started > UNNOTICED_SECONDS:
                break
        _note_pace(self.name, started, asked)

    def show(self) -> None:
        """How far it is, with a button to stop it or to go on; a line when it is done."""
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"what-if-work-{self.name}"
        ):
            done = self.total - len(self.open)
            if not self.open:
                st.caption(f"The curve stands on {done:,} passes over the test images.")
                return
            left = "" if self.stopped else _left(self.name, len(self.open))
            st.progress(done / self.total, text=f"{done:,} of {self.total:,} passes{left}")
            self._button()

    def _button(self) -> None:
        stopped = self.look.stopped
        label, icon, act = (
            ("Go on", "play_arrow", stopped.discard)
            if self.stopped
            else ("Stop", "stop", stopped.add)
        )
        st.button(
            label,
            icon=f":material/{icon}:",
            key=self.look.key(f"{label}-{self.name}"),
            on_click=once(lambda: act(self.name)),
        )


def work_of(name: str, asked: Sequence[Asked], look: Look) -> Work:
    """What of a curve is still to be done."""
    distinct = list(dict.fromkeys((id(subject), question) for subject, question in asked))
    subjects = {id(subject): subject for subject, _ in asked}
    needed = [(subjects[number], question) for number, question in distinct]
    unknown = tuple(one for one in needed if one[0].known(one[1]) is None)
    return Work(name, len(needed), unknown, look)


def _note_pace(name: str, started: float, asked: int) -> None:
    """Seconds and answers since the curve was begun, the drawings in between included."""
    paces = st.session_state.setdefault(_PACE, {})
    began, before, last = paces.get(name, (started, 0, started))
    if started - last > BREAK_SECONDS:
        began, before = started, 0
    paces[name] = (began, before + asked, time.monotonic())


def _left(name: str, n_open: int) -> str:
    began, asked, last = st.session_state.get(_PACE, {}).get(name, (0.0, 0, 0.0))
    return f" · {time_left((last - began) / asked * n_open)}" if asked else ""
