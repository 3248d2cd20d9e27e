"""What a lesson works with: its values, its sliders, and TensorFlow's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from nnlab.curriculum import Lesson
from nnlab.ui.learn.positions import Control, positions
from nnlab.ui.resources import engine
from nnlab.ui.sliders import Slider, sliders

_KEPT_ANSWERS = 512


@dataclass
class Desk:
    """One visitor at one lesson.

    Attributes:
        lesson: which.
        owner: the visitor.
        values: where the controls stand, by name: numbers, texts or booleans, as JSON has them.
            They are kept through a change of page, a reload and a restart.
        memory: anything else that a lesson wants to find again; lost at a reload.
        every: seconds after which the picture is to be drawn again by itself, while something
            goes on; None while it waits for the visitor. A lesson sets it in each `show`.
        changed: values were set that `keep` has not written yet.
        linked: positions from the lesson's link, by control, that no control has taken yet.
        refused: what of the link cannot be, in words.
        moved: a control took its position from the link; what was drawn before it is out of date.
        controls: those that were drawn.
        defaults: where controls stand at first.
    """

    lesson: Lesson
    owner: str
    values: dict[str, Any] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)
    every: float | None = None
    changed: bool = False
    linked: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    moved: bool = False
    controls: dict[str, Control] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)

    def start(self, **defaults: Any) -> None:
        """Give the values that are not there yet, or are of another kind, their defaults."""
        self.defaults |= defaults
        for name, default in defaults.items():
            if not _alike(self.values.get(name), default):
                self.values[name] = default

    def put(self, **values: Any) -> None:
        """Set values; they are kept as soon as the picture has followed them."""
        self.values.update(values)
        self.changed = True
        self.refused = []

    def keep(self) -> None:
        """Write what has changed: after drawing, as a slider's hand does not wait for the disk."""
        if self.changed:
            engine().drafts.put(self.owner, _draft(self.lesson), self.values)
            self.changed = False

    def sliders(self, *group: Slider, key: str = "sliders", upright: bool = False) -> None:
        """Sliders for values of the same names, which `start` must have given."""
        for item in group:
            self._place(item.name, Control(item.low, item.high))
        sliders(
            group,
            self.values,
            f"{self.lesson.name}-{key}",
            lambda moved: self.put(**moved),
            upright=upright,
        )

    def choice(self, label: str, name: str, options: Sequence[str]) -> str:
        """One of a few named options, all in view; returns the value, which `start` must give."""
        key = f"{self.lesson.name}-{name}"

        def choose() -> None:
            chosen = st.session_state[key]
            if chosen is not None:
                self.put(**{name: chosen})

        if self._place(name, Control(options=tuple(options))):
            st.session_state.pop(key, None)
        current = self.values[name]
        if current not in options:
            current = self.values[name] = options[0]
        st.segmented_control(
            label, options, default=current, key=key, on_change=choose, required=True
        )
        return self.values[name]

    def switch(self, label: str, name: str, help: str | None = None) -> bool:
        """An on/off switch for a value, which `start` must give."""
        key = f"{self.lesson.name}-{name}"
        if self._place(name, Control()):
            st.session_state.pop(key, None)
        st.toggle(
            label,
            value=self.values[name],
            key=key,
            help=help,
            on_change=lambda: self.put(**{name: st.session_state[key]}),
        )
        return self.values[name]

    def button(self, label: str, icon: str | None = None, **values: Any) -> None:
        """A button that sets values, e.g. back to their beginning."""
        st.button(
            label,
            icon=f":material/{icon}:" if icon else None,
            key=f"{self.lesson.name}-button-{label}",
            on_click=lambda: self.put(**values),
        )

    def numbers(self, columns: Mapping[str, Sequence[Any]]) -> None:
        """The picture as a table, by columns; drawn only for those who ask, as it costs time."""
        self.start(numbers=False)
        if self.switch("The same as numbers", "numbers"):
            import pandas as pd

            st.dataframe(pd.DataFrame(columns), hide_index=True, height="content")

    def positions(self) -> dict[str, str]:
        """Where the drawn controls stand, as far as they were moved, for a link."""
        return positions(self.controls, self.values, self.defaults)

    def _place(self, name: str, control: Control) -> bool:
        """Have a control take its position from the link; whether it did."""
        self.controls[name] = control
        text = self.linked.pop(name, None)
        if text is None:
            return False
        try:
            self.values[name] = control.parse(text)
        except ValueError as error:
            self.refused.append(f"{name} {error}")
            return False
        self.changed = self.moved = True
        return True

    def ask(self, function: str, **arguments: Any) -> Any:
        """What a function of the lesson's TensorFlow module answers; the same is not asked twice.

        Arguments are plain numbers, texts, booleans, tuples of them, or arrays. The answer is
        shared between visitors and must not be changed.

        Raises:
            WorkersNotReady: no worker can answer yet; the lesson's frame tells it and waits.
        """
        return _ask(self.lesson.name, function, arguments)


@st.cache_resource(show_spinner=False, max_entries=_KEPT_ANSWERS)
def _ask(lesson: str, function: str, arguments: dict[str, Any]) -> Any:
    return engine().run_lesson(lesson, function, **arguments)


def desk_of(lesson: Lesson, owner: str) -> Desk:
    """The visitor's desk, as it was left."""
    key = f"nnlab_desk_{lesson.name}"
    if key not in st.session_state:
        kept = engine().drafts.get(owner, _draft(lesson))
        st.session_state[key] = Desk(lesson, owner, dict(kept or {}))
    return st.session_state[key]


def _draft(lesson: Lesson) -> str:
    return f"lesson:{lesson.name}"


def _alike(value: Any, default: Any) -> bool:
    """Whether a kept value may stand for `default`: lists of the same length, numbers, texts."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, (int, float)):
        return isinstance(value, (int, float))
    if isinstance(default, (list, tuple)):
        return isinstance(value, (list, tuple)) and len(value) == len(default)
    return isinstance(value, type(default))
