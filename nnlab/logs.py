"""What the app and its workers write to their logs, which name nobody.

`NNLAB_LOG=json` is for a hosted app: one JSON object a line. An event has fields of a fixed list,
none of which can hold what a visitor typed or drew. Of errors, in ours and in others' code, the
kind and the place are told and not the words, which may quote anything. What looks like the id of a
run or the name of a visitor, both keys, is replaced by a hash that is good for comparing only.
"""

import hashlib
import logging
import os
import re
import sys
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from nnlab import settings

# Fields of events; anything else is a programming error.
FIELDS = frozenset(
    {"run", "state", "seconds", "steps", "workers", "ready", "phase", "why", "count"}
)
_EVENTS = "nnlab.events"
_KEY = re.compile(r"\b(?:house-)?(?:[0-9a-f]{32}|[0-9a-f]{16})\b")
# They bring handlers of their own; these are taken out so that there is one form of line.
_OTHERS = ("distributed", "streamlit", "uvicorn", "websockets")


def event(name: str, **fields: Any) -> None:
    """Write an event, e.g. `event("run ended", run=run_id, state="finished", seconds=12.5)`.

    Raises:
        ValueError: a field is not of `FIELDS`.
    """
    unknown = set(fields) - FIELDS
    if unknown:
        raise ValueError(f"events have the fields {sorted(FIELDS)}, not {sorted(unknown)}")
    if "run" in fields:
        fields["run"] = short_hash(fields["run"])
    logging.getLogger(_EVENTS).info(name, extra=fields)


def short_hash(key: str) -> str:
    """Eight digits by which the same key is known again, and nothing else."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8]


def set_up() -> None:
    """Have this process write its log as `NNLAB_LOG` says; may be called again at any time.

    Libraries that are loaded later and bring handlers of their own need another call.

    Raises:
        ValueError: `NNLAB_LOG` is neither.
    """
    if settings.log_format() != "json":
        return
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # its lines have a form of their own
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, NamelessFormatter) for handler in root.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(NamelessFormatter())
        handler.addFilter(_is_worth_a_line)
        root.handlers = [handler]
    logging.getLogger(_EVENTS).setLevel(logging.INFO)
    for name in list(root.manager.loggerDict):
        if name.split(".")[0] in _OTHERS:
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = [], True
    sys.excepthook = _log_uncaught


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Events and warnings. uvicorn tells the address of each browser below that level."""
    return record.name == _EVENTS or record.levelno >= logging.WARNING


def dask_setup(_: Any) -> None:
    """Called by Dask in schedulers and keepers that preload this module."""
    set_up()


class NamelessFormatter(JsonFormatter):
    """A JSON object a line: time, level, logger, event, and its fields."""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s",
            rename_fields={"asctime": "time", "levelname": "level", "message": "event"},
            datefmt="%Y-%m-%dT%H:%M:%S%z",
        )

    def format(self, record: logging.LogRecord) -> str:
        """The line, its keys hashed.

        Dask's arguments are left out: tasks with all they were given, and errors in full.
        """
        if record.args and record.name.startswith("distributed."):
            record = logging.makeLogRecord({**record.__dict__, "args": None})
        return _KEY.sub(lambda found: short_hash(found.group()), super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Kind and place of an error and of what caused it, without its words."""
        return _told(ei[1])


def _told(error: BaseException | None) -> str:
    lines: list[str] = []
    while error is not None and len(lines) < 5:
        lines.append(f"{type(error).__name__}: {_places(error.__traceback__)}")
        error = error.__cause__ or error.__context__
    return " <- ".join(lines)


def _places(trace: TracebackType | None) -> str:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{os.path.basename(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return ", ".join(places[-12:])


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    logging.getLogger("nnlab").critical("uncaught error", exc_info=(kind, error, trace))
