"""Draining one organization's deliveries, a batch in one transaction.

Before a batch begins, a marker says between which rows; the batch's own commit moves it on to the next batch,
or takes it away. A marker that is still there means that a drain died or failed: each of its rows has had one
try, and the next batch is an eighth as large, until what fails is alone. So one poisonous delivery among
hundreds is found within a handful of batches, and nobody innocent is given up with it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias
from uuid import UUID

import structlog

from pytake.conversations.service.send import HandOver
from pytake.inbound import repository
from pytake.inbound.apply import Arrived, Leftovers, apply
from pytake.inbound.repository import Delivery, Leftover, Pending
from pytake.kit.database import TRANSIENT
from pytake.kit.work import Work
from pytake.ports.whatsapp import UnreadableDelivery, WhatsApp
from pytake.runtime import Runtime

SIZES = (500, 62, 7)
"""Deliveries in one transaction, at most, by the tries they had; with more tries each is taken alone."""

BATCH = SIZES[0]
"""The more, the less each costs."""

NARROWER = 8
"""So many times fewer deliveries behind a batch that failed, more behind one that went well."""

JUST_BEGUN = 1.0
"""Seconds in which another's marker is not looked at: its drain may be between its two transactions."""

A_FEW = 3
LOOKS, PAUSE = 4, 0.01
"""Behind a batch of more than a few the next deliveries are not far: looking for them so many times, so many
seconds apart, costs less than being told of each.
"""

MAX_TRIES = 5
"""Of one item, in a batch and alone. The last one that does not come back parks it."""

APART_AFTER = len(SIZES)
"""Tries after which a delivery of many items is taken apart; its items have the others left."""

log = structlog.get_logger()

Aside: TypeAlias = tuple[int, str, str | None]
"""A row, why it is put aside, and which message it waits for."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a drain has marked as its own."""

    first_id: int
    last_id: int
    count: int
    attempts: int
    """Of the first: tries that did not come back."""
    allowed: int
    """How many it might have been."""

    @property
    def is_careful(self) -> bool:
        return self.count == 1 and self.attempts > 0


async def drain(runtime: Runtime, organization_id: UUID) -> None:
    """Apply deliveries until none is pending or another drain is at it."""
    batch = await _begin(runtime, organization_id)
    while last := batch:
        batch = await _try_batch(runtime, organization_id, last) or await _look(
            runtime, organization_id, last
        )


async def _try_batch(runtime: Runtime, organization_id: UUID, batch: Range) -> Range | None:
    """Apply it; answers the next one, if that is marked already. What fails is tried again, more narrowly."""
    try:
        return await _apply_batch(runtime, organization_id, batch)
    except TRANSIENT:
        await _forgive(runtime, organization_id)
        raise
    except Exception:
        if batch.is_careful:
            log.exception("delivery failed", organization_id=str(organization_id), id=batch.first_id)
        else:
            log.warning("batch failed", organization_id=str(organization_id), deliveries=batch.count)
        return None


async def _look(runtime: Runtime, organization_id: UUID, last: Range) -> Range | None:
    for look in range(LOOKS if last.count > A_FEW else 1):
        if look:
            await asyncio.sleep(PAUSE)
        if batch := await _begin(runtime, organization_id, last):
            return batch
    return None


async def _begin(runtime: Runtime, organization_id: UUID, last: Range | None = None) -> Range | None:
    """Choose the next rows and leave the marker; `last` is what this drain has marked before.

    Not worth an fsync: losing the marker loses no delivery.
    """
    async with runtime.work(organization_id) as work:
        if not await repository.take_turn(work):
            return None
        await work.execute("SET LOCAL synchronous_commit = off")
        size = await _size(work, last)
        if size is None:
            return None
        batch = await _mark(work, size)
        if batch is None and size < BATCH:
            await repository.unmark(work, BATCH, grow=NARROWER)
        return batch


async def _mark(work: Work, size: int) -> Range | None:
    """Mark the next deliveries, so many at most; None when none is pending."""
    pending = await repository.pending(work, size)
    while pending and pending[0].attempts >= MAX_TRIES:
        reason = f"given up after {MAX_TRIES} tries that never came back"
        await repository.put_aside(work, "parked", [(pending[0].id, reason, None)])
        pending = await repository.pending(work, size)
    rows = pending[: _how_many(pending)]
    if not rows:
        return None
    await repository.mark(work, rows[0].id, rows[-1].id, size)
    return Range(rows[0].id, rows[-1].id, len(rows), rows[0].attempts, size)


