"""Zips that are being made: they outlive a rerun, a reload and the visitor who asked."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import streamlit as st

from nnlab.export.kept import Progress, read_progress, zip_path
from nnlab.ui.resources import engine
from nnlab.work.failures import failure_message
from nnlab.work.short_tasks import WorkersNotReady

if TYPE_CHECKING:  # Dask is loaded by the engine's own thread, while the first page is drawn
    from distributed import Future

# A zip holds a worker's thread for some seconds, and drawings are to be answered meanwhile.
MOST_AT_ONCE = 2
BUSY = "Other runs are being put into zips just now. Try again in some seconds."


@dataclass(frozen=True)
class Made:
    """How far it is: not asked for, being made, there to be downloaded, or failed and why."""

    state: Literal["none", "making", "ready", "failed"]
    progress: Progress | None = None
    message: str = ""


class Making:
    """At most one zip of a run at a time, whoever asks; safe to share between threads."""

    def __init__(self) -> None:
        self._futures: dict[str, Future] = {}
        self._refused: dict[str, str] = {}
        self._lock = threading.Lock()

    def begin(self, run_id: str) -> None:
        """Have a worker make the zip, unless one does; what speaks against it, `of` tells."""
        with self._lock:
            self._refused.pop(run_id, None)
            if self._pending(run_id):
                return
            if sum(map(self._pending, list(self._futures))) >= MOST_AT_ONCE:
                self._refused[run_id] = BUSY
                return
            try:
                self._futures[run_id] = engine().export(run_id)
            except WorkersNotReady as error:
                self._refused[run_id] = str(error)

    def of(self, run_id: str) -> Made:
        """How far the zip of a run is."""
        if run_id in self._refused:
            return Made("failed", message=self._refused[run_id])
        if self._pending(run_id):
            return Made("making", read_progress(run_id))
        future = self._futures.get(run_id)
        error = future.exception() if future is not None else None
        if error is not None:
            return Made("failed", message=failure_message(error))
        return Made("ready" if zip_path(run_id).is_file() else "none")

    def _pending(self, run_id: str) -> bool:
        future = self._futures.get(run_id)
        return future is not None and not future.done()


@st.cache_resource(show_spinner=False)
def making() -> Making:
    """Those of this process, the same for every visitor."""
    return Making()
