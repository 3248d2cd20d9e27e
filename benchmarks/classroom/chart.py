"""A live curve as a browser has it: figures and changes put together, and the feed read."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.Element_pb2 import Element

from benchmarks.classroom.web import Connection

# As in nnlab/ui/scripts/live_chart.js, for a page that does not say how often.
ASK_EVERY_MS = 200
COMPONENT, LOSS = "nnlab_live_chart", "-live-loss"
_ROUNDING = 1e-4


def made(old: Any, change: Any) -> Any:
    """The figure that a change makes of an old one, as in live_chart.js."""
    if not change:
        return old
    if "new" in change:
        return change["new"]
    if "keep" in change:
        return old[: change["keep"]] + change["add"]
    keyed = dict(enumerate(old)) if isinstance(old, list) else dict(old)
    for key in change["out"]:
        keyed.pop(key)
    for key, inner in change["in"].items():
        place = int(key) if isinstance(old, list) else key
        keyed[place] = made(keyed.get(place), inner)
    return list(keyed.values()) if isinstance(old, list) else keyed


@dataclass
class Curve:
    """The loss of the run that a pupil watches, while it is under way.

    Attributes:
        connection: to the app, for the feed.
        grew: told the time whenever the curve is longer than before.
        url: of the feed, None while no run is under way.
        points: each (epoch, loss) that the feed has told.
        reads, failures: how often the feed was read, and how often in vain.
    """

    connection: Connection
    grew: Callable[[float], None]
    url: str | None = None
    points: set[tuple[float, float]] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)
    reads: int = 0
    failures: list[str] = field(default_factory=list)
    end: float = 0.0
    every: float = ASK_EVERY_MS / 1000
    _whole: tuple[int, Any] | None = None
    _asking: "asyncio.Task[None] | None" = None

    def take(self, element: Element) -> None:
        """An element of the page; only the chart of the loss matters."""
        component = element.bidi_component
        if component.component_name != COMPONENT or not component.id.endswith(LOSS):
            return
        data = json.loads(component.json)
        figure = self._figure(data)
        feed = data["feed"]
        self._follow(feed["url"] if feed else None)
        if feed:
            self.every = feed.get("every_ms", ASK_EVERY_MS) / 1000
            if figure is not None:
                self._grow(figure["data"][0]["x"])

    def close(self) -> None:
        """Ask no more."""
        self._follow(None)

    def _figure(self, data: dict[str, Any]) -> Any:
        if "figure" in data:
            self._whole = (data["whole"], data["figure"])
        if self._whole is None or self._whole[0] != data["whole"]:
            return None
        return made(self._whole[1], data.get("change"))

    def _follow(self, url: str | None) -> None:
        if url == self.url:
            return
        if self._asking:
            self._asking.cancel()
            self._asking = None
        self.url = url
        if url:
            self.end = 0.0
            self.urls.add(url)
            self._asking = asyncio.create_task(self._ask(url))

    async def _ask(self, url: str) -> None:
        while True:
            await asyncio.sleep(self.every)
            try:
                status, body = await self.connection.get(f"{url}?t={time.time_ns() // 1_000_000}")
            except Exception as error:
                self.failures.append(f"the feed could not be read: {type(error).__name__} {error}")
                continue
            self.reads += 1
            if status >= 500:
                self.failures.append(f"the feed answered {status}")
            elif status == 200:
                told = json.loads(body)["points"]
                self.points.update(zip(told["epoch"], told["loss"], strict=True))
                self._grow(told["epoch"])

    def _grow(self, epochs: list[float]) -> None:
        if epochs and epochs[-1] > self.end + _ROUNDING:
            self.end = epochs[-1]
            self.grew(time.monotonic())
