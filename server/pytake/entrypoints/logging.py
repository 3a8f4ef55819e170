"""Logs: one line per happening, for people or for machines, and never a secret."""

import contextlib
import io
import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import orjson
import structlog
from structlog.typing import ExcInfo, Processor
from typing_extensions import override

from pytake.http.request_id import REQUEST_ID
from pytake.kit.redaction import redacted, redacted_text
from pytake.settings import Settings

_QUIET: Final = (
    "uvicorn",
    "uvicorn.error",
    "uvicorn.access",
    "asyncio",
    "aiohttp",
    "pymongo",
    "celery.beat",
    "celery.app.trace",
    "celery.worker.strategy",
)
"""Libraries that speak up only when something is wrong.

uvicorn would also print query strings, and Celery two lines for every nudge.
"""


def configure_logging(settings: Settings) -> None:
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _name_request,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = Lines(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(settings.log_format),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in _QUIET:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.WARNING)


class Lines(logging.StreamHandler[TextIO]):
    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """The library's own would print the whole record as it came, secrets too."""
        error = type(sys.exc_info()[1]).__name__
        with contextlib.suppress(OSError, ValueError):  # nobody reads what we write: then nobody is told
            sys.stderr.write(f"A line of {record.name} could not be logged: {error}\n")


def _name_request(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if (request_id := REQUEST_ID.get()) is not None:
        line.setdefault("request_id", request_id)
    return line


def _rendering(style: str) -> list[Processor]:
    if style == "json":
        return [
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(serializer=_json),
        ]
    return [
        redact,
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_traceback),
    ]


def _traceback(out: TextIO, error: ExcInfo) -> None:
    """Without the values of variables, which the renderer's own would show."""
    written = io.StringIO()
    structlog.dev.plain_traceback(written, error)
    out.write(redacted_text(written.getvalue()))


def _json(line: Any, default: Any) -> str:
    return orjson.dumps(line, default=default).decode()


def redact(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Whatever is called like a secret, however deep, and what looks like one inside any text."""
    for name, value in line.items():
        line[name] = redacted(value, name)
    return line
