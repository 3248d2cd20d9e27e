"""How often a page that follows a run looks again: alone at once, in a class a little less often.

Every look costs the server some milliseconds and every reading of a feed one, so there is a number
of each that all who watch in this process share.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

# For all who watch together.
LOOKS_A_SECOND = 6
READS_A_SECOND = 15
# Between two of one page. The slowest look is still well below the ten seconds of a chart's feed.
LOOK_SECONDS = (1.0, 5.0)
READ_SECONDS = (0.2, 2.0)
# Who has not looked for so long has gone.
GONE_SECONDS = 10.0
_EVERY = "nnlab_looks_every_"


@dataclass(frozen=True)
class Pace:
    """Seconds between two looks at the store, and between two readings of a feed."""

    look: float
    read: float


class Watchers:
    """Who watches a run in this process. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked: dict[str, float] = {}
        self._lock = threading.Lock()

    def look(self, who: str) -> Pace:
        """Somebody looks; returns how often to, by how many do."""
        now = self._clock()
        with self._lock:
            self._looked[who] = now
            for name in [n for n, at in self._looked.items() if now - at > GONE_SECONDS]:
                del self._looked[name]
            return pace(len(self._looked))


def pace(watchers: int) -> Pace:
    """In steps of half a second and of a fifth, so that it does not change with everyone who comes.

    Args:
        watchers: how many pages follow a run.
    """
    return Pace(
        _between(LOOK_SECONDS, watchers / LOOKS_A_SECOND, 0.5),
        _between(READ_SECONDS, watchers / READS_A_SECOND, 0.2),
    )


def _between(bounds: tuple[float, float], seconds: float, step: float) -> float:
    stepped = round(math.ceil(seconds / step - 1e-9) * step, 3)
    return min(max(bounds[0], stepped), bounds[1])


_watchers = Watchers()


def look() -> Pace:
    """This session looks at a run that is under way."""
    context = get_script_run_ctx()
    return _watchers.look(context.session_id if context else "")


def begin_pace(key: str) -> float:
    """Seconds between two looks of a fragment that is about to be drawn for the first time.

    Args:
        key: names it among those of the session.
    """
    seconds = st.session_state[_EVERY + key] = look().look
    return seconds


def keep_pace(key: str) -> Pace:
    """The pace of all who watch now; the timer of the fragment `key`, which calls this at each of
    its drawings, takes it on where it has changed.
    """
    pace = look()
    if st.session_state.get(_EVERY + key) != pace.look:
        st.session_state[_EVERY + key] = pace.look
        look_again_every(pace.look)
    return pace


def look_again_every(seconds: float) -> None:
    """Give the fragment that is being drawn another interval than it was begun with.

    The browser changes a fragment's timer when it is told another interval for it. Streamlit
    tells it when the page around the fragment is drawn; here it is told in between.
    """
    context, fragment = get_script_run_ctx(), ThreadState.get().fragment_id
    if context is None or fragment is None:
        return
    message = ForwardMsg()
    message.auto_rerun.interval = seconds
    message.auto_rerun.fragment_id = fragment
    context.enqueue(message)
