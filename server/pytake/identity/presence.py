"""When people were last seen and keys last used: noted in memory and written down every few seconds, so that
reads stay reads, and no answer waits for it or fails with it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import structlog

from pytake.runtime import Runtime

log = structlog.get_logger(__name__)

EVERY: Final = 10.0
"""Seconds."""

_SEEN: Final = """
    UPDATE users SET last_seen_at = now() WHERE organization_id = $1 AND id IN (
        SELECT id FROM users WHERE organization_id = $1 AND id = ANY($2::uuid[])
        ORDER BY id FOR UPDATE SKIP LOCKED)
"""
_USED: Final = """
    UPDATE api_keys SET last_used_at = now() WHERE organization_id = $1 AND id IN (
        SELECT id FROM api_keys WHERE organization_id = $1 AND id = ANY($2::uuid[])
        ORDER BY id FOR UPDATE SKIP LOCKED)
"""


class Presence:
    """`listening` names those who have a page open and ask for nothing."""

    def __init__(self, runtime: Runtime, listening: Callable[[], Iterable[tuple[UUID, UUID]]]) -> None:
        self._runtime = runtime
        self._listening = listening
        self._seen: dict[UUID, set[UUID]] = {}
        self._used: dict[UUID, set[UUID]] = {}

    def saw(self, organization_id: UUID, user_id: UUID) -> None:
        self._seen.setdefault(organization_id, set()).add(user_id)

    def used(self, organization_id: UUID, key_id: UUID) -> None:
        self._used.setdefault(organization_id, set()).add(key_id)

    @asynccontextmanager
    async def noted(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._keep_writing(), name="presence")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def write(self) -> None:
        """One transaction for each organization; a failed one costs a moment's knowledge and nothing else."""
        for organization_id, user_id in self._listening():
            self.saw(organization_id, user_id)
        seen, self._seen = self._seen, {}
        used, self._used = self._used, {}
        for organization_id in seen.keys() | used.keys():
            async with self._runtime.work(organization_id) as work:
                if user_ids := seen.get(organization_id):
                    await work.execute(_SEEN, organization_id, list(user_ids))
                if key_ids := used.get(organization_id):
                    await work.execute(_USED, organization_id, list(key_ids))

    async def _keep_writing(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.write()
            except Exception:  # the edge of a task that must outlive a database that is away
                log.exception("presence_not_written")
