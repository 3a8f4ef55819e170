"""The ticks on customers' phones that say their message is read: they give way to answers.

Whoever marks a message as read marks all before it, so only the newest of a conversation is told of. While
answers wait for their turn ticks wait too, though not for long; a customer who sees the answer misses none.
They are stored nowhere and never repeated.
"""

import asyncio
import math
import time
from dataclasses import dataclass
from uuid import UUID

from pytake.ports.whatsapp import Sender, WhatsApp

AT_ONCE = 8
"""Calls for ticks under way for one number: an eighth of those for messages."""

CALM = 0.25
"""Seconds without more than a few answers, after which ticks are in nobody's way.

In the gap between two batches more are about to come.
"""

PATIENCE = 5.0
"""Seconds that the oldest tick gives way to answers."""

WORTHLESS = 30.0
"""Seconds after which a tick is dropped: a Graph that hangs must not keep a desk that has nothing to send."""


@dataclass(frozen=True, slots=True)
class _Tick:
    sender: Sender
    wamid: str
    since: float


class Ticks:
    """Of one number, while its desk lasts."""

    def __init__(self, whatsapp: WhatsApp) -> None:
        self._whatsapp = whatsapp
        self._waiting: dict[UUID, _Tick] = {}
        """By conversation; who came first is in front, though its tick may be a newer one."""
        self._calls: set[asyncio.Task[None]] = set()
        self._busy_at = -math.inf

    def add(self, conversation_id: UUID, sender: Sender, wamid: str) -> None:
        before = self._waiting.get(conversation_id)
        since = before.since if before else time.monotonic()
        self._waiting[conversation_id] = _Tick(sender, wamid, since)

    def go(self, *, is_busy: bool) -> None:
        """Let them go when no answer has waited for a while, or the first of them for too long."""
        now = time.monotonic()
        if is_busy:
            self._busy_at = now
        if now - self._busy_at > CALM or self._are_overdue(now):
            self._let_go()

    async def over(self) -> None:
        """All of them, now."""
        self._let_go()
        await asyncio.gather(*self._calls)

    def _are_overdue(self, now: float) -> bool:
        first = next(iter(self._waiting.values()), None)
        return first is not None and now - first.since > PATIENCE

    def _let_go(self) -> None:
        for _ in range(min(AT_ONCE - len(self._calls), len(self._waiting))):
            call = asyncio.create_task(self._tell())
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)

    async def _tell(self) -> None:
        while self._waiting:
            tick = self._waiting.pop(next(iter(self._waiting)))
            if time.monotonic() - tick.since < WORTHLESS:
                await self._whatsapp.mark_read(tick.sender, tick.wamid)
