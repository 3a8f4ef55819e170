"""Draining one organization's deliveries, a batch in one transaction."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias
from uuid import UUID

import structlog

from pytake.conversations.service.send import HandOver
from pytake.inbound import batches, repository
from pytake.inbound.apply import Arrived, Leftovers, apply
from pytake.inbound.batches import Batch, Takes
from pytake.inbound.repository import Delivery, Leftover
from pytake.kit.database import TRANSIENT
from pytake.kit.work import Work
from pytake.ports.whatsapp import UnreadableDelivery, WhatsApp
from pytake.runtime import Runtime

A_FEW = 3
LOOKS, PAUSE = 4, 0.01
"""Behind a batch of more than a few the next deliveries are not far: looking for them so many times, so many
seconds apart, costs less than being told of each.
"""

LOOKS_APART, PAUSE_APART = 40, 0.05
"""Where the organization is apart: the process ends with its drain, and another costs more than looking."""

TAKEN_APART_AFTER = len(batches.SIZES)
"""Tries after which a delivery of many items is taken apart; its items have the others left."""

log = structlog.get_logger()

Aside: TypeAlias = tuple[int, str, str | None]
"""A row, why it is put aside, and which message it waits for."""


async def drain(runtime: Runtime, organization_id: UUID, *, apart: bool = False) -> None:
    """Apply deliveries until none is pending, another drain is at it, or another process should.

    `apart`: this process may die of it.
    """
    batch = await batches.begin(runtime, organization_id, apart=apart)
    while last := batch:
        batch = await _try_batch(runtime, organization_id, last) or await _look(
            runtime, organization_id, last
        )


async def _try_batch(runtime: Runtime, organization_id: UUID, batch: Batch) -> Batch | None:
    """Apply it; answers the next one, if that is marked already. What fails is tried again, more narrowly."""
    try:
        return await _apply_batch(runtime, organization_id, batch)
    except TRANSIENT:
        await batches.forgive(runtime, organization_id, batch)
        raise
    except Exception:
        if batch.is_careful:
            log.exception("delivery failed", organization_id=str(organization_id), id=batch.first_id)
        else:
            log.warning("batch failed", organization_id=str(organization_id), deliveries=batch.count)
        return None


async def _look(runtime: Runtime, organization_id: UUID, last: Batch) -> Batch | None:
    looks, pause = LOOKS if last.count > A_FEW else 1, PAUSE
    if last.takes is Takes.ALL:
        looks, pause = LOOKS_APART, PAUSE_APART
    for look in range(looks):
        if look:
            await asyncio.sleep(pause)
        if batch := await batches.begin(runtime, organization_id, last, apart=last.takes.is_apart):
            return batch
    return None


async def _apply_batch(runtime: Runtime, organization_id: UUID, batch: Batch) -> Batch | None:
    """One transaction, which marks the batch that comes after and answers it.

    Nothing happens when another drain has taken over meanwhile.
    """
    async with (
        HandOver(runtime, organization_id) as hand_over,
        runtime.work(organization_id) as work,
    ):
        await repository.wait_turn(work)
        deliveries = await repository.deliveries(work, batch.first_id, batch.last_id, batch.started_at)
        if not deliveries:
            return None
        arrived, unreadable = _read(runtime.ports.whatsapp, deliveries)
        if not batch.is_careful:
            leftovers = await apply(work, arrived, hand_over)
        elif batch.attempts >= TAKEN_APART_AFTER and len(arrived) > 1:
            leftovers = Leftovers(again=[item.aside("taken apart") for item in arrived])
        else:
            leftovers = await _apply_one_by_one(work, arrived)
        await _finish(work, deliveries, unreadable, leftovers)
        return await batches.follow(work, batch)


class _TakenApart:
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
            aside = _TakenApart(whatsapp, delivery.body)
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
        ("pending", leftovers.again, TAKEN_APART_AFTER),
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
