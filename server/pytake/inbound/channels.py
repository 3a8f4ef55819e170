"""Who listens at a webhook address: remembered for some seconds, because every delivery asks."""

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from pytake.runtime import Runtime
from pytake.whatsapp import service as whatsapp
from pytake.whatsapp.types import Channel

REMEMBERED = 10.0
"""Seconds; as long may a changed secret take to be known in every process."""
MOST_REMEMBERED = 10_000


@dataclass(slots=True)
class Channels:
    runtime: Runtime
    _known: OrderedDict[str, tuple[float, Channel | None]] = field(default_factory=OrderedDict)
    _asking: dict[str, asyncio.Task[Channel | None]] = field(default_factory=dict)

    def known(self, channel_key: str) -> Channel | None:
        """The channel, if that is known without asking anybody."""
        known = self._known.get(channel_key)
        return known[1] if known and known[0] > time.monotonic() else None

    async def find(self, channel_key: str) -> Channel | None:
        """The channel behind an address; None when there is none. Many who ask at once are one question."""
        known = self._known.get(channel_key)
        if known and known[0] > time.monotonic():
            return known[1]
        asking = self._asking.get(channel_key)
        if asking is None:
            asking = self._asking[channel_key] = asyncio.create_task(self._ask(channel_key))
            asking.add_done_callback(lambda _: self._asking.pop(channel_key))
        return await asyncio.shield(asking)  # one who leaves does not take the answer from the others

    async def _ask(self, channel_key: str) -> Channel | None:
        async with self.runtime.lookup() as connection:
            channel = await whatsapp.find_channel(connection, self.runtime.ports.secrets, channel_key)
        self._known[channel_key] = time.monotonic() + REMEMBERED, channel
        self._known.move_to_end(channel_key)
        if len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return channel