async def _size(work: Work, last: Range | None) -> int | None:
    """How many deliveries may be taken at once; None when another drain has just begun."""
    marker = await repository.marker(work)
    if marker is None:
        return BATCH
    if marker.first_id is None or marker.last_id is None:
        return marker.batch_size
    if marker.age < JUST_BEGUN and (last is None or marker.first_id != last.first_id):
        return None
    tried = await repository.count_attempt(work, marker.first_id, marker.last_id)
    return max(1, tried // NARROWER)


def _how_many(pending: Sequence[Pending]) -> int:
    """Those that had as many tries as the first, and fewer of them the more tries those were."""
    if not pending:
        return 0
    tries = pending[0].attempts
    alike = next((place for place, row in enumerate(pending) if row.attempts > tries), len(pending))
    return min(alike, SIZES[tries] if tries < len(SIZES) else 1)


async def _forgive(runtime: Runtime, organization_id: UUID) -> None:
    """Trouble of the moment was no try of anything. If we cannot even say so, it counts as one."""
    async with runtime.work(organization_id) as work:
        if await repository.take_turn(work):
            await repository.unmark(work, BATCH)


async def _apply_batch(runtime: Runtime, organization_id: UUID, batch: Range) -> Range | None:
    """One transaction, which marks the batch that comes after and answers it.

    Nothing happens when another drain has taken the turn meanwhile.
    """
    async with (
        HandOver(runtime, organization_id) as hand_over,
        runtime.work(organization_id) as work,
    ):
        if not await repository.take_turn(work):
            return None
        deliveries = await repository.deliveries(work, batch.first_id, batch.last_id)
        arrived, unreadable = _read(runtime.ports.whatsapp, deliveries)
        if not batch.is_careful:
            leftovers = await apply(work, arrived, hand_over)
        elif batch.attempts >= APART_AFTER and len(arrived) > 1:
            leftovers = Leftovers(again=[item.aside("taken apart") for item in arrived])
        else:
            leftovers = await _apply_one_by_one(work, arrived)
        await _finish(work, deliveries, unreadable, leftovers)
        following = await _mark(work, min(batch.allowed * NARROWER, BATCH))
        if following is None:
            await repository.unmark(work, BATCH, grow=NARROWER)
    return following


class _Apart:
    """A delivery taken apart when the first of its items has to be put aside, and then only once."""

    def __init__(self, whatsapp: WhatsApp, body: bytes) -> None:
        self._whatsapp = whatsapp
        self._body = body
        self._items: Sequence[Callable[[], bytes]] | None = None

    def write(self, place: int) -> bytes:
        if self._items is None:
            self._items = self._whatsapp.apart(self._body)
        return self._items[place]()


def _read(whatsapp: WhatsApp, deliveries: list[Delivery]) -> tuple[list[Arrived], dict[int, str]]:
    arrived: list[Arrived] = []
    unreadable: dict[int, str] = {}
    for delivery in deliveries:
        try:
            items = whatsapp.read(delivery.body)
        except UnreadableDelivery as error:
            unreadable[delivery.id] = str(error)
        else:
            aside = _Apart(whatsapp, delivery.body)
            fills = delivery.id if len(items) == 1 else None
            arrived += [
                Arrived(delivery.channel_id, item, partial(aside.write, place), fills)
                for place, item in enumerate(items)
            ]
    return arrived, unreadable


async def _apply_one_by_one(work: Work, arrived: list[Arrived]) -> Leftovers:
    """Each item in a savepoint: one that fails is parked with its reason, and the rest go on."""
    leftovers = Leftovers()
    for item in arrived:
        news, nudges = len(work.news), set(work.nudges)
        try:
            async with work.savepoint():
                leftovers += await apply(work, [item])
        except TRANSIENT:
            raise
        except Exception as error:
            del work.news[news:]
            work.nudges = nudges
            log.exception("item parked", organization_id=str(work.organization_id))
            leftovers.parked.append(item.aside(f"{type(error).__name__}: {error}"))
    return leftovers


async def _finish(
    work: Work, deliveries: list[Delivery], unreadable: dict[int, str], leftovers: Leftovers
) -> None:
    parked = [(event_id, reason, None) for event_id, reason in unreadable.items()]
    stay = {
        *await _put_aside(work, "parked", [*parked, *_in_place(leftovers.parked)]),
        *await _put_aside(work, "waiting", _in_place(leftovers.waiting)),
    }
    await repository.remove(work, [d.id for d in deliveries if d.id not in stay])
    for status, rows, attempts in (
        ("parked", leftovers.parked, 0),
        ("waiting", leftovers.waiting, 0),
        ("pending", leftovers.again, APART_AFTER),
    ):
        if moved := [row for row in rows if row.stays is None]:
            await repository.add(work, moved, status, attempts)


def _in_place(leftovers: Sequence[Leftover]) -> list[Aside]:
    return [(row.stays, row.reason, row.waiting_for) for row in leftovers if row.stays is not None]


async def _put_aside(work: Work, status: str, rows: Sequence[Aside]) -> list[int]:
    """Rows that hold nothing else are put aside as they are, so that a replay finds them in their order."""
    if rows:
        await repository.put_aside(work, status, rows)
    return [row[0] for row in rows]
