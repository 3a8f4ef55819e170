"""`python -m bench.references.batch`: a hundred messages to a statement, on four connections.

What PostgreSQL lets a Python process store at best, with nothing around it: no HTTP, no flows, no replies.
Told on stdin where and for how long; prints messages per second.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from uuid import UUID

import asyncpg
import orjson
import uvloop

from bench.references import batch_statements as sql

CONNECTIONS = 4
AT_ONCE = 100
PAYLOAD = (
    '{"message_id": "%s", "message_created_at": "2026-11-22T12:00:00.000000+00:00", '
    '"conversation_id": "%s", "contact_id": "%s"}'
)


@dataclass(frozen=True, slots=True)
class Order:
    url: str
    organization_id: str
    number_id: str
    bot: str
    flow: str
    version: str
    people: int
    seconds: float
    full: bool
    """Every row that PyTake leaves behind, not only the seven round trips' worth."""

    def written(self) -> bytes:
        return orjson.dumps(asdict(self))


class Batches:
    """One connection with people of its own, so that no two wait for each other."""

    def __init__(self, order: Order, place: int, connection: asyncpg.Connection) -> None:
        self.order = order
        self.connection = connection
        self.scope = (UUID(order.organization_id), UUID(order.number_id))
        self.ids = _ids(place)
        mine = range(place + 1, order.people + 1, CONNECTIONS)
        self.people = itertools.cycle([f"55118{person:08d}" for person in mine])

    async def run(self, until: float) -> int:
        count = 0
        while time.perf_counter() < until:
            async with self.connection.transaction():
                await self._one()
            count += AT_ONCE
        return count

    async def _one(self) -> None:
        organization, number = self.scope
        wamids = [f"wamid.HBgNNTUxMTk5OTk5OTk5ORUCABIYFjNF{next(self.ids).hex}" for _ in range(AT_ONCE)]
        outgoing = [f"wamid.OUT{next(self.ids)}" for _ in range(AT_ONCE)]
        inbound, outbound = self._some_ids(), self._some_ids()
        await self.connection.fetch(sql.IDS, organization, number, wamids, inbound)
        wa_ids = sorted(next(self.people) for _ in range(AT_ONCE))
        people = [row["id"] for row in await self.connection.fetch(sql.CONTACTS, organization, wa_ids)]
        locked = await self.connection.fetch(sql.LOCK, organization, number, people)
        conversations = [row["id"] for row in locked]
        contacts = [row["contact_id"] for row in locked]
        await self._messages(inbound, outbound, conversations, contacts, wamids)
        if self.order.full:
            await self._outbox(outbound, conversations, contacts, wamids, outgoing)
            await self._flow_and_journal(outbound, conversations, contacts)
        await self.connection.execute(sql.STATUS, organization, outbound, outgoing)

    async def _messages(
        self,
        inbound: list[UUID],
        outbound: list[UUID],
        conversations: list[UUID],
        contacts: list[UUID],
        wamids: list[str],
    ) -> None:
        await self.connection.execute(
            sql.MESSAGES,
            *self.scope,
            inbound + outbound,
            conversations * 2,
            contacts * 2,
            _both("inbound", "outbound"),
            _both("contact", "bot"),
            _both('{"text": "1700000.12345"}', '{"text": "eco: 1700000.12345"}'),
            _both("received", "pending"),
            [*wamids, *[None] * AT_ONCE],
            _both('{"timestamp": 1763820000}', "{}"),
        )

    async def _outbox(
        self,
        outbound: list[UUID],
        conversations: list[UUID],
        contacts: list[UUID],
        wamids: list[str],
        outgoing: list[str],
    ) -> None:
        organization, number = self.scope
        await self.connection.execute(sql.OUTBOX, *self.scope, outbound, conversations, contacts, wamids)
        await self.connection.execute(sql.SENT, organization, outbound)
        await self.connection.fetch(sql.IDS, organization, number, outgoing, outbound)

    async def _flow_and_journal(
        self, outbound: list[UUID], conversations: list[UUID], contacts: list[UUID]
    ) -> None:
        organization, _ = self.scope
        bot, flow, version = (UUID(text) for text in (self.order.bot, self.order.flow, self.order.version))
        await self.connection.execute(sql.CONVERSATIONS, organization, conversations, bot, flow)
        states = ['{"node": null, "variables": {"mensagem": "1700000.12345"}}'] * AT_ONCE
        await self.connection.execute(
            sql.RUNS, organization, self._some_ids(), conversations, contacts, bot, flow, version, states
        )
        payloads = [
            PAYLOAD % triple
            for triple in zip(outbound, conversations, contacts, strict=True)
            for _ in sql.FACTS
        ]
        await self.connection.execute(sql.EVENTS, organization, [*sql.FACTS] * AT_ONCE, payloads)

    def _some_ids(self) -> list[UUID]:
        return list(itertools.islice(self.ids, AT_ONCE))


def _both(first: str, second: str) -> list[str]:
    return [first] * AT_ONCE + [second] * AT_ONCE


def _ids(place: int) -> Iterator[UUID]:
    """Rising, as UUIDs of version 7 are, and different on each connection."""
    begin = (time.time_ns() // 1_000_000) << 80 | 7 << 76 | 0b10 << 62 | place << 56
    return (UUID(int=begin + step) for step in itertools.count())


async def _measure(order: Order) -> float:
    connections = [await asyncpg.connect(order.url) for _ in range(CONNECTIONS)]
    try:
        began = time.perf_counter()
        counts = await asyncio.gather(
            *(
                Batches(order, place, connection).run(began + order.seconds)
                for place, connection in enumerate(connections)
            )
        )
        return sum(counts) / (time.perf_counter() - began)
    finally:
        for connection in connections:
            await connection.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rate = runner.run(_measure(Order(**orjson.loads(sys.stdin.buffer.read()))))
    sys.stdout.write(f"{rate}\n")
