"""Browsers with the inbox open: each keeps what it was told, and comes back behind it when it is cut off."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from tests.factories import Somebody, somebody
from tests.faults.installation import Installation
from tests.faults.tenants import Tenant

PAUSE = 0.1
"""Seconds until a browser tries again."""
PATIENCE = 10.0
"""Seconds it waits for an answer to its question for a ticket."""
AWAY = (aiohttp.ClientError, OSError, TimeoutError)
PER_USER = 10


@dataclass
class Viewer:
    user: Somebody
    cursor: str = ""
    """The last it was told; empty before its first ticket."""
    seen: list[str] = field(default_factory=list)
    """The cursor of every event it has shown, in the order it showed them."""
    statuses: dict[str, str] = field(default_factory=dict)
    """What it shows of every message, by id."""
    visits: int = 0
    """How often it came in."""
    resets: int = 0
    """How often it was told that what it knows is worth nothing any more."""

    async def watch(self, client: aiohttp.ClientSession) -> None:
        """For ever, through whatever happens to the server."""
        while True:
            try:
                await self._visit(client)
            except AWAY:
                await asyncio.sleep(PAUSE)

    async def _visit(self, client: aiohttp.ClientSession) -> None:
        issued = await self._ticket(client)
        self.cursor = self.cursor or issued["cursor"]
        query = {"ticket": issued["ticket"], "after": self.cursor}
        async with client.ws_connect("/ws", params=query) as socket:
            self.visits += 1
            async for frame in socket:
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    return  # the connection broke
                self._hear(orjson.loads(frame.data))

    async def _ticket(self, client: aiohttp.ClientSession) -> Any:
        timeout = aiohttp.ClientTimeout(PATIENCE)
        async with client.post(
            "/api/v1/realtime/ticket", headers=self.user.headers, timeout=timeout, raise_for_status=True
        ) as answer:
            return await answer.json()

    def _hear(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "event":
                self.cursor = frame["cursor"]
                self.seen.append(self.cursor)
                if message := frame["event"]["payload"].get("message"):
                    self.statuses[message["id"]] = message["status"]
            case "reset":
                self.resets += 1


@asynccontextmanager
async def watching(it: Installation, tenant: Tenant, count: int) -> AsyncIterator[list[Viewer]]:
    """So many browsers of some users, all of them in before the block begins."""
    users = [await somebody(it.runtime, tenant.organization_id) for _ in range(-(-count // PER_USER))]
    viewers = [Viewer(users[place % len(users)]) for place in range(count)]
    async with aiohttp.ClientSession(it.url, connector=aiohttp.TCPConnector(limit=0)) as client:
        tasks = [asyncio.create_task(viewer.watch(client)) for viewer in viewers]
        try:
            await it.journal.until(lambda: all(viewer.visits for viewer in viewers), "every browser is in")
            yield viewers
            assert not any(task.done() for task in tasks), "a browser fell over"
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def until_all_reach(it: Installation, viewers: Sequence[Viewer], cursor: str) -> None:
    await it.journal.until(
        lambda: all(viewer.cursor == cursor for viewer in viewers), f"every browser at {cursor}"
    )
