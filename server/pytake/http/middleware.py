"""The outermost layer: a request id, the headers of every answer, a limit for bodies, and the last catch.

Plain ASGI, without tasks or wrapped streams: it is on the way of every webhook.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Final

import asyncpg
import structlog
from starlette.exceptions import HTTPException as HttpRefusal
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pytake.http import metrics
from pytake.http.bodies import BodyLimits
from pytake.http.callers import origin_of
from pytake.http.errors import Refusal, refuse
from pytake.http.headers import ALWAYS, NO_STORE, OVER_TLS
from pytake.http.rates import HEADERS
from pytake.http.request_id import REQUEST_ID, request_id
from pytake.http.request_log import RequestLog
from pytake.http.request_records import BODY_SHOWN, Seen, path_told
from pytake.kit.database import CONNECTION_LOST
from pytake.kit.errors import TooLarge, Unavailable
from pytake.kit.origin import ORIGIN, Origin

log = structlog.get_logger(__name__)

PATIENCE: Final = 30.0
"""Seconds until an answer has to begin."""

DATABASE_AWAY = (
    *CONNECTION_LOST,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)
"""Not our mistake and not the client's: the same request may go well in a moment."""


class BodyTooLarge(TooLarge):
    message = "The body may have up to {limit} bytes"


class TookTooLong(Unavailable):
    code = "took_too_long"
    message = "This took too long and was given up. See whether it was done before you try again."


class Edge:
    def __init__(
        self,
        app: ASGIApp,
        direct: Mapping[str, ASGIApp] | None = None,
        *,
        patience: Mapping[str, float] | None = None,
        limits: BodyLimits | None = None,
        is_over_tls: bool = False,
        requests: RequestLog | None = None,
    ) -> None:
        """`direct`: applications that are reached without the framework's layers, by how the path begins.

        `patience`: seconds until an answer has to begin, of paths that need another time than PATIENCE.
        `limits`: how large a body may be, by route.
        `is_over_tls`: the outside world comes over TLS, though the last step to us may not.
        `requests`: where the calls of the API are remembered.
        """
        self.app = app
        self.direct = tuple((direct or {}).items())
        self.patience = dict(patience or {})
        self.limits = limits or BodyLimits()
        self.is_over_tls = is_over_tls
        self.requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope[HEADERS] = []
        exchange = _Exchange(scope, receive, send, self.limits.of(scope), is_over_tls=self.is_over_tls)
        REQUEST_ID.set(exchange.request_id)
        try:
            if exchange.announces_too_much():
                await exchange.too_much()(scope, receive, exchange.send)
            elif (direct := self._direct(scope["path"])) is not None:
                await direct(scope, exchange.limited_receive(), exchange.send)
            else:
                await self._framework(scope, exchange)
        except Exception as error:  # the edge: whatever nobody could answer is reported here, once
            too_much = isinstance(error, HttpRefusal)  # of a direct application: only its body can raise one
            answer = exchange.too_much() if too_much else _report(error, exchange.request_id, scope)
            if exchange.status is not None:
                raise
            await answer(scope, receive, exchange.send)
        finally:
            exchange.count()
            if self.requests is not None and exchange.origin is not None and _is_call(scope["path"]):
                self.requests.note(exchange.seen())

    def _direct(self, path: str) -> ASGIApp | None:
        for prefix, app in self.direct:
            if path.startswith(prefix):
                return app
        return None

    async def _framework(self, scope: Scope, exchange: "_Exchange") -> None:
        """The time runs until the answer begins: how long its reader takes is their affair."""
        origin = origin_of(scope, exchange.request_id)
        token = ORIGIN.set(origin)
        exchange.origin = origin
        deadline = asyncio.timeout(self.patience.get(scope["path"], PATIENCE))
        try:
            async with deadline:
                exchange.deadline = deadline
                await self.app(scope, exchange.watched_receive(), exchange.send)
        except TimeoutError as error:
            if not deadline.expired():
                raise
            raise TookTooLong(retry_after=5) from error
        finally:
            exchange.deadline = None
            ORIGIN.reset(token)


def _is_call(path: str) -> bool:
    return path.startswith("/api/v")


def _report(error: Exception, request_id: str, scope: Scope) -> Refusal:
    """Tell the log what happened, and the client no more than that it did."""
    request = {"method": scope["method"], "path": path_told(scope), "request_id": request_id}
    if isinstance(error, TookTooLong):
        log.warning("request_took_too_long", **request)
        return refuse(error)
    if isinstance(error, DATABASE_AWAY):
        log.warning("database_is_away", error=type(error).__name__, **request)
        return refuse(Unavailable(retry_after=1))
    log.error("request_failed", exc_info=error, **request)
    message = "Something went wrong on our side."
    return Refusal(500, "internal_error", message, {"request_id": request_id})


class _Exchange:
    """One request and what is sent back for it."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int, *, is_over_tls: bool) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._is_over_tls = is_over_tls or scope["scheme"] == "https"
        self.deadline: asyncio.Timeout | None = None
        self.origin: Origin | None = None
        self._body, self._body_size, self._error = b"", 0, b""
        self._began = time.perf_counter()
        self._size = 0
        self.status: int | None = None
        self.limit = limit
        headers: dict[bytes, bytes] = dict(scope["headers"])
        self._chunked = b"transfer-encoding" in headers
        length = headers.get(b"content-length", b"")
        self._length = int(length) if length.isdigit() else 0
        self.request_id = request_id(headers.get(b"x-request-id", b""))

    def announces_too_much(self) -> bool:
        return self._length > self.limit

    def too_much(self) -> Refusal:
        return refuse(BodyTooLarge(limit=self.limit))

    def limited_receive(self) -> Receive:
        """The server already holds a body to its announced length; a chunked one is counted here.

        The framework lets only its own exceptions out of reading a body, hence `HttpRefusal`.
        """
        return self._counting_receive if self._chunked else self._receive

    async def _counting_receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            if self._size > self.limit:
                raise HttpRefusal(BodyTooLarge.status, BodyTooLarge.message.format(limit=self.limit))
        return message

    def watched_receive(self) -> Receive:
        """Keeps the beginning of the body for the request log."""
        receive = self.limited_receive()

        async def watch() -> Message:
            message = await receive()
            if message["type"] == "http.request" and (part := message.get("body")):
                self._body_size += len(part)
                if len(self._body) < BODY_SHOWN:
                    self._body += part[: BODY_SHOWN - len(self._body)]
            return message

        return watch

    def seen(self) -> Seen:
        assert self.origin is not None, "only of what the framework answers"
        milliseconds = round((time.perf_counter() - self._began) * 1000)
        return Seen(
            self._scope,
            self.origin,
            time.time(),
            milliseconds,
            self.status or 500,
            self._body,
            self._body_size,
            self._error,
        )

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.body" and (self.status or 0) >= 400:  # noqa: PLR2004 - HTTP
            self._error = self._error or message.get("body", b"")[:BODY_SHOWN]
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"] = [*message.get("headers", ()), *ALWAYS, *self._scope[HEADERS]]
            headers.append((b"x-request-id", self.request_id.encode()))
            if self.deadline is not None:
                self.deadline.reschedule(None)
            if self._is_over_tls:
                headers.append(OVER_TLS)
            if not any(name == b"cache-control" for name, _ in headers):
                headers.append(NO_STORE)
        await self._send(message)

    def count(self) -> None:
        metrics.count_request(self._scope, self.status or 500, time.perf_counter() - self._began)
