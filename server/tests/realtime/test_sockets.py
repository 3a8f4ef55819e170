"""A browser that reads slowly, and one that does not read at all."""

import asyncio
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pytake.realtime.sockets import MOST_WAITING, Socket
from pytake.realtime.types import Close, Guest

GUEST = Guest(uuid4(), uuid4(), datetime(2030, 1, 1, tzinfo=UTC), None)


class Line:
    """The server's side of a connection, as ASGI has it: a send ends when the browser has room."""

    def __init__(self, *, reading: bool) -> None:
        self.sent: list[Any] = []
        self.has_room = asyncio.Event()
        self._changed = asyncio.Condition()
        if reading:
            self.has_room.set()

    async def send(self, message: MutableMapping[str, Any]) -> None:
        await self.has_room.wait()
        self.sent.append(message.get("text", message.get("code")))
        async with self._changed:
            self._changed.notify_all()

    async def took(self, count: int) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.sent) >= count)


async def test_what_is_offered_is_sent_in_order() -> None:
    line = Line(reading=True)
    socket = Socket(GUEST, line.send)
    writing = asyncio.create_task(socket.write())
    for number in range(1000):
        socket.offer(str(number))
        if number % 100 == 0:
            await asyncio.sleep(0)
    await line.took(1000)

    socket.close(Close.SIGNED_OUT)
    await writing

    assert line.sent == [*map(str, range(1000)), Close.SIGNED_OUT]


async def test_a_slow_browser_is_told_to_come_back_once_too_much_waits() -> None:
    line = Line(reading=False)
    socket = Socket(GUEST, line.send)
    writing = asyncio.create_task(socket.write())
    socket.offer("0")
    await asyncio.sleep(0)  # the first is on its way, and the browser does not take it
    for number in range(1, MOST_WAITING + 1):
        socket.offer(str(number))
    socket.offer("one too many")
    socket.offer("and another")
    line.has_room.set()
    await writing

    assert line.sent == ["0", Close.TOO_SLOW], "nothing behind a gap, and the code that says so"


async def test_catching_up_waits_for_a_slow_browser() -> None:
    line = Line(reading=False)
    socket = Socket(GUEST, line.send)
    writing = asyncio.create_task(socket.write())

    async def catch_up() -> None:
        for number in range(3 * MOST_WAITING):
            await socket.put(str(number))

    catching_up = asyncio.create_task(catch_up())
    for _ in range(10):
        await asyncio.sleep(0)
    assert not catching_up.done()
    line.has_room.set()
    await catching_up
    await line.took(3 * MOST_WAITING)
    socket.close(Close.SIGNED_OUT)
    await writing

    assert line.sent == [*map(str, range(3 * MOST_WAITING)), Close.SIGNED_OUT]


async def test_closing_frees_whoever_waits_for_room() -> None:
    socket = Socket(GUEST, Line(reading=False).send)

    async def catch_up() -> None:
        for number in range(MOST_WAITING):
            await socket.put(str(number))

    catching_up = asyncio.create_task(catch_up())
    await asyncio.sleep(0)

    socket.close(Close.SIGNED_OUT)

    await catching_up


async def test_a_browser_that_takes_nothing_is_noticed() -> None:
    line = Line(reading=False)
    socket = Socket(GUEST, line.send)
    writing = asyncio.create_task(socket.write())
    assert not socket.is_stuck(), "nothing waits"
    socket.offer("0")
    await asyncio.sleep(0)
    assert socket.is_stuck()
    line.has_room.set()
    await line.took(1)
    assert not socket.is_stuck(), "it moved"
    socket.abandon()
    await socket.abandoned()
    writing.cancel()
