"""The live streams of one process: a room per organization with open sockets, and the bell to wake them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from typing import Final
from uuid import UUID

import structlog
from prometheus_client import Gauge

from pytake.realtime import writing
from pytake.realtime.errors import TooManySockets
from pytake.realtime.rooms import Pace, Room
from pytake.realtime.sockets import Socket
from pytake.runtime import Runtime

log = structlog.get_logger(__name__)

MOST_PER_USER: Final = 20

_OPEN_SOCKETS = Gauge("pytake_websockets", "WebSockets open in this process.")


class Hub:
    def __init__(self, runtime: Runtime, pace: Pace | None = None) -> None:
        self._runtime = runtime
        self._pace = pace or Pace()
        self._rooms: dict[UUID, Room] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(work()) for work in (self._listen, self._ping, self._drop_stuck)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            for room in list(self._rooms.values()):
                await room.shut()

    @asynccontextmanager
    async def seat(self, socket: Socket) -> AsyncIterator[Room]:
        """A place in the organization's room. Raises TooManySockets."""
        guest = socket.guest
        room = self._rooms.get(guest.organization_id)
        if room is None:
            room = Room(self._runtime, guest.organization_id, self._pace)
            self._rooms[guest.organization_id] = room
        if sum(other.guest.user_id == guest.user_id for other in room.present) >= MOST_PER_USER:
            raise TooManySockets(most=MOST_PER_USER)
        room.present.add(socket)
        _OPEN_SOCKETS.inc()
        try:
            yield room
        finally:
            _OPEN_SOCKETS.dec()
            room.leave(socket)
            if not room.present and self._rooms.get(guest.organization_id) is room:
                del self._rooms[guest.organization_id]
                await room.shut()

    def guests(self) -> Iterator[tuple[UUID, UUID]]:
        """Organization and user of every open socket."""
        for room in self._rooms.values():
            for socket in room.present:
                yield room.organization_id, socket.guest.user_id

    async def _listen(self) -> None:
        """The bell only shortens the wait: without it the rooms look every second."""
        while True:
            try:
                async with aclosing(self._runtime.ports.doorbell.listen()) as rings:
                    async for organizations in rings:
                        self._ring(organizations)
            except Exception:  # the edge of a task that must outlive a bell that breaks
                log.exception("doorbell_broke")
            await asyncio.sleep(self._pace.poll)

    def _ring(self, organizations: frozenset[UUID]) -> None:
        for organization_id in organizations or list(self._rooms):
            if room := self._rooms.get(organization_id):
                room.ring()

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(self._pace.ping)
            for room in self._rooms.values():
                for socket in room.live:
                    socket.offer([writing.PING])

    async def _drop_stuck(self) -> None:
        while True:
            await asyncio.sleep(self._pace.stuck)
            for room in self._rooms.values():
                for socket in room.present:
                    if socket.is_stuck():
                        socket.abandon()
