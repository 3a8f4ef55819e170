"""Customers who write, each waiting until the message before was acknowledged."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.faults.installation import Installation
from tests.faults.journal import PATIENCE
from tests.faults.oracle import Key, Pair
from tests.faults.tenants import Tenant


@dataclass
class Load:
    """`messages` in all, spread evenly over every contact of every tenant, at most `per_second`.

    A person's next message leaves only after PyTake has acknowledged the one before: so the order of the
    serials is the order of arrival, whatever was repeated on the way.
    """

    it: Installation
    tenants: Sequence[Tenant]
    contacts: int
    messages: int
    per_second: float
    written: int = 0
    _slots: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _next_at: float = field(default=0.0, init=False)

    async def run(self) -> None:
        """Until every message is acknowledged."""
        for wa_id in self.people():
            await self.it.meta.customer(wa_id, f"Cliente {wa_id[-4:]}")
        async with asyncio.TaskGroup() as group:
            for pair, share in self.shares().items():
                group.create_task(self._talk(pair, share))

    def people(self) -> list[str]:
        """The same in every load of a seed."""
        phones = random.Random(self.it.seed).sample(range(10_000_000, 99_999_999), self.contacts)
        return [f"55119{phone}" for phone in phones]

    def shares(self) -> dict[Pair, int]:
        """How many messages each of them writes to each tenant."""
        pairs = [Pair(tenant.phone_number_id, wa_id) for tenant in self.tenants for wa_id in self.people()]
        return {pair: len(range(place, self.messages, len(pairs))) for place, pair in enumerate(pairs)}

    async def after(self, messages: int) -> None:
        """Until so many have been written."""
        await self.it.journal.until(lambda: self.written >= messages, f"{messages} messages written")

    async def _talk(self, pair: Pair, messages: int) -> None:
        for serial in range(1, messages + 1):
            await self._slot()
            wamid = await self.it.meta.says(pair.wa_id, Key(pair, serial).text, pair.number)
            self.written += 1
            async with asyncio.timeout(PATIENCE):
                await self.it.oracle.acknowledgement(wamid)

    async def _slot(self) -> None:
        """A pace for all together."""
        async with self._slots:
            now = time.monotonic()
            self._next_at = max(self._next_at, now) + 1 / self.per_second
            await asyncio.sleep(self._next_at - now)
