"""Which lessons a visitor has done, and what was predicted; kept through reloads and restarts."""

from dataclasses import dataclass, field

import streamlit as st

from nnlab.curriculum import LESSONS
from nnlab.ui.resources import engine

_KEY = "nnlab_lessons_done"
_DRAFT = "lessons"


@dataclass
class Progress:
    """The position of the option predicted in each lesson, by the lesson's name."""

    owner: str
    predicted: dict[str, int] = field(default_factory=dict)

    def predict(self, lesson: str, option: int) -> None:
        """Note a prediction."""
        self.predicted[lesson] = option
        self._keep()

    def forget(self, lesson: str) -> None:
        """The question may be answered anew."""
        self.predicted.pop(lesson, None)
        self._keep()

    def right(self, lesson: str) -> bool | None:
        """Whether the prediction was right; None before there is one."""
        if lesson not in self.predicted:
            return None
        return self.predicted[lesson] == LESSONS[lesson].question.answer

    def _keep(self) -> None:
        engine().drafts.put(self.owner, _DRAFT, self.predicted)


def progress_of(owner: str) -> Progress:
    """The visitor's progress, taken up where it was left."""
    if _KEY not in st.session_state:
        kept = engine().drafts.get(owner, _DRAFT) or {}
        known = {
            name: option
            for name, option in kept.items()
            if name in LESSONS and 0 <= option < len(LESSONS[name].question.options)
        }
        st.session_state[_KEY] = Progress(owner, known)
    return st.session_state[_KEY]
