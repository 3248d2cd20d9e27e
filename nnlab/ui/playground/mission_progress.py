"""How far a visitor is with the missions; kept through reloads and restarts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st

from nnlab.missions import MISSIONS
from nnlab.runs.run import utc_now
from nnlab.ui.resources import engine

_KEY = "nnlab_missions"
_DRAFT = "missions"


@dataclass
class MissionProgress:
    """What a visitor has done. Everything by the mission's name.

    Attributes:
        owner: whose it is.
        opened: the mission that is open.
        begun: when a mission was set up first, UTC as ISO text; older runs are not part of it.
        predicted: position of the option predicted.
        hints: how many hints have been asked for.
        explained: where the explanation was asked for before the mission was passed.
        passed: what was said when it was passed.
    """

    owner: str
    opened: str | None = None
    begun: dict[str, str] = field(default_factory=dict)
    predicted: dict[str, int] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    explained: dict[str, bool] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)

    def open(self, name: str) -> None:
        """One at a time; opened once more, it closes."""
        self.opened = None if self.opened == name else name
        self._keep()

    def begin(self, name: str) -> None:
        """It is set up; runs from now on are part of it, and those since it was set up first."""
        self.begun.setdefault(name, utc_now().isoformat())
        self._keep()

    def begun_at(self, name: str) -> datetime | None:
        """When it was set up first, UTC; None if it never was."""
        return datetime.fromisoformat(self.begun[name]) if name in self.begun else None

    def predict(self, name: str, option: int) -> None:
        """Note a prediction."""
        self.predicted[name] = option
        self._keep()

    def hint(self, name: str) -> None:
        """One more hint."""
        most = len(MISSIONS[name].hints)
        self.hints[name] = min(self.hints.get(name, 0) + 1, most)
        self._keep()

    def explain(self, name: str) -> None:
        """Show the explanation from now on."""
        self.explained[name] = True
        self._keep()

    def win(self, name: str, words: str) -> bool:
        """It is passed, and stays so; whether that is new."""
        if name in self.passed:
            return False
        self.passed[name] = words
        self._keep()
        return True

    def again(self, name: str) -> None:
        """Forget all of one mission."""
        for kept in (self.begun, self.predicted, self.hints, self.explained, self.passed):
            kept.pop(name, None)
        self._keep()

    def _keep(self) -> None:
        data = asdict(self)
        del data["owner"]
        engine().drafts.put(self.owner, _DRAFT, data)


def mission_progress(owner: str) -> MissionProgress:
    """The visitor's progress, taken up where it was left."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _recalled(owner, engine().drafts.get(owner, _DRAFT) or {})
    return st.session_state[_KEY]


def _recalled(owner: str, kept: Mapping[str, Any]) -> MissionProgress:
    """What was kept, without missions and options that another version knew."""
    opened = kept.get("opened")
    progress = MissionProgress(owner, opened if opened in MISSIONS else None)
    for name in ("begun", "hints", "explained", "passed"):
        getattr(progress, name).update(_known(kept.get(name)))
    options = {name: len(mission.question.options) for name, mission in MISSIONS.items()}
    predicted = _known(kept.get("predicted")).items()
    progress.predicted = {n: option for n, option in predicted if 0 <= option < options[n]}
    return progress


def _known(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (kept or {}).items() if name in MISSIONS}
