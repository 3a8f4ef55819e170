"""One organization's live stream in this process: one reader of the journal, many sockets."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

import structlog

from pytake.conversations.sight import Sight
from pytake.identity import service as identity
from pytake.identity import sessions
from pytake.identity.permissions import Permission
from pytake.identity.types import PERSON_CHANGED
from pytake.kit import journal
from pytake.kit.journal import START, Cursor
from pytake.realtime import repository, writing
from pytake.realtime.sight import Audiences, may_see
from pytake.realtime.sockets import Socket
from pytake.realtime.types import Close, Happening
from pytake.runtime import Runtime

log = structlog.get_logger(__name__)

BATCH: Final = 200
"""Somebody's role, grants, departments or status: they may see more or less from now on."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds."""

    poll: float = 1.0
    """Between two looks into the journal when the bell is silent."""
    soonest: float = 0.02
    """Until the next look when events wait for an older transaction to end; doubles up to `poll`."""
    check: float = 1.0
    """Between two questions whether the guests may still listen: signing out ends sockets within two."""
    ping: float = 25.0
    stuck: float = 10.0
    """A socket that takes nothing for so long is dropped."""


class News(NamedTuple):
    told: list[Happening]
    asked_for: frozenset[Sight]
    """Whose audience the happenings know."""
    reached: Cursor | None
    """Where the next look begins; None when there was nothing."""
    is_all: bool
    is_settled: bool


class Room:
    def __init__(self, runtime: Runtime, organization_id: UUID, pace: Pace) -> None:
        self.organization_id = organization_id
        self.cursor = START
        self.present: set[Socket] = set()
        """Everyone who came in, also those who are still catching up."""
        self.live: set[Socket] = set()
        """Those who are up to date and hear what happens."""
        self._runtime = runtime
        self._pace = pace
        self._bell = asyncio.Event()
        self._opening = asyncio.Lock()
        self._follower: asyncio.Task[None] | None = None

    def ring(self) -> None:
        self._bell.set()

    async def enter(self, socket: Socket) -> None:
        """Bring the socket up to date, then let it hear what happens: no event twice, none left out."""
        await self._open()
        await self._welcome(socket)
        while socket.cursor < self.cursor:
            goal = self.cursor
            news = await self._look(socket.cursor)
            for happening in news.told:
                if may_see(socket.guest, happening):
                    await socket.put(happening.frame)
            socket.cursor = news.reached or goal
        if socket in self.present:
            self.live.add(socket)  # nothing was awaited since the comparison: the next event finds it here

    def leave(self, socket: Socket) -> None:
        self.present.discard(socket)
        self.live.discard(socket)

    async def shut(self) -> None:
        if self._follower is not None:
            self._follower.cancel()
            await asyncio.wait([self._follower])

    async def _open(self) -> None:
        async with self._opening:
            if self._follower is None:
                async with self._runtime.work(self.organization_id) as work:
                    self.cursor = await journal.end(work.connection, self.organization_id)
                self._follower = asyncio.create_task(self._follow(), name=f"room {self.organization_id}")

    async def _welcome(self, socket: Socket) -> None:
        after = socket.guest.after
        if after is not None and after != self.cursor and await self._is_lost(after):
            await socket.put(writing.RESET)
            after = None
        socket.cursor = self.cursor if after is None else after
        await socket.put(writing.ready(socket.cursor))

    async def _is_lost(self, cursor: Cursor) -> bool:
        async with self._runtime.work(self.organization_id) as work:
            return await repository.is_lost(work, cursor)

    async def _follow(self) -> None:
        """Read when the bell rings, and every second in case it cannot."""
        loop = asyncio.get_running_loop()
        check_at, pause, is_blind = loop.time() + self._pace.check, self._pace.poll, False
        while True:
            await self._wait_for_bell(pause)
            try:
                pause = self._pace.poll if await self._tell_news() else self._sooner(pause)
                if loop.time() >= check_at:
                    check_at = loop.time() + self._pace.check
                    await self._check_guests()
                is_blind = False
            except Exception:  # the edge of a task that must outlive a database that is away
                if not is_blind:
                    log.exception("room_cannot_read", organization_id=str(self.organization_id))
                pause, is_blind = self._pace.poll, True

    async def _wait_for_bell(self, longest: float) -> None:
        try:
            async with asyncio.timeout(longest):
                await self._bell.wait()
        except TimeoutError:
            return
        self._bell.clear()

    def _sooner(self, pause: float) -> float:
        return self._pace.soonest if pause >= self._pace.poll else min(2 * pause, self._pace.poll)

    async def _tell_news(self) -> bool:
        """False when there is more that cannot be read yet."""
        while True:
            news = await self._look(self.cursor)
            if not _narrow(self.live) <= news.asked_for:
                continue  # somebody came in meanwhile, and nobody asked what they may see of it
            self._tell(news.told)
            self.cursor = news.reached or self.cursor
            if any(happening.type == PERSON_CHANGED for happening in news.told):
                await self._check_guests()
            if news.is_all:
                return news.is_settled

    def _tell(self, told: Sequence[Happening]) -> None:
        for socket in self.live:
            news = [
                happening.frame
                for happening in told
                if happening.cursor > socket.cursor and may_see(socket.guest, happening)
            ]
            if news:
                socket.offer(news)

    async def _look(self, after: Cursor) -> News:
        """What is unsettled is asked first: what settles before the reading is read, not lost."""
        async with self._runtime.work(self.organization_id) as work:
            unsettled = await repository.has_unsettled(work)
            entries = await journal.read(work.connection, self.organization_id, after, BATCH)
            narrow = _narrow(self.present)
            told = await writing.happenings(work, entries, await Audiences.of(work, narrow, entries))
        reached = entries[-1].cursor if entries else None
        return News(told, narrow, reached, is_all=len(entries) < BATCH, is_settled=not unsettled)

    async def _check_guests(self) -> None:
        guests = [socket.guest for socket in self.present]
        users = {guest.user_id for guest in guests}
        async with self._runtime.work(self.organization_id) as work:
            granted = await identity.grants(work, users)
            standing = await sessions.living(work, {guest.session_id for guest in guests})
        for socket in self.present:
            guest = socket.guest
            now = granted.get(guest.user_id, frozenset())
            if guest.session_id not in standing or Permission.CONVERSATIONS_READ not in now:
                socket.close(Close.SIGNED_OUT)
            elif Sight.of(guest.user_id, now) != guest.sight:
                socket.close(Close.TRY_AGAIN)  # it comes back with its cursor, and sees what it may see now


def _narrow(sockets: Iterable[Socket]) -> frozenset[Sight]:
    """How those see who do not see all."""
    return frozenset(socket.guest.sight for socket in sockets if not socket.guest.sight.all)
