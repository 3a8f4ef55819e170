"""Storing deliveries: concurrent requests share one statement and one commit."""

import asyncio
from collections import deque
from dataclasses import dataclass
from uuid import UUID

from pytake.inbound import jobs
from pytake.kit.database import TRANSIENT
from pytake.kit.jobs import Nudge
from pytake.runtime import Runtime

MOST_AT_ONCE = 500
MOST_BYTES_AT_ONCE = 8 * 1024 * 1024
GATHER = 0.005
"""Seconds between two commits while deliveries come faster than they are committed: a commit costs as much
however many share it, and nobody notices so short a wait. A lone delivery does not wait.
"""


@dataclass(slots=True)
class _Waiting:
    channel_id: UUID
    body: bytes
    stored: asyncio.Future[None]


class Intake:
    """One per process. While a commit is under way the next deliveries gather for the one after it."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._waiting: deque[_Waiting] = deque()
        self._writer: asyncio.Task[None] | None = None

    def store(self, channel_id: UUID, body: bytes) -> asyncio.Future[None]:
        """Done when the delivery is committed; bears what the database raised when it is not."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(channel_id, body, stored))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        return stored

    async def _write(self) -> None:
        try:
            while self._waiting:
                await self._write_batch(self._next_batch())
                if self._waiting:
                    await asyncio.sleep(GATHER)
        finally:
            self._writer = None

    def _next_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        size = 0
        while self._waiting and len(batch) < MOST_AT_ONCE and size < MOST_BYTES_AT_ONCE:
            batch.append(self._waiting.popleft())
            size += len(batch[-1].body)
        return batch

    async def _write_batch(self, batch: list[_Waiting]) -> None:
        try:
            nudges = await self._commit(batch)
        except Exception as error:  # noqa: BLE001 - every request of the batch must hear of it
            for waiting in batch:
                if not waiting.stored.done():
                    waiting.stored.set_exception(error)
            return
        for waiting in batch:
            if not waiting.stored.done():
                waiting.stored.set_result(None)
        await self._runtime.jobs.push(nudges)

    async def _commit(self, batch: list[_Waiting]) -> list[Nudge]:
        """Once more over trouble of the moment. Stored twice is applied once: `message_ids` sees to it."""
        for last in (False, True):
            try:
                rows = await self._runtime.ask(
                    "SELECT store_inbound($1::uuid[], $2::bytea[]) AS organization_id",
                    [waiting.channel_id for waiting in batch],
                    [waiting.body for waiting in batch],
                )
                return [jobs.drain(row["organization_id"]) for row in rows]
            except TRANSIENT:
                if last:
                    raise
        raise AssertionError("unreachable")
