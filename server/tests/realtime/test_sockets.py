"""A browser that reads slowly, and one that does not read at all."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pytake.conversations.sight import Sight
from pytake.realtime.sockets import MOST_WAITING, Socket
from pytake.realtime.types import Close, Guest

GUEST = Guest(
    uuid4(),
    uuid4(),
    uuid4(),
    datetime(2030, 1, 1, tzinfo=UTC),
    None,
    Sight(None, all=True, department=True, number=True),
)


class Browser:
    """A line and whoever is at its other end: it takes one message after the other, or none."""

    def __init__(self, *, reading: bool) -> None:
        self.sent: list[Any] = []
        self.has_room = asyncio.Event()
        if reading:
            self.has_room.set()

    def is_free(self) -> bool:
        return self.has_room.is_set()

    async def until_free(self) -> None:
        await self.has_room.wait()

    def write(self, frames: Iterable[bytes]) -> None:
        self.sent += [int(frame) for frame in frames]

    async def hang_up(self, code: int) -> None:
        await self.has_room.wait()
        self.sent.append(Close(code))

    def socket(self) -> Socket:
        return Socket(GUEST, self, self.hang_up)


def frames(*numbers: int) -> list[bytes]:
    return [b"%d" % number for number in numbers]


async def test_what_is_offered_is_sent_at_once_and_in_order() -> None:
    browser = Browser(reading=True)
    socket = browser.socket()

    for number in range(0, 1000, 2):
        socket.offer(frames(number, number + 1))

    assert browser.sent == list(range(1000)), "nobody had to be woken for it"


async def test_what_has_to_wait_keeps_its_place() -> None:
    browser = Browser(reading=False)
    socket = browser.socket()
    writing = asyncio.create_task(socket.write())
    for number in range(MOST_WAITING - 1):
        socket.offer(frames(number))
        if number % 100 == 0:
            await asyncio.sleep(0)
    browser.has_room.set()
    socket.offer(frames(MOST_WAITING - 1))
    while not browser.sent:
        await asyncio.sleep(0)
    socket.offer(frames(MOST_WAITING))

    socket.close(Close.SIGNED_OUT)
    await writing

    assert browser.sent == [*range(MOST_WAITING + 1), Close.SIGNED_OUT]


async def test_a_slow_browser_is_told_to_come_back_once_too_much_waits() -> None:
    browser = Browser(reading=False)
    socket = browser.socket()
    writing = asyncio.create_task(socket.write())
    for number in range(MOST_WAITING):
        socket.offer(frames(number))
    socket.offer(frames(MOST_WAITING))
    socket.offer(frames(MOST_WAITING + 1))
    browser.has_room.set()
    await writing

    assert browser.sent == [Close.TOO_SLOW], "nothing behind a gap, and the code that says so"


async def test_catching_up_waits_for_a_slow_browser() -> None:
    browser = Browser(reading=False)
    socket = browser.socket()
    writing = asyncio.create_task(socket.write())

    async def catch_up() -> None:
        for number in range(3 * MOST_WAITING):
            await socket.put(b"%d" % number)

    catching_up = asyncio.create_task(catch_up())
    for _ in range(10):
        await asyncio.sleep(0)
    assert not catching_up.done()
    browser.has_room.set()
    await catching_up
    socket.close(Close.SIGNED_OUT)
    await writing

    assert browser.sent == [*range(3 * MOST_WAITING), Close.SIGNED_OUT]


async def test_closing_frees_whoever_waits_for_room() -> None:
    socket = Browser(reading=False).socket()

    async def catch_up() -> None:
        for number in range(MOST_WAITING):
            await socket.put(b"%d" % number)

    catching_up = asyncio.create_task(catch_up())
    await asyncio.sleep(0)

    socket.close(Close.SIGNED_OUT)

    await catching_up


async def test_a_browser_that_takes_nothing_is_noticed() -> None:
    browser = Browser(reading=False)
    socket = browser.socket()
    writing = asyncio.create_task(socket.write())
    assert not socket.is_stuck(), "nothing waits"
    socket.offer(frames(0))
    await asyncio.sleep(0)
    assert socket.is_stuck()
    browser.has_room.set()
    while not browser.sent:
        await asyncio.sleep(0)
    assert not socket.is_stuck(), "it moved"
    socket.abandon()
    await socket.abandoned()
    writing.cancel()
