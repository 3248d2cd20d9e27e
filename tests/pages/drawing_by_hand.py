"""The Draw page's canvas, drawn on by a test, and networks that answer at once."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import streamlit as st
from page_elements import components
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from nnlab.experiment import Experiment, with_settings
from nnlab.runs.states import RunState
from nnlab.ui.draw.sheet import PEN, SIDE
from nnlab.ui.resources import engine
from nnlab.work.reading import Readings

PAGE = "pages/4_Draw.py"
VISITOR = "a" * 32
OpenPage = Callable[..., AppTest]
Line = list[tuple[int, int]]
ONE: Line = [(168, 60), (168, 280)]
FOOT: Line = [(100, 280), (240, 280)]


class Canvas:
    """Stands for the browser's canvas: shows what it is handed, reports strokes with pixels.

    Like the real one it reports what it was handed later on, but not what it began with.
    """

    def __init__(self) -> None:
        self.strokes: list[dict[str, Any]] = []
        self.handed: Any = None
        self.pen = PEN
        self.size = (SIDE, SIDE)
        self.reported = False

    def draw(self, points: Line) -> None:
        self.strokes = [*self.strokes, {"points": points, "width": self.pen}]
        self.reported = True

    def leave(self) -> None:
        """The browser turns to another page."""
        self.handed, self.reported = None, False

    def __call__(self, *, key: str, initial_drawing: Any, stroke_width: int, **_: Any) -> Any:
        self.pen = stroke_width
        result = self._result()
        if initial_drawing != self.handed:
            self.reported = self.handed is not None
            self.strokes = list(initial_drawing["objects"])
            self.handed = initial_drawing
        st.session_state[key] = "mounted"
        return result

    def _result(self) -> SimpleNamespace:
        image = self._pixels() if self.reported else None
        return SimpleNamespace(json_data={"objects": self.strokes}, image_bytes=image)

    def _pixels(self) -> bytes:
        image = Image.new("RGBA", self.size, "black")
        for stroke in self.strokes:
            points = [tuple(point) for point in stroke["points"]]
            ImageDraw.Draw(image).line(points, "white", stroke["width"])
        stream = io.BytesIO()
        image.save(stream, "PNG")
        return stream.getvalue()


class Network:
    """Stands for the workers: notes what it is asked, and answers a seven or what it is told."""

    def __init__(self) -> None:
        self.asked: list[np.ndarray] = []
        self.runs: list[str] = []
        self.answer = np.full(10, 0.02, np.float32)
        self.answer[7] = 0.82
        self.of_shrunk = np.full(10, 0.05, np.float32)
        self.of_shrunk[1] = 0.55
        self.strangeness: float | None = None
        self.error: Exception | None = None

    def read(self, run_id: str, images: np.ndarray, owner: str) -> Readings:
        assert owner == VISITOR
        self.asked.append(images)
        self.runs.append(run_id)
        if self.error:
            raise self.error
        answers = np.stack([self.answer, self.of_shrunk])[: len(images)]
        if self.strangeness is None:
            return Readings(answers)
        return Readings(answers, np.array([self.strangeness, 9.0], np.float32), 2.0)


def finished_run(dataset: str = "mnist") -> str:
    experiment = with_settings(Experiment(), {"dataset.name": dataset})
    run_id = engine().store.create(experiment, VISITOR, engine().identity)
    finish(run_id)
    return run_id


def finish(run_id: str) -> None:
    engine().store.move(run_id, RunState.RUNNING)
    engine().store.move(run_id, RunState.FINISHED, test_loss=0.1, test_accuracy=0.975)


def choose(at: AppTest, run_id: str) -> None:
    """As the select box does, or Home's button."""
    at.session_state["nnlab_draw_settings"].run_id = run_id


def card(at: AppTest) -> dict[str, Any]:
    return components(at, "nnlab_answer")[0]


def bars(at: AppTest) -> dict[str, Any]:
    return components(at, "nnlab_live_chart")[0]["figure"]["data"][0]


def press(at: AppTest, label: str) -> AppTest:
    at.button(key=f"draw-{label}").click().run()
    at.run()  # the canvas reports what it now shows
    assert not at.exception
    return at
