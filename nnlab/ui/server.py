"""The web server around the pages: what is there before the first visitor and after the last.

`app.py` hands this to Streamlit (`st.App`), which calls it when the server starts and ends.
"""

import asyncio
import logging
import signal
import threading
import time
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from nnlab import settings
from nnlab.logs import set_up as set_up_logs
from nnlab.ui.resources import close_engine, engine
from nnlab.work.health import DOWN, Health, health_of

logger = logging.getLogger(__name__)

TRY_AGAIN_SECONDS = 5.0


def routes() -> list[Route]:
    """`/health`, also below the base path where the pages have one."""
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    paths = ["/health", *([f"/{base}/health"] if base else [])]
    return [Route(path, _tell_health) for path in paths]


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """From the server's start to its end.

    With a cluster the engine starts at once, to say that this process lives and to take over runs
    of others. On SIGTERM it closes at once, beside the server, which may wait long for browsers.
    """
    set_up_logs()
    closing = threading.Thread(target=close_engine, name="closing")
    _close_on(signal.SIGTERM, closing)
    _close_on(signal.SIGINT, closing)
    if settings.scheduler_address() is not None:
        threading.Thread(target=_start_engine, daemon=True, name="starting").start()
    _open_browser()
    try:
        yield
    finally:
        _begin(closing)
        await asyncio.to_thread(closing.join)


def _tell_health(_: Request) -> JSONResponse:
    """What `nnlab.work.health` tells; 503 where the app is of no use without a repair."""
    found = _health()
    return JSONResponse(found.to_json(), status_code=503 if found.status == "down" else 200)


def _health() -> Health:
    try:
        return health_of(engine().store, engine().status)
    except (SQLAlchemyError, OSError):
        return DOWN


def _start_engine() -> None:
    while True:
        try:
            engine()
        except (SQLAlchemyError, OSError) as error:
            logger.warning("the database cannot be used yet: %s", type(error).__name__)
            time.sleep(TRY_AGAIN_SECONDS)
        else:
            return


def _close_on(number: signal.Signals, closing: threading.Thread) -> None:
    """Before the server's own handler, have the engine closed."""
    server = signal.getsignal(number)

    def handle(number: int, frame: FrameType | None) -> None:
        _begin(closing)
        if callable(server):
            server(number, frame)

    if threading.current_thread() is threading.main_thread():
        signal.signal(number, handle)


def _begin(thread: threading.Thread) -> None:
    if thread.ident is None:
        thread.start()


def _open_browser() -> None:
    """As `streamlit run` does for a single script."""
    if st.get_option("server.headless"):
        return
    base = (st.get_option("server.baseUrlPath") or "").strip("/")
    url = f"http://localhost:{st.get_option('server.port')}/{base}"
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
