"""Sending for a number: one desk at a time in a process, and the way from a transaction straight to it."""

import math
import time
from collections import defaultdict
from collections.abc import Collection, Sequence
from types import TracebackType
from typing import Self
from uuid import UUID

import structlog

from pytake.conversations import outbox
from pytake.conversations.outbox import Claimed, Return
from pytake.conversations.pipeline import NewMessage
from pytake.conversations.service.desk import Desk
from pytake.kit.work import Work
from pytake.runtime import Runtime

log = structlog.get_logger()

_desks: dict[tuple[int, UUID], Desk] = {}
"""The numbers this process is sending for."""


async def send(runtime: Runtime, organization_id: UUID, number_id: UUID) -> None:
    """Send until nothing of this number is due.

    Called again meanwhile in this process, the desk at work hears of it; other processes may send for the
    number at the same time: no row is claimed twice.
    """
    key = id(runtime.pool), number_id
    if desk := _desks.get(key):
        desk.bell.set()
        return
    desk = _desks[key] = Desk(runtime, organization_id, number_id)
    try:
        await desk.work_through()
    finally:
        del _desks[key]
    await desk.ticks.over()


async def customers_wait(work: Work) -> bool:
    """Whether anything is on its way out, or should be."""
    return await outbox.something_waits(work)


class HandOver:
    """The messages a transaction writes as claimed already, for desks that are at work in this process.

    Enter it around the transaction: the rows go to their desks once it is committed. When that is not known,
    or a desk has closed meanwhile, they are given back. What no desk has room for waits in the outbox.
    """

    def __init__(self, runtime: Runtime, organization_id: UUID) -> None:
        self._runtime = runtime
        self._organization_id = organization_id
        self._promised: dict[Desk, int] = defaultdict(int)
        self._desk_of: dict[UUID, Desk] = {}
        self._claimed: dict[Desk, list[Claimed]] = defaultdict(list)
        self._since = 0.0

    async def __aenter__(self) -> Self:
        self._since = time.monotonic()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            while self._promised and error is None:
                desk, promised = self._promised.popitem()
                if await desk.take(self._claimed[desk], promised):
                    del self._claimed[desk]
        finally:
            for desk, promised in self._promised.items():
                desk.forget(promised)
            if lost := [row for rows in self._claimed.values() for row in rows]:
                await self._give_back(lost)

    def may_claim(self, messages: Sequence[NewMessage]) -> set[UUID]:
        """Which may be claimed as they are written: the first of each conversation, while there is room.

        Not templates: whether somebody wants them is looked up when they are claimed from the outbox.
        """
        first: dict[UUID, NewMessage] = {}
        for message in messages:
            first.setdefault(message.conversation.id, message)
        by_desk: dict[Desk, list[UUID]] = defaultdict(list)
        for message in first.values():
            desk = _desks.get((id(self._runtime.pool), message.conversation.whatsapp_number_id))
            if desk and message.to and not message.is_template:
                by_desk[desk].append(message.id)
        for desk, ids in by_desk.items():
            granted = desk.promise(len(ids))
            self._promised[desk] += granted
            self._desk_of.update(dict.fromkeys(ids[:granted], desk))
        return set(self._desk_of)

    def claimed(self, work: Work, messages: Sequence[NewMessage], ids: Collection[UUID]) -> None:
        """Those of the messages with these ids were written as claimed."""
        for message in messages:
            if message.id in ids:
                self._claimed[self._desk_of[message.id]].append(_as_claimed(work, message, self._since))

    async def _give_back(self, rows: Sequence[Claimed]) -> None:
        """Harmless when they were never committed. If even this fails they wait a minute."""
        try:
            async with self._runtime.work(self._organization_id) as work:
                returns = [Return(row.message_id, row.claimed_at, 0.0) for row in rows]
                await outbox.release(work, returns, called=False)
        except Exception:
            log.exception("claims not given back", organization_id=str(self._organization_id))


def _as_claimed(work: Work, message: NewMessage, since: float) -> Claimed:
    if message.to is None:
        raise ValueError("nobody was named who should get the message")
    return Claimed(
        message_id=message.id,
        message_created_at=work.now,
        claimed_at=work.now,
        since=since,
        conversation_id=message.conversation.id,
        contact_id=message.conversation.contact_id,
        attempts=1,
        times_unknown=0,
        to=message.to,
        type=message.type,
        content=message.content,
        reply_to=message.metadata.get("reply_to"),
        reads=message.reads,
        open_seconds=math.inf if message.is_template else message.conversation.open_seconds(work.now),
    )
