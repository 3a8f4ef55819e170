"""One browser's socket: what waits to be sent to it, and how long it is waited for."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from pytake.kit.journal import START, Cursor
from pytake.realtime.types import Close, Guest

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_WAITING: Final = 500
"""Events a socket may be behind."""

_ROOM_AGAIN: Final = MOST_WAITING // 2


class Socket:
    def __init__(self, guest: Guest, send: Send) -> None:
        self.guest = guest
        self.cursor: Cursor = START
        """How far it was brought before it began to listen."""
        self._send = send
        self._waiting: deque[str] = deque()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._abandoned = asyncio.Event()
        self._closing: Close | None = None
        self._sent = self._sent_before = 0

    def offer(self, text: str) -> None:
        """Send it, if it can wait its turn; else give the socket up."""
        if self._closing is not None:
            return
        if len(self._waiting) >= MOST_WAITING:
            self.close(Close.TOO_SLOW)
            return
        self._waiting.append(text)
        self._news.set()

    async def put(self, text: str) -> None:
        """Send it, once there is room."""
        while len(self._waiting) >= _ROOM_AGAIN and self._closing is None:
            self._room.clear()
            await self._room.wait()
        self.offer(text)

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
        """Send until closed."""
        while self._closing is None:
            await self._news.wait()
            while self._waiting:
                await self._send({"type": "websocket.send", "text": self._waiting.popleft()})
                self._sent += 1
                if len(self._waiting) < _ROOM_AGAIN:
                    self._room.set()
            if self._closing is None:
                self._news.clear()
        await self._send({"type": "websocket.close", "code": self._closing.value})
