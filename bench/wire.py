"""HTTP/1.1 as bare as it can be: one request at a time on each kept connection, no header read but two."""

import asyncio
from collections import deque
from typing import NamedTuple, cast

from typing_extensions import override

END = b"\r\n\r\n"
LENGTH = b"content-length:"


class Answer(NamedTuple):
    status: int
    body: bytes


class Message(NamedTuple):
    head: bytes
    body: bytes
    length: int
    """Of head and body together."""


def complete(received: bytes | bytearray) -> Message | None:
    """The first message of what was received, once it is complete. Raises ValueError for one in chunks."""
    end = received.find(END)
    if end < 0:
        return None
    head = bytes(received[: end + 2])
    names = head.lower()
    begin = names.find(LENGTH)
    if b"transfer-encoding" in names:
        raise ValueError("a message in chunks")
    length = 0 if begin < 0 else int(head[begin + len(LENGTH) : head.index(b"\r\n", begin)])
    whole = end + len(END) + length
    if len(received) < whole:
        return None
    return Message(head, bytes(received[end + len(END) : whole]), whole)


class _Connection(asyncio.Protocol):
    def __init__(self, pool: "Pool") -> None:
        self.pool = pool
        self.received = b""
        self.answer: asyncio.Future[Answer] | None = None
        self.transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def ask(self, request: bytes) -> "asyncio.Future[Answer]":
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.answer

    @override
    def data_received(self, data: bytes) -> None:
        self.received = self.received + data if self.received else data
        message = complete(self.received)
        if message is None:
            return
        answer, self.answer, self.received = self.answer, None, b""
        self.pool.give_back(self)
        if answer is not None and not answer.done():
            answer.set_result(Answer(int(message.head[9:12]), message.body))

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.pool.forget(self)
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(ConnectionResetError("the connection ended before the answer"))


class Pool:
    """Kept connections to some addresses, in turn; more are opened until there are `most`."""

    def __init__(self, addresses: list[tuple[str, int]], most: int) -> None:
        self._addresses = deque(addresses)
        self._most = most
        self._open = 0
        self._idle: list[_Connection] = []
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def ask(self, request: bytes) -> Answer:
        """Raises OSError when there is no connection, or none any more."""
        while not self._idle:
            if self._open < self._most:
                await self._connect()
            else:
                turn = asyncio.get_running_loop().create_future()
                self._waiting.append(turn)
                await turn
        return await self._idle.pop().ask(request)

    def close(self) -> None:
        for connection in self._idle:
            connection.transport.close()

    def give_back(self, connection: _Connection) -> None:
        self._idle.append(connection)
        self._call_next()

    def forget(self, connection: _Connection) -> None:
        self._open -= 1
        if connection in self._idle:
            self._idle.remove(connection)
        self._call_next()

    async def _connect(self) -> None:
        self._open += 1
        self._addresses.rotate(-1)
        host, port = self._addresses[0]
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: _Connection(self), host, port
            )
        except OSError:
            self._open -= 1
            raise
        self._idle.append(connection)

    def _call_next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
