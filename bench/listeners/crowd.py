"""Sockets that count what they hear, as cheaply as Python can."""

import asyncio
import base64
import os
import time
import zlib
from typing import Any, Final, cast

from typing_extensions import override

_EVENT: Final = b'{"type":"event"'
_TEXT, _PING = 0x1, 0x9
_MASKED_PONG: Final = 0x8A
_NO_MASK: Final = bytes(4)
_SHORT, _TWO_BYTES = 126, 126


class Crowd:
    """What all listeners heard together."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.last: list[float] = []
        """When the last socket had each event."""
        self.counts: list[int] = []
        """How many sockets had each event."""
        self.sample: list[bytes] = []
        """The events themselves, as the first socket heard them."""
        self._goal = 0
        self._reached = asyncio.Event()

    def hear(self, listener: "Listener", event: bytes, now: float) -> None:
        number = listener.heard
        listener.heard = number + 1
        listener.checksum = zlib.crc32(event, listener.checksum)
        if number == len(self.last):
            self.last.append(now)
            self.counts.append(1)
            self.sample.append(event)
        else:
            self.last[number] = now
            self.counts[number] += 1
        if number + 1 == self._goal and self.counts[number] == len(self.listeners):
            self._reached.set()

    async def until_heard(self, goal: int) -> float:
        if len(self.counts) < goal or self.counts[goal - 1] < len(self.listeners):
            self._goal = goal
            self._reached.clear()
            await self._reached.wait()
        return self.last[goal - 1]

    def report(self) -> dict[str, Any]:
        streams = {(listener.heard, listener.checksum) for listener in self.listeners}
        return {
            "last": self.last,
            "counts": self.counts,
            "streams": len(streams),
            "closed": sum(listener.is_closed for listener in self.listeners),
            "sample": [event.decode() for event in self.sample],
            "cpu": time.process_time(),
        }


class Listener(asyncio.Protocol):
    """One socket: the handshake, then frames as a server sends them (unmasked, in one piece)."""

    def __init__(self, crowd: Crowd, port: int, path: str) -> None:
        self.heard = 0
        self.checksum = 0
        """Of every event in order: equal for sockets that heard the same."""
        self.is_closed = False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._crowd = crowd
        self._request = _handshake(port, path)
        self._rest = b""
        self._transport: asyncio.Transport

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._request)

    @override
    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        if self._rest:
            data = self._rest + data
        self._rest = self._read(data, now) if self.opened.done() else self._enter(data, now)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.is_closed = True
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the socket was closed before it was open"))

    def _enter(self, data: bytes, now: float) -> bytes:
        head, end, rest = data.partition(b"\r\n\r\n")
        if not end:
            return data
        if b" 101 " not in head[:16]:
            self.opened.set_exception(ConnectionError(data.decode(errors="replace")))
            return b""
        self.opened.set_result(None)
        return self._read(rest, now)

    def _read(self, data: bytes, now: float) -> bytes:
        """Every whole frame; answers what is left of the last one."""
        at, end = 0, len(data)
        while end - at > 1:
            length, head = data[at + 1], 2
            if length >= _SHORT:
                head = 4 if length == _TWO_BYTES else 10
                if end - at < head:
                    break
                length = int.from_bytes(data[at + 2 : at + head])
            stop = at + head + length
            if stop > end:
                break
            self._take(data[at] & 0xF, data[at + head : stop], now)
            at = stop
        return data[at:]

    def _take(self, opcode: int, payload: bytes, now: float) -> None:
        if opcode == _TEXT and payload.startswith(_EVENT):
            self._crowd.hear(self, payload, now)
        elif opcode == _PING:
            self._transport.write(bytes((_MASKED_PONG, 0x80 | len(payload))) + _NO_MASK + payload)


def _handshake(port: int, path: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()
