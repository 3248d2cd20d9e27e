"""A tab of a browser, as far as the server can tell: one session over Streamlit's websocket.

It keeps the elements it is sent at their places, drops those that a run has not drawn again,
keeps messages by their hash, tells all widgets' values with each rerun, and its timers rerun
fragments. It draws nothing.
"""

import asyncio
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.classroom.web import loopback
from benchmarks.classroom.widgets import shown_value

COOKIE = "nnlab_visitor"
LARGEST = 64 * 1024 * 1024
PATIENCE = 60.0
_NAMES = re.compile(rb"[0-9a-f]{16,64}")
_AGE = 2  # runs that a message is kept without being sent again


@dataclass
class Shown:
    """An element at its place, and the run that drew it last."""

    element: Element
    fragment: str
    run: int


@dataclass
class Kept:
    """A message that the server may refer to by its hash."""

    delta: Delta
    run: int


@dataclass
class Tab:
    """One session.

    Attributes:
        url: of the app, on this machine.
        visitor: the name in the cookie, 32 hexadecimal digits.
        on_element: told each element as it arrives.
        errors: what went wrong, in words, as the page or the connection told it.
        names: every name made of hexadecimal digits that the server has sent.
    """

    url: str
    visitor: str
    on_element: Callable[[Element], None] = lambda _: None
    errors: list[str] = field(default_factory=list)
    names: set[bytes] = field(default_factory=set)
    page: str = ""
    runs: int = 0
    reruns_asked: int = 0
    shown: dict[tuple[int, ...], Shown] = field(default_factory=dict)
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _kept: dict[str, Kept] = field(default_factory=dict)
    _timers: dict[str, tuple[float, "asyncio.Task[None]"]] = field(default_factory=dict)
    _fragments: list[str] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: ClientConnection | None = None
    _reader: "asyncio.Task[None] | None" = None
    _finished: Counter[str] = field(default_factory=Counter)
    _closing: bool = False

    # --- what a person does ---------------------------------------------------------------

    async def open(self, page_name: str = "") -> None:
        """Go to a page by its address and wait until it is drawn."""
        host, port = loopback(self.url)
        self._socket = await connect(
            f"ws://{host}:{port}/_stcore/stream",
            origin=self.url,  # type: ignore[arg-type]
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],  # type: ignore[list-item]
            additional_headers={"Cookie": f"{COOKIE}={self.visitor}"},
            max_size=LARGEST,
            open_timeout=60,
        )
        self._reader = asyncio.create_task(self._read())
        await self.rerun(page_name=page_name)

    async def close(self) -> None:
        """Close the tab."""
        self._closing = True
        for fragment in list(self._timers):
            self._stop_timer(fragment)
        if self._reader:
            self._reader.cancel()
        if self._socket:
            await self._socket.close()

    async def press(self, label: str, key: str = "") -> None:
        """Press the button with this label (and, where there are several, with this key)."""
        place = self.place(lambda element: _is_button(element, label, key))
        state = WidgetState(id=place.element.button.id, trigger_value=True)
        await self.rerun(state, fragment=place.fragment)

    async def type_number(self, label: str, value: float) -> None:
        """Type into a number field and leave it."""
        place = self.place(lambda element: element.number_input.label == label)
        state = self._states[place.element.number_input.id]
        state.double_value = value
        await self.rerun(fragment=place.fragment)

    async def tell(
        self, component: Element, value: dict[str, Any], fragment: str, wait: bool = True
    ) -> None:
        """A component of the page changes its value."""
        id = component.bidi_component.id
        self._states[id] = WidgetState(id=id, json_value=json.dumps(value))
        await self.rerun(fragment=fragment, wait=wait)

    async def select_row(self, row: int) -> None:
        """Click a row of the page's table."""
        place = self.place(lambda element: bool(element.dataframe.id))
        chosen = {"selection": {"rows": [row], "columns": [], "cells": []}}
        id = place.element.dataframe.id
        self._states[id] = WidgetState(id=id, string_value=json.dumps(chosen))
        await self.rerun(fragment=place.fragment)

    async def follow_link(self, label: str) -> None:
        """To another page."""
        place = self.place(lambda element: element.page_link.label == label)
        self._states.clear()
        await self.rerun(page_hash=place.element.page_link.page_script_hash)

    # --- what there is to see -------------------------------------------------------------

    def elements(self) -> Iterator[Element]:
        """All elements on the page."""
        return (place.element for place in list(self.shown.values()))

    def place(self, wanted: Callable[[Element], bool]) -> Shown:
        """The first element that is wanted.

        Raises:
            LookupError: there is none.
        """
        for place in self.shown.values():
            if wanted(place.element):
                return place
        raise LookupError(f"not on the page of visitor {self.visitor[:6]}")

    def has(self, wanted: Callable[[Element], bool]) -> bool:
        """Whether such an element is on the page."""
        return any(wanted(element) for element in self.elements())

    async def until(self, holds: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until something holds; asked after each message.

        Raises:
            TimeoutError: it does not hold in time.
        """
        end = time.monotonic() + seconds
        while not holds():
            self._changed.clear()
            left = end - time.monotonic()
            # Not `wait_for`, which may swallow that the task is cancelled (Python 3.11).
            with suppress(TimeoutError):
                async with asyncio.timeout(max(left, 0.001)):
                    await self._changed.wait()
            if left <= 0 and not holds():
                raise TimeoutError(f"{what} within {seconds:.0f} s")

    async def rerun(
        self,
        *triggers: WidgetState,
        fragment: str = "",
        page_hash: str = "",
        page_name: str = "",
        automatic: bool = False,
        wait: bool = True,
    ) -> None:
        """Have the script, or a fragment of it, run again; and wait until it has."""
        message = BackMsg()
        state = message.rerun_script
        state.page_script_hash = page_hash or ("" if page_name else self.page)
        state.page_name = page_name
        state.fragment_id = fragment
        state.is_auto_rerun = automatic
        state.widget_states.widgets.extend([*self._states.values(), *triggers])
        state.cached_message_hashes.extend(self._kept)
        state.context_info.timezone = "Europe/Berlin"
        state.context_info.locale = "en-GB"
        state.context_info.url = f"{self.url}/{page_name}"
        before = self._drawn(fragment)
        self.reruns_asked += 1
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())
        if wait:
            await self.until(
                lambda: self._drawn(fragment) > before, PATIENCE, "the page was not drawn"
            )

    # --- what the server sends ------------------------------------------------------------

    async def _read(self) -> None:
        assert self._socket is not None
        try:
            async for data in self._socket:
                assert isinstance(data, bytes)
                self.names.update(_NAMES.findall(data))
                message = ForwardMsg()
                message.ParseFromString(data)
                self._take(message)
                self._changed.set()
        except ConnectionClosed as error:
            if not self._closing:
                self.errors.append(f"the connection was lost: {error}")

    def _take(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._begin(message)
            case "delta":
                self._draw(message.metadata.delta_path, message.delta)
                if message.metadata.cacheable:
                    self._kept[message.hash] = Kept(message.delta, self.runs)
            case "ref_hash":
                kept = self._kept[message.ref_hash]
                kept.run = self.runs
                self._draw(message.metadata.delta_path, kept.delta)
            case "auto_rerun":
                self._start_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self._stop_timer(fragment)
            case "script_finished":
                self._finish(message.script_finished, message.metadata.run.fragment_ids)
            case "session_event":
                if message.session_event.HasField("script_compilation_exception"):
                    self.errors.append("a script could not be compiled")
            case "page_not_found":
                self.errors.append("a page was not found")

    def _begin(self, message: ForwardMsg) -> None:
        self.runs += 1
        self._fragments = list(message.metadata.run.fragment_ids)
        if self._fragments:
            return
        for fragment in list(self._timers):  # those of the page are told again as it is drawn
            self._stop_timer(fragment)
        if message.new_session.page_script_hash != self.page:
            self.page = message.new_session.page_script_hash
            self.shown.clear()

    def _draw(self, path: Any, delta: Delta) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        self.shown[tuple(path)] = Shown(element, delta.fragment_id, self.runs)
        state = shown_value(element)
        if state is not None:
            told = getattr(element, element.WhichOneof("type") or "").set_value
            if told or state.id not in self._states:
                self._states[state.id] = state
        if element.WhichOneof("type") == "exception":
            self.errors.append(f"{element.exception.type}: {element.exception.message}")
        if element.WhichOneof("type") == "alert" and element.alert.format == element.alert.ERROR:
            self.errors.append(f"the page says: {element.alert.body}")
        self.on_element(element)

    def _drawn(self, fragment: str) -> int:
        """How often a fragment was drawn, or the page with it; "" stands for the page."""
        return self._finished[fragment] + (self._finished[""] if fragment else 0)

    def _finish(self, status: int, fragments: Iterable[str]) -> None:
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        whole = status == ForwardMsg.FINISHED_SUCCESSFULLY
        self._finished.update([""] if whole else fragments)
        self.shown = {
            path: place
            for path, place in self.shown.items()
            if place.run == self.runs or not (whole or place.fragment in self._fragments)
        }
        self._kept = {
            name: kept for name, kept in self._kept.items() if kept.run + _AGE >= self.runs
        }
        if whole:
            there = {_id(place.element) for place in self.shown.values()}
            self._states = {id: state for id, state in self._states.items() if id in there}

    def _start_timer(self, fragment: str, seconds: float) -> None:
        known = self._timers.get(fragment)
        if known and known[0] == seconds:
            return
        self._stop_timer(fragment)
        self._timers[fragment] = (seconds, asyncio.create_task(self._again(fragment, seconds)))

    def _stop_timer(self, fragment: str) -> None:
        known = self._timers.pop(fragment, None)
        if known:
            known[1].cancel()

    async def _again(self, fragment: str, seconds: float) -> None:
        due = time.monotonic()
        while True:
            due += seconds
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            with suppress(ConnectionClosed):
                await self.rerun(fragment=fragment, automatic=True, wait=False)


def _id(element: Element) -> str:
    kind = element.WhichOneof("type")
    return getattr(getattr(element, kind), "id", "") if kind else ""


def _is_button(element: Element, label: str, key: str) -> bool:
    button = element.button
    return button.label == label and button.id.endswith(key) and not button.disabled
