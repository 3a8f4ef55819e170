"""Draining one organization's deliveries, a batch in one transaction.

Before a batch begins, a marker says between which rows; it goes away in the batch's own commit. A marker
found at the start means that the last drain died or failed in there: those rows are then taken one by one,
each try counted before it is made, so that one poisonous delivery cannot stop the ones behind it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias
from uuid import UUID

import structlog

from pytake.inbound import repository
from pytake.inbound.apply import Arrived, Leftovers, apply
from pytake.inbound.repository import Delivery, Leftover
from pytake.kit.database import TRANSIENT
from pytake.kit.work import Work
from pytake.ports.whatsapp import UnreadableDelivery, WhatsApp
from pytake.runtime import Runtime

BATCH = 100
"""Deliveries in one transaction."""

A_FEW = 3
LOOKS, PAUSE = 4, 0.01
"""Behind a batch of more than a few the next deliveries are not far: looking for them so many times, so many
seconds apart, costs less than being told of each.
"""

MAX_TRIES = 5
"""Of one item: in its batch, then alone. The last one that does not come back parks it."""

SPLIT_AFTER = 2
"""Tries after which a delivery of many items is taken apart; its items have the others left."""

log = structlog.get_logger()

Aside: TypeAlias = tuple[int, str, str | None]
"""A row, why it is put aside, and which message it waits for."""


@dataclass(frozen=True, slots=True)
class Range:
    first_id: int
    last_id: int
    size: int
    is_careful: bool


async def drain(runtime: Runtime, organization_id: UUID) -> None:
    """Apply deliveries until none is pending or another drain is at it."""
    looks = 1
    while batch := await _next(runtime, organization_id, looks):
        looks = LOOKS if batch.size > A_FEW else 1
        try:
            if not await _apply_batch(runtime, organization_id, batch):
                return
        except TRANSIENT:
            raise
        except Exception:
            if batch.is_careful:
                log.exception("delivery failed", organization_id=str(organization_id), id=batch.first_id)
            else:
                log.warning(
                    "batch failed; taking its deliveries one by one", organization_id=str(organization_id)
                )


async def _next(runtime: Runtime, organization_id: UUID, looks: int) -> Range | None:
    for look in range(looks):
        if look:
            await asyncio.sleep(PAUSE)
        if batch := await _begin(runtime, organization_id):
            return batch
    return None


async def _begin(runtime: Runtime, organization_id: UUID) -> Range | None:
    """Choose the next rows and leave the marker. Not worth an fsync: losing it loses no delivery."""
    async with runtime.work(organization_id) as work:
        if not await repository.take_turn(work):
            return None
        ids = await repository.pending_ids(work, BATCH)
        if not ids:
            return None
        await work.execute("SET LOCAL synchronous_commit = off")
        last_time = await repository.marker(work)
        careful_until = _careful_until(last_time)
        if careful_until is None or ids[0] > careful_until:
            await repository.mark(work, ids[0], ids[-1], None)
            return Range(ids[0], ids[-1], len(ids), is_careful=False)
        await repository.mark(work, ids[0], ids[0], careful_until)
        if await repository.count_attempt(work, ids[0]) > MAX_TRIES:
            reason = f"given up after {MAX_TRIES} tries that never came back"
            await repository.put_aside(work, "parked", [(ids[0], reason, None)])
            await repository.unmark(work)
        return Range(ids[0], ids[0], 1, is_careful=True)


def _careful_until(marker: object) -> int | None:
    if marker is None:
        return None
    known = [marker["careful_until"], marker["last_id"]]  # type: ignore[index]  # an asyncpg record
    return max((place for place in known if place is not None), default=None)


async def _apply_batch(runtime: Runtime, organization_id: UUID, batch: Range) -> bool:
    """One transaction; False when another drain has taken the turn meanwhile."""
    async with runtime.work(organization_id) as work:
        if not await repository.take_turn(work):
            return False
        deliveries = await repository.deliveries(work, batch.first_id, batch.last_id)
        arrived, unreadable = _read(runtime.ports.whatsapp, deliveries)
        if not batch.is_careful:
            leftovers = await apply(work, arrived)
        elif deliveries and deliveries[0].attempts > SPLIT_AFTER and len(arrived) > 1:
            leftovers = Leftovers(again=[item.aside("taken apart") for item in arrived])
        else:
            leftovers = await _apply_one_by_one(work, arrived)
        await _finish(work, deliveries, unreadable, leftovers)
    return True


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
            async with work.connection.transaction():
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
        ("pending", leftovers.again, SPLIT_AFTER + 1),  # so many were made, and one will be in a batch again
    ):
        if moved := [row for row in rows if row.stays is None]:
            await repository.add(work, moved, status, attempts)
    await repository.unmark(work)


def _in_place(leftovers: Sequence[Leftover]) -> list[Aside]:
    return [(row.stays, row.reason, row.waiting_for) for row in leftovers if row.stays is not None]


async def _put_aside(work: Work, status: str, rows: Sequence[Aside]) -> list[int]:
    """Rows that hold nothing else are put aside as they are, so that a replay finds them in their order."""
    if rows:
        await repository.put_aside(work, status, rows)
    return [row[0] for row in rows]
