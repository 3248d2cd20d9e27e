"""What one of the class does, and what is noted of it."""

import asyncio
import itertools
import json
import random
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.Element_pb2 import Element

from benchmarks.classroom.chart import Curve
from benchmarks.classroom.strokes import clean_sheet, drawn_digit
from benchmarks.classroom.tab import Tab
from benchmarks.classroom.web import Connection

RECIPE = "e-beginner-notebook"
CANVAS, CARD = "streamlit-drawable-canvas", "nnlab_answer"
_RESULT = "Test accuracy **"
_PAGE_FILES = re.compile(rb'(?:src|href)="\.(/static/[^"]+)"')
_OUR_FILES = re.compile(r"/_stcore/bidi-components/[^\s'\"\\]+\?v=\w[\w.]*")
LOOK_AROUND_SECONDS = (4.0, 10.0)
BETWEEN_DRAWINGS_SECONDS = (10.0, 30.0)


@dataclass
class Noted:
    """Times of the clock `time.monotonic`, and seconds.

    Attributes:
        pressed, finished: when Train was pressed, and when the test accuracy could be read.
        grown: whenever the curve was seen to have grown.
        drawings: seconds from a drawing to its answer on the card.
        opened: seconds until Home was drawn.
        errors: whatever went wrong.
    """

    seed: int
    visitor: str
    pressed: float = 0.0
    finished: float = 0.0
    opened: float = 0.0
    grown: list[float] = field(default_factory=list)
    drawings: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    names: set[bytes] = field(default_factory=set)
    points: set[tuple[float, float]] = field(default_factory=set)
    feeds: set[str] = field(default_factory=set)
    reads: int = 0
    reruns: int = 0

    @property
    def first_point(self) -> float:
        """Seconds from Train to the first point seen; infinite where none was."""
        return self.grown[0] - self.pressed if self.grown else float("inf")

    @property
    def largest_gap(self) -> float:
        """Most seconds without anything new on the curve, from its first point to the result."""
        times = [*self.grown, self.finished] if self.finished else self.grown
        gaps = (later - sooner for sooner, later in itertools.pairwise(times))
        return max(gaps, default=float("inf"))


class Pupil:
    """One visitor with a tab that trains and, meanwhile, one to draw in."""

    def __init__(self, url: str, seed: int, visitor: str) -> None:
        self.url = url
        self.noted = Noted(seed, visitor)
        self._chance = random.Random(seed)
        self._connection = Connection(url)
        self._curve = Curve(self._connection, self._grew)
        self._tab = Tab(url, visitor, self._curve.take)
        self._card: dict[str, Any] | None = None
        self._draw_tab = Tab(url, visitor, self._seen_on_draw)

    async def lesson(self, press_at: float, end_at: float, draws: bool = True) -> None:
        """Open Home, the recipe and its seed, press Train at a time, and watch to the end."""
        drawing: asyncio.Task[None] | None = None
        try:
            await _sleep_until(press_at - self._chance.uniform(*LOOK_AROUND_SECONDS))
            await self._open_home()
            await self._open_recipe()
            await _sleep_until(press_at)
            await self._train()
            if draws:
                drawing = asyncio.create_task(self._draw_now_and_then(end_at))
            await self._watch(end_at)
        except Exception as error:
            self.noted.errors.append(f"{type(error).__name__}: {error}")
        if drawing:
            drawing.cancel()
            with suppress(asyncio.CancelledError):
                await drawing
        await self._leave()

    # --- training -------------------------------------------------------------------------

    async def _open_home(self) -> None:
        started = time.monotonic()
        _, page = await self._connection.get("/")
        await self._load(path.decode() for path in _PAGE_FILES.findall(page))
        await self._tab.open()
        self.noted.opened = time.monotonic() - started
        await self._load(_OUR_FILES.findall(_texts(self._tab)))

    async def _load(self, paths: Iterable[str]) -> None:
        """Files that a browser loads once."""
        for path in dict.fromkeys(paths):
            status, _ = await self._connection.get(path)
            if status != 200:
                self.noted.errors.append(f"{path} answered {status}")

    async def _open_recipe(self) -> None:
        await self._tab.press("Open on Train", key=f"open-{RECIPE}")
        await self._tab.until(lambda: self._tab.has(_is_train), 30, "no Train button")
        await self._tab.type_number("Seed", self.noted.seed)

    async def _train(self) -> None:
        self.noted.pressed = time.monotonic()
        await self._tab.press("Train")

    async def _watch(self, end_at: float) -> None:
        left = end_at - time.monotonic()
        await self._tab.until(lambda: self._curve.url is not None, left, "no run under way")
        left = end_at - time.monotonic()
        await self._tab.until(self._is_done, left, "the training has not ended")
        self.noted.finished = time.monotonic()

    def _is_done(self) -> bool:
        return self._curve.url is None and self._tab.has(
            lambda element: element.markdown.body.startswith(_RESULT)
        )

    def _grew(self, now: float) -> None:
        self.noted.grown.append(now)

    # --- drawing --------------------------------------------------------------------------

    async def _draw_now_and_then(self, end_at: float) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(self._chance.uniform(1, BETWEEN_DRAWINGS_SECONDS[1]))
            try:
                await self._draw_tab.open("Draw")
                while time.monotonic() < end_at:
                    await self._draw_one()
                    await asyncio.sleep(self._chance.uniform(*BETWEEN_DRAWINGS_SECONDS))
            except Exception as error:
                self.noted.errors.append(f"drawing: {type(error).__name__}: {error}")

    async def _draw_one(self) -> None:
        tab = self._draw_tab
        if tab.has(lambda element: element.button.label == "Clear" and not element.button.disabled):
            await tab.press("Clear")
            await self._tell(clean_sheet())
        value = drawn_digit(self._chance)
        self._card = None
        started = time.monotonic()
        await self._tell(value, wait=False)
        await tab.until(lambda: bool(self._card and self._card["top"]), 60, "no answer")
        self.noted.drawings.append(time.monotonic() - started)
        await asyncio.sleep(0.5)  # until what stands below the card is drawn, too

    async def _tell(self, value: dict[str, Any], wait: bool = True) -> None:
        place = self._draw_tab.place(
            lambda element: element.bidi_component.component_name.startswith(CANVAS)
        )
        await self._draw_tab.tell(place.element, value, place.fragment, wait)

    def _seen_on_draw(self, element: Element) -> None:
        if element.bidi_component.component_name == CARD:
            self._card = json.loads(element.bidi_component.json)

    # --- the end --------------------------------------------------------------------------

    async def _leave(self) -> None:
        noted, tabs = self.noted, (self._tab, self._draw_tab)
        noted.errors += [error for tab in tabs for error in tab.errors] + self._curve.failures
        noted.names = self._tab.names | self._draw_tab.names
        noted.reruns = sum(tab.reruns_asked for tab in tabs)
        noted.points, noted.feeds, noted.reads = (
            self._curve.points, self._curve.urls, self._curve.reads,
        )  # fmt: skip
        self._curve.close()
        for tab in tabs:
            await tab.close()
        await self._connection.close()


def _texts(tab: Tab) -> str:
    """What the page's own HTML and components are made of."""
    return "\n".join(
        element.html.body + element.bidi_component.js_content + element.bidi_component.json
        for element in tab.elements()
    )


def _is_train(element: Element) -> bool:
    return element.button.label == "Train" and not element.button.disabled


async def _sleep_until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.monotonic()))
