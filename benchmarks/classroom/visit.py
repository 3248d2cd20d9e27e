"""One visit of many in a long lesson: a little of everything that the pages offer."""

import random
from collections.abc import Awaitable, Callable

from streamlit.proto.Element_pb2 import Element

from benchmarks.classroom.chart import Curve
from benchmarks.classroom.strokes import drawn_digit
from benchmarks.classroom.tab import Tab
from benchmarks.classroom.web import Connection

RECIPE = "e-beginner-notebook"
CANVAS = "streamlit-drawable-canvas"
PAGES = ("Learn", "Data", "Evaluate", "Reproduce", "Home")
DELETE = "Delete this run"
PATIENCE = 120.0
_RESULT = "Test accuracy **"


class Visit:
    """One visitor, from opening the page to closing it."""

    def __init__(self, url: str, visitor: str, chance: random.Random) -> None:
        self.url = url
        self.visitor = visitor
        self._chance = chance
        self._connection = Connection(url)
        self._curve = Curve(self._connection, lambda _: None)
        self._tabs: list[Tab] = []

    async def make(self) -> list[str]:
        """The visit; returns what went wrong."""
        errors: list[str] = []
        try:
            for step in self._steps():
                await step()
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        errors += [error for tab in self._tabs for error in tab.errors] + self._curve.failures
        self._curve.close()
        for tab in self._tabs:
            await tab.close()
        await self._connection.close()
        return errors

    def _steps(self) -> list[Callable[[], Awaitable[None]]]:
        others = [self._draw, self._look_around, self._reload, self._delete]
        self._chance.shuffle(others)
        return [self._train, *others[: self._chance.randint(1, len(others))]]

    @property
    def _tab(self) -> Tab:
        return self._tabs[-1]

    async def _open(self, page: str = "") -> None:
        tab = Tab(self.url, self.visitor, self._curve.take)
        self._tabs.append(tab)
        await tab.open(page)

    async def _train(self) -> None:
        await self._open()
        await self._tab.press("Open on Train", key=f"open-{RECIPE}")
        await self._tab.until(lambda: self._tab.has(_is_train), PATIENCE, "no Train button")
        await self._tab.type_number("Seed", self._chance.randrange(1_000_000))
        await self._tab.type_number("Epochs", self._chance.choice((1, 2, 3)))
        await self._tab.press("Train")
        await self._tab.until(lambda: self._curve.url is not None, PATIENCE, "no run under way")
        if self._chance.random() < 0.3:
            await self._pause()
        await self._tab.until(self._is_done, PATIENCE, "the training has not ended")

    async def _pause(self) -> None:
        """Pause while it trains, and go on."""
        tab = self._tab
        await tab.until(lambda: self._curve.end > 0, PATIENCE, "no first point")
        if self._is_done() or not tab.has(_button("Pause")):
            return
        await tab.press("Pause")
        await tab.until(
            lambda: tab.has(_button("Resume")) or self._is_done(), PATIENCE, "it has not paused"
        )
        if tab.has(_button("Resume")):
            await tab.press("Resume")
            await tab.until(
                lambda: self._curve.url is not None or self._is_done(), PATIENCE, "not resumed"
            )

    def _is_done(self) -> bool:
        return self._curve.url is None and self._tab.has(
            lambda element: element.markdown.body.startswith(_RESULT)
        )

    async def _draw(self) -> None:
        await self._tab.follow_link("Draw")
        await self._tab.until(lambda: self._tab.has(_is_canvas), PATIENCE, "no canvas")
        place = self._tab.place(_is_canvas)
        for _ in range(3):
            await self._tab.tell(place.element, drawn_digit(self._chance), place.fragment)

    async def _delete(self) -> None:
        await self._tab.follow_link("Home")
        await self._tab.select_row(0)
        if self._tab.has(_button(DELETE)):  # not where another tab of the visitor's trains
            await self._tab.press(DELETE)

    async def _look_around(self) -> None:
        for page in self._chance.sample(PAGES, 3):
            await self._tab.follow_link(page)

    async def _reload(self) -> None:
        await self._tab.close()
        await self._open("Train")


def _is_train(element: Element) -> bool:
    return element.button.label == "Train" and not element.button.disabled


def _is_canvas(element: Element) -> bool:
    return element.bidi_component.component_name.startswith(CANVAS)


def _button(label: str) -> Callable[[Element], bool]:
    return lambda element: element.button.label == label and not element.button.disabled
