"""Downloads in the background: they outlive a rerun, a reload and the visitor who began them."""

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from nnlab.datasets import DatasetError, DownloadCancelled, fetch, info

logger = logging.getLogger(__name__)

# How long the end of a failed download is told; later the network may be another.
REMEMBER_SECONDS = 600


@dataclass
class Download:
    """One download of the set `name`: bytes so far, bytes in all, and how it ended."""

    name: str
    total: int
    done: int = 0
    state: Literal["running", "finished", "failed", "cancelled"] = "running"
    message: str = ""
    ended: float = 0.0
    cancelled: threading.Event = field(default_factory=threading.Event)

    @property
    def share(self) -> float:
        """The part that is here, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    def report(self, done: int, total: int) -> None:
        """Take down the progress."""
        self.done, self.total = done, total

    def end(self, state: Literal["finished", "failed", "cancelled"], message: str = "") -> None:
        """Take down the end; the state comes last, since others wait for it."""
        self.message, self.ended = message, time.monotonic()
        self.state = state


class Downloads:
    """At most one download a set, whoever asks; safe to share between threads."""

    def __init__(self) -> None:
        self._known: dict[str, Download] = {}
        self._lock = threading.Lock()

    def start(self, name: str) -> None:
        """Begin to fetch the set `name`, unless that is under way."""
        with self._lock:
            known = self._known.get(name)
            if known is not None and known.state == "running":
                return
            download = self._known[name] = Download(name, info(name).download_bytes)
        threading.Thread(
            target=_run, args=(download,), daemon=True, name=f"download-{name}"
        ).start()

    def cancel(self, name: str) -> None:
        """Stop the download of the set `name`, if there is one."""
        known = self._known.get(name)
        if known is not None:
            known.cancelled.set()

    def of(self, name: str) -> Download | None:
        """The download of the set `name` that runs or ended a short while ago."""
        known = self._known.get(name)
        if known is None or known.state == "running":
            return known
        return known if time.monotonic() - known.ended < REMEMBER_SECONDS else None


def _run(download: Download) -> None:
    try:
        fetch(download.name, download.report, download.cancelled.is_set)
    except DownloadCancelled as error:
        download.end("cancelled", str(error))
    except DatasetError as error:
        download.end("failed", str(error))
    except Exception as error:  # nobody else would hear of it in this thread
        logger.exception("download of %s failed", download.name)
        download.end("failed", f"The download failed ({type(error).__name__}). Try again.")
    else:
        download.end("finished")


@st.cache_resource(show_spinner=False)
def downloads() -> Downloads:
    """Those of this process, the same for every visitor."""
    return Downloads()
