"""When people were last seen: noted in memory and written down every few seconds, reads stay reads."""

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


class Presence:
    """`listening` names those who have a page open and ask for nothing."""

    def __init__(self, runtime: Runtime, listening: Callable[[], Iterable[tuple[UUID, UUID]]]) -> None:
        self._runtime = runtime
        self._listening = listening
        self._seen: dict[UUID, set[UUID]] = {}

    def saw(self, organization_id: UUID, user_id: UUID) -> None:
        self._seen.setdefault(organization_id, set()).add(user_id)

    @asynccontextmanager
    async def noted(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._keep_writing(), name="presence")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def write(self) -> None:
        """One statement for each organization; a failed one costs a moment's knowledge and nothing else."""
        for organization_id, user_id in self._listening():
            self.saw(organization_id, user_id)
        seen, self._seen = self._seen, {}
        for organization_id, user_ids in seen.items():
            async with self._runtime.work(organization_id) as work:
                await work.execute(
                    """
                    UPDATE users SET last_seen_at = now() WHERE organization_id = $1 AND id IN (
                        SELECT id FROM users WHERE organization_id = $1 AND id = ANY($2::uuid[])
                        ORDER BY id FOR UPDATE SKIP LOCKED)
                    """,
                    organization_id,
                    list(user_ids),
                )

    async def _keep_writing(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.write()
            except Exception:  # the edge of a task that must outlive a database that is away
                log.exception("presence_not_written")
