"""Coroutines in tests that share a process with a browser's."""

import asyncio
from collections.abc import Coroutine
from typing import Any


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """`asyncio.run`, also where Playwright's own loop counts as running in this thread."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        asyncio.run(work)
    finally:
        asyncio._set_running_loop(running)
