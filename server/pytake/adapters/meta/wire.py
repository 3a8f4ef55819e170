"""HTTP/1.1 to one host over kept connections: what calls with a small JSON body need, and nothing else.

A message costs two calls, and with a client for everything they were the largest part of its price. The
parsing is httptools', TLS is asyncio's; what is written here is when an outcome is known and when it is not.
"""

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import Self
from urllib.parse import urlsplit

import httptools
from typing_extensions import override

MOST_BYTES = 4 * 1024 * 1024
"""Of one answer; Meta's have some hundred."""

KEPT_SECONDS = 15.0
"""Shorter than Meta's own, so that a connection is rarely closed while a request is on its way to it."""


class NotSent(Exception):
    """The request never left: nobody can have acted upon it."""


class Lost(Exception):
    """The request left and the answer did not come: somebody may have acted upon it."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    fields: list[tuple[bytes, bytes]]

    @cached_property
    def headers(self) -> dict[str, str]:
        """By their names as they are usually written: `Retry-After`."""
        return {name.decode("latin-1").title(): value.decode("latin-1") for name, value in self.fields}


class Wire:
    """Belongs to the loop that first uses it. At most `connections` calls are under way; others wait."""

    def __init__(
        self, base_url: str, *, connections: int, connect_seconds: float, total_seconds: float
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._connect_seconds = connect_seconds
        self._total_seconds = total_seconds
        self._kept: list[_Line] = []
        self._room = connections
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def call(self, method: str, path: str, token: str, body: bytes = b"") -> Answer:
        """Raises NotSent or Lost. Redirects are not followed: they would carry the token away.

        The token must fit into a header; the caller has looked.
        """
        deadline = asyncio.get_running_loop().time() + self._total_seconds
        line = self._at_once() or await self._take(deadline)
        try:
            answer = await line.exchange(self._written(method, path, token, body), deadline)
        except BaseException:
            line.close()
            raise
        finally:
            self._give_back(line)
        return answer

    async def close(self) -> None:
        for line in self._kept:
            line.close()
        self._kept.clear()

    def _written(self, method: str, path: str, token: str, body: bytes) -> bytes:
        head = (
            f"{method} {self._target.path}/{path} HTTP/1.1\r\nHost: {self._target.host}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
            f"Accept: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode("ascii") + body

    @cached_property
    def _target(self) -> "_Target":
        return _Target.of(self._base_url)

    def _at_once(self) -> "_Line | None":
        """A kept line, if there is room for one more call and nobody was here before."""
        if self._room > 0 and not self._waiting and (line := self._kept_line()):
            self._room -= 1
            return line
        return None

    async def _take(self, deadline: float) -> "_Line":
        try:
            async with asyncio.timeout_at(deadline):
                await self._enter()
                try:
                    return self._kept_line() or await self._connect()
                except BaseException:
                    self._leave()
                    raise
        except TimeoutError as error:
            raise NotSent("no connection in time") from error
        except (OSError, ValueError) as error:
            raise NotSent(f"no connection: {type(error).__name__}: {error}") from error

    async def _enter(self) -> None:
        """Wait until there is room for one more call, first come, first served."""
        if self._room > 0 and not self._waiting:
            self._room -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave()
            raise

    def _leave(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)  # the room goes to whom it was promised
                return
        self._room += 1

    def _kept_line(self) -> "_Line | None":
        now = asyncio.get_running_loop().time()
        while self._kept:
            line = self._kept.pop()
            if line.is_open and now - line.idle_since < KEPT_SECONDS:
                return line
            line.close()
        return None

    async def _connect(self) -> "_Line":
        target = self._target
        async with asyncio.timeout(self._connect_seconds):
            _, line = await asyncio.get_running_loop().create_connection(
                _Line, target.name, target.port, ssl=target.tls
            )
        return line

    def _give_back(self, line: "_Line") -> None:
        if line.is_open:
            self._kept.append(line)
        self._leave()


@dataclass(frozen=True, slots=True)
class _Target:
    name: str
    port: int
    host: str
    path: str
    tls: ssl.SSLContext | None

    @classmethod
    def of(cls, url: str) -> Self:
        """Raises ValueError when the text is no address of a web server."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isascii():
            raise ValueError("not the address of a web server")
        is_secure = parts.scheme == "https"
        return cls(
            parts.hostname,
            parts.port or (443 if is_secure else 80),
            parts.netloc.rpartition("@")[2],
            parts.path,
            ssl.create_default_context() if is_secure else None,
        )


class _Line(asyncio.Protocol):
    """One connection, which carries one exchange after the other."""

    _transport: asyncio.Transport

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[Answer] | None = None
        self._fields: list[tuple[bytes, bytes]] = []
        self._body = bytearray()
        self.is_open = False
        self.idle_since = 0.0

    async def exchange(self, request: bytes, deadline: float) -> Answer:
        """Raises Lost. Afterwards the line is open only if another exchange may follow on it."""
        answer: asyncio.Future[Answer] = self._loop.create_future()
        self._answer = answer
        overdue = self._loop.call_at(deadline, self._fail, "no answer in time")
        try:
            self._transport.write(request)
            return await answer
        finally:
            overdue.cancel()
            self._answer = None
            self.idle_since = self._loop.time()

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self._transport.abort()

    def _fail(self, reason: str) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Lost(reason))
        self.close()

    # --- what the loop calls ----------------------------------------------------------------------------

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # of a stream, always an asyncio.Transport
        self.is_open = True

    @override
    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(f"not an HTTP answer: {type(error).__name__}")

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.is_open = False
        self._fail("the connection was closed" if exc is None else f"{type(exc).__name__}: {exc}")

    # --- what the parser calls --------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        self._fields, self._body = [], bytearray()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._fields.append((name, value))

    def on_body(self, part: bytes) -> None:
        self._body += part
        if len(self._body) > MOST_BYTES:
            self._fail(f"an answer of more than {MOST_BYTES} bytes")

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 200:  # noqa: PLR2004 - 1xx: the answer is still to come
            return
        if self._answer is None:  # nobody asked
            self.close()
            return
        if not self._parser.should_keep_alive():
            self.close()
        if not self._answer.done():
            self._answer.set_result(Answer(status, bytes(self._body), self._fields))
