"""One browser's socket: what waits to be sent to it, and how long it is waited for."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final, Protocol

from pytake.kit.journal import START, Cursor
from pytake.realtime.types import Close, Guest

MOST_WAITING: Final = 500
"""Events a socket may be behind."""

FRAMES: Final = "pytake.frames"
"""The ASGI extension by which the server gives a socket's `line`."""

_ROOM_AGAIN: Final = MOST_WAITING // 2


class Line(Protocol):
    """The way to one browser, past ASGI. Frames are bytes as RFC 6455 has them."""

    def is_free(self) -> bool:
        """Whether the browser takes what is sent, as far as one can know."""
        ...

    async def until_free(self) -> None: ...

    def write(self, frames: Iterable[bytes]) -> None:
        """Never waits; does nothing when the browser has left."""
        ...


class Socket:
    def __init__(self, guest: Guest, line: Line, hang_up: Callable[[int], Awaitable[None]]) -> None:
        self.guest = guest
        self.cursor: Cursor = START
        """How far it was brought before it began to listen."""
        self._line = line
        self._hang_up = hang_up
        self._waiting: deque[bytes] = deque()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._abandoned = asyncio.Event()
        self._closing: Close | None = None
        self._sent = self._sent_before = 0

    def offer(self, frames: Sequence[bytes]) -> None:
        """Send them, at once or when it is their turn; give the socket up when too much waits already."""
        if self._closing is not None:
            return
        if not self._waiting and self._line.is_free():
            self._send(frames)
        elif len(self._waiting) + len(frames) > MOST_WAITING:
            self.close(Close.TOO_SLOW)
        else:
            self._waiting.extend(frames)
            self._news.set()

    async def put(self, frame: bytes) -> None:
        """Send it, once there is room."""
        while len(self._waiting) >= _ROOM_AGAIN and self._closing is None:
            self._room.clear()
            await self._room.wait()
        self.offer((frame,))

    def close(self, code: Close) -> None:
        """What still waits is dropped: whoever comes back resumes behind what arrived."""
        if self._closing is None:
            self._closing = code
            self._waiting.clear()
            self._news.set()
            self._room.set()

    def is_stuck(self) -> bool:
        """Asked from time to time: True when nothing left since the last time though something waited."""
        stuck = self._news.is_set() and self._sent == self._sent_before
        self._sent_before = self._sent
        return stuck

    def abandon(self) -> None:
        """Do not even wait for the close frame to be taken."""
        self._abandoned.set()

    async def abandoned(self) -> None:
        await self._abandoned.wait()

    async def write(self) -> None:
        """Send what has to wait, until closed."""
        while self._closing is None:
            await self._news.wait()
            await self._line.until_free()
            if self._closing is None:
                self._send(self._waiting)
                self._waiting.clear()
                self._news.clear()
                self._room.set()
        await self._hang_up(self._closing.value)

    def _send(self, frames: Sequence[bytes]) -> None:
        self._line.write(frames)
        self._sent += len(frames)
